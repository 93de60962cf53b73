/** The tasks of the training figure: their words, their axes, and where the two texts come from. */
import {FileAttachment} from "observablehq:stdlib";
import {adding} from "../tasks/adding.js";
import {brackets} from "../tasks/brackets.js";
import {order} from "../tasks/order.js";
import {recall} from "../tasks/recall.js";
import type {Task} from "../tasks/task.js";
import {textTask} from "../tasks/text.js";
import type {TextTask} from "../tasks/text.js";

export const taskLabels = {
  adding: "adding problem", recall: "delayed recall", order: "temporal order", brackets: "bracket matching",
  alice: "next character, “Alice”", own: "next character, your own text"
};
export type TaskName = keyof typeof taskLabels;

export const taskAbout: Readonly<Record<TaskName, string>> = {
  adding: "Two of the numbers are marked (▲); their sum is the answer.",
  recall: "The first symbol is the answer, asked for at the end (?).",
  order: "Two of the symbols are X or Y; the answer is which, in which order.",
  brackets: "At each step: which bracket would close the innermost open one?",
  alice: "At each step: which character comes next? Chapter I of Alice's Adventures in Wonderland, in lower case.",
  own: "At each step: which character comes next in your text, in lower case?"
};

/** What units may follow, in the words of a sentence. */
export const trackLabels: Readonly<Record<string, string>> = {
  sum: "the sum so far", marks: "how many marks have come", A: "whether A came first", B: "whether B came first",
  C: "whether C came first", D: "whether D came first", first: "the first letter", second: "the second letter",
  depth: "the depth", inside: "the kind of the innermost bracket", quote: "whether a quotation is open",
  word: "the letters in the word so far", sentence: "the characters in the sentence so far", vowel: "whether a vowel was just read"
};

export const tracksOf: Readonly<Record<TaskName, readonly string[]>> = {
  adding: ["sum", "marks"], recall: ["A", "B", "C", "D"], order: ["first", "second"], brackets: ["depth", "inside"],
  alice: ["quote", "word", "sentence", "vowel"], own: ["quote", "word", "sentence", "vowel"]
};

/** The loss axis. */
export const lossRange: Readonly<Record<TaskName, readonly [number, number]>> = {
  adding: [1e-3, 1], recall: [1e-3, 3], order: [1e-3, 3], brackets: [1e-2, 2], alice: [0.5, 5], own: [0.2, 6]
};

export const isText = (name: TaskName): boolean => name === "alice" || name === "own";

export interface TaskSource {
  /** The task; words if there is none yet. */
  taskOf(name: TaskName): Task | TextTask | string;
  /** Changes when what a name stands for does. */
  readonly version: number;
  /** The reader's text. @throws RangeError if it is too short */
  own(text: string): TextTask;
}

const labels = {
  loading: "Loading the chapter…",
  failed: (reason: string) => `The chapter could not be loaded: ${reason}`,
  nothing: "Paste a text below to train on it."
};

/** @param onChange a text has arrived */
export function taskSource(onChange: () => void): TaskSource {
  const fixed: Partial<Record<TaskName, Task>> = {adding, recall, order, brackets};
  const texts: Partial<Record<TaskName, TextTask>> = {};
  let loading: string | undefined;
  let version = 0;
  const arrive = (name: TaskName, text: string) => {
    const task = (texts[name] = textTask(text));
    version++;
    onChange();
    return task;
  };
  const load = async () => {
    try {
      arrive("alice", await FileAttachment("../alice.json").json<string>());
    } catch (error) {
      loading = labels.failed(error instanceof Error ? error.message : String(error));
      onChange();
    }
  };
  return {
    taskOf(name) {
      const task = fixed[name] ?? texts[name];
      if (task) return task;
      if (name === "own") return labels.nothing;
      if (!loading) {
        loading = labels.loading;
        void load();
      }
      return loading;
    },
    get version() {
      return version;
    },
    own: (text) => arrive("own", text)
  };
}
