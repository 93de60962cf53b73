/** A look at a network while it trains: its units on a sequence, what they follow, what it writes; in short tasks. */
import {seededRandom} from "../compute/random.js";
import {generateCharacters} from "./generate.js";
import type {GenerateOptions} from "./generate.js";
import {inTasks} from "./in-tasks.training.js";
import {followings, traceExamples} from "./probe.js";
import type {Following, Traces} from "./probe.js";
import {sequenceRandom} from "./tasks/sequence-random.js";
import type {Example, Task} from "./tasks/task.js";
import {parametersOf} from "./train.training.js";
import type {ModelResult} from "./train.training.js";

export interface LookQuestion {
  readonly model: ModelResult;
  readonly task: Task;
  readonly length: number;
  /** Which sequence is looked at: a seed. */
  readonly sequence: number;
  /** The row of the trace that follows something, and what it may follow: all of the task's tracks if empty. */
  readonly row: number;
  readonly tracks: readonly string[];
}

export interface Look {
  readonly question: LookQuestion;
  readonly example: Example;
  readonly traces: Traces;
  readonly found: readonly Following[];
}

/** Sequences that correlations are taken over; the first is the one looked at. */
const sequences = 6;

export async function lookAt(question: LookQuestion): Promise<Look> {
  const {model, task, length, sequence, row, tracks} = question;
  const examples = Array.from({length: sequences}, (_, n) => task.example(sequenceRandom(1000 * sequence + n), length));
  const traces = await inTasks(traceExamples(model.shape, parametersOf(model), examples));
  const names = tracks.length > 0 ? tracks : Object.keys(examples[0]!.tracks);
  const found = await inTasks(followings(traces, examples, row, names));
  return {question, example: examples[0]!, traces, found};
}

export interface WritingQuestion extends Omit<GenerateOptions, "random"> {
  readonly model: ModelResult;
  readonly seed: number;
}

/** What the network writes. */
export const write = ({model, seed, ...options}: WritingQuestion): Promise<string> =>
  inTasks(written(generateCharacters(model.shape, parametersOf(model), {...options, random: seededRandom(seed)})));

function* written(characters: Generator<string, void>): Generator<void, string> {
  let text = "";
  for (const character of characters) {
    text += character;
    yield;
  }
  return text;
}
