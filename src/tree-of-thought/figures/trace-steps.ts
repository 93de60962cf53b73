/** A search's events as steps for the stepper: what happens, in words and in a formula. */
import {numberText} from "../../notebook/number-text.js";
import type {Step} from "../../notebook/step.js";
import type {SearchEvent} from "../search-events.js";
import type {Trace, TraceNode} from "../trace.js";
import {reasonTexts} from "./tree-look.js";

const labels = {
  start: "The puzzle",
  startNote: "Nothing is proposed yet. A thought takes two of the numbers and makes one of them.",
  propose: (from: string, count: number) => `${count} thoughts from ${from}`,
  proposeNote: (seen: number) => (seen ? `${seen} of them lead to numbers that were met before and are not judged again.` : "Thoughts that lead to the same numbers are proposed once."),
  value: (count: number, from: string) => `${count} states judged, ${from} the most hopeful`,
  valueNote: (p: string) =>
    `The network gives it ${p} on balanced examples; each sample adds noise of the temperature and says sure, likely or impossible.`,
  keep: (kept: string, more: number) => (more ? `On with ${kept} and ${more} more` : `On with ${kept}`),
  drop: (what: string, more: number) => (more ? `${what} and ${more} more are left out` : `${what} is left out`),
  chooseNote: (reasons: string) => (reasons ? `Left out: ${reasons}.` : "Nothing is left out."),
  backtrack: (from: string, to: string) => `Back from ${from} to ${to}`,
  backtrackNote: "Nothing hopeful is left below: the search goes back.",
  worthNote: (worth: string) => `The visit brought ${worth}; every state on the way remembers it.`,
  answer: (path: number, text: string) => `Path ${path} ends with ${text}`,
  answerNote: "A chain never goes back: what its last number is, is its answer.",
  solve: "Solved",
  solveNote: "The expression is read again from its text and computed with exact fractions.",
  giveUp: {
    exhausted: "Given up: nothing is left to try", depth: "Given up at the depth limit", nodes: "Given up: too many states",
    time: "Given up: out of time", outvoted: "Wrong: the right answer was outvoted", wrong: "Wrong: the path does not end at 24",
    cancelled: "Cancelled"
  },
  giveUpNote: "States judged in all.",
  again: (title: string, time: number) => `${title} (${time})`
};

export interface StepWords<S> {
  /** A state in few characters. */
  readonly name: (node: TraceNode<S>) => string;
  /** How many parts a state has: numbers of a hand. */
  readonly size: (node: TraceNode<S>) => number;
  /** The solution as TeX. */
  readonly solution: (state: S) => string;
  /** The start, with slots. */
  readonly start: Pick<Step, "formula" | "values">;
  /** Notes where the usual ones are not true. */
  readonly words?: {readonly start: string; readonly propose: string; readonly value: string; readonly solve: string};
}

/** One step for each of the trace's, and the states each is about. Titles differ, so that a reader knows where they are. */
export function stepsOfTrace<S>(trace: Trace<S>, words: StepWords<S>): readonly Step[] {
  const titles = new Map<string, number>();
  return trace.steps.map((end, i) => {
    const step = i === 0 ? startStep(words) : stepOf(trace, trace.events.slice(trace.steps[i - 1]!, end), words);
    const time = (titles.get(step.title) ?? 0) + 1;
    titles.set(step.title, time);
    return time === 1 ? step : {...step, title: labels.again(step.title, time)};
  });
}

/** The states that a step is about. */
export function litAt<S>(trace: Trace<S>, index: number): ReadonlySet<number> {
  const lit = new Set<number>();
  if (index === 0) return lit.add(0);
  for (const event of trace.events.slice(trace.steps[index - 1], trace.steps[index])) {
    if (event.kind === "propose") lit.add(event.node);
    else if (event.kind === "backtrack") lit.add(event.to).add(event.node);
    else if (event.kind === "value") for (const {node} of event.verdicts) lit.add(node);
    else if (event.kind === "keep" || event.kind === "solve" || event.kind === "answer") lit.add(event.node);
  }
  return lit;
}

function startStep<S>({start, words}: StepWords<S>): Step {
  return {title: labels.start, ...start, focus: [], note: words?.start ?? labels.startNote};
}

function stepOf<S>({nodes}: Trace<S>, events: readonly SearchEvent<S>[], words: StepWords<S>): Step {
  const name = (id: number) => words.name(nodes[id]!);
  const [first] = events as [SearchEvent<S>];
  switch (first.kind) {
    case "propose": {
      const numbers = words.size(nodes[first.node]!);
      const seen = events.filter((event) => event.kind === "prune").length;
      return {
        title: labels.propose(name(first.node), first.children.length), focus: [], note: words.words?.propose ?? labels.proposeNote(seen),
        formula: words.words ? "[[thoughts|m]]\\ \\text{thoughts}" : "\\binom{[[numbers|n]]}{2}\\ \\text{pairs},\\ \\text{up to 5 results each}\\ \\Rightarrow\\ [[thoughts|m]]\\ \\text{different thoughts}",
        values: {numbers, thoughts: first.children.length}
      };
    }
    case "value": {
      const best = first.verdicts.reduce((a, b) => (b.verdict.value > a.verdict.value ? b : a));
      const {votes: [sure, likely, impossible], value, logit} = best.verdict;
      return {
        title: labels.value(first.verdicts.length, name(best.node)), focus: [],
        note: words.words?.value ?? labels.valueNote(numberText(1 / (1 + Math.exp(-logit)), 3)),
        formula: "V = 20\\cdot[[sure|n_{\\text{sure}}]] + 1\\cdot[[likely|n_{\\text{likely}}]] + 0.001\\cdot[[impossible|n_{\\text{impossible}}]] = [[value|V]]",
        values: {sure, likely, impossible, value}
      };
    }
    case "keep":
    case "prune":
      return choiceStep(nodes, events, name);
    case "backtrack":
      return {
        title: labels.backtrack(name(first.node), name(first.to)), focus: [],
        formula: "\\text{depth}\\ [[from|d]] \\to [[to|d']]", values: {from: nodes[first.node]!.depth, to: nodes[first.to]!.depth},
        note: first.worth === undefined ? labels.backtrackNote : labels.worthNote(numberText(first.worth, 3))
      };
    case "answer":
      return {
        title: labels.answer(first.path, name(first.node)), focus: [], note: labels.answerNote,
        formula: "\\text{path}\\ [[path|k]]", values: {path: first.path}
      };
    case "solve":
      return {
        title: labels.solve, focus: [], note: words.words?.solve ?? labels.solveNote,
        formula: `${words.solution(first.state)}\\qquad \\text{after}\\ [[calls|c]]\\ \\text{states judged}`, values: {calls: first.calls}
      };
    case "give up":
      return {
        title: labels.giveUp[first.reason], focus: [], note: labels.giveUpNote,
        formula: "[[calls|c]]\\ \\text{states judged},\\ [[nodes|N]]\\ \\text{made}", values: {calls: first.calls, nodes: first.nodes}
      };
  }
}

function choiceStep<S>(nodes: readonly TraceNode<S>[], events: readonly SearchEvent<S>[], name: (id: number) => string): Step {
  const kept = events.filter((event) => event.kind === "keep");
  const left = events.filter((event) => event.kind === "prune");
  const reasons = [...new Set(left.map(({reason}) => reason))].map((reason) =>
    `${left.filter((event) => event.reason === reason).length} ${reasonTexts[reason]}`);
  const {chance, node} = kept.at(-1) ?? {chance: undefined, node: 0};
  return {
    title: kept.length ? labels.keep(name(kept[0]!.node), kept.length - 1) : labels.drop(name(left[0]!.node), left.length - 1),
    focus: [], note: labels.chooseNote(reasons.join(", ")),
    ...(chance === undefined
      ? {formula: "\\text{keep}\\ [[kept|b]]\\ \\text{of}\\ [[all|m]]", values: {kept: kept.length, all: kept.length + left.length}}
      : {
          formula: "p = \\frac{e^{[[logit|z_i]]/\\tau}}{\\sum_j e^{z_j/\\tau}} = [[chance|p]]",
          values: {logit: nodes[node]!.verdict?.logit ?? 0, chance}
        })
  };
}
