/** The ways to go about a puzzle that the figures compare, and one puzzle gone about in one way. */
import type {Logits} from "./batch-judge.js";
import {expressionText} from "./expression.js";
import {game24, positionIn} from "./game24.js";
import type {Hand} from "./game24.js";
import {verdictOf} from "./judge.js";
import type {Sampling} from "./judge.js";
import {search} from "./search.js";
import type {Judge, SearchEvent, Strategy} from "./search.js";

export interface Method {
  readonly strategy: Strategy;
  readonly breadth?: number;
  readonly paths?: number;
}

export type Seeded = (seed: number) => () => number;

/** How the judge is sampled if nobody says otherwise: three samples at temperature 0.7, as in the paper. */
export const usualSampling: Sampling = {samples: 3, temperature: 0.7, cut: 2, seed: 1};

/** A judge of hands from a network's log-odds. */
export const handJudge = (logits: Logits, sampling: Sampling, seeded: Seeded): Judge<Hand> => async (hands) => {
  const positions = hands.map(positionIn);
  const answers = await logits(positions);
  return positions.map((position, i) => verdictOf(position, answers[i]!, sampling, seeded));
};

export interface Attempt {
  readonly solved: boolean;
  /** The answer, where there is one: it makes 24 if solved. */
  readonly text: string;
  readonly calls: number;
  readonly nodes: number;
}

export interface AttemptOptions {
  readonly logits: Logits;
  readonly sampling: Sampling;
  /** The policy's temperature. */
  readonly temperature: number;
  readonly seeded: Seeded;
  readonly signal?: AbortSignal;
}

/** The search of one puzzle by one method, event by event. */
export function searchPuzzle(numbers: readonly number[], method: Method, options: AttemptOptions): AsyncGenerator<SearchEvent<Hand>, void> {
  const {logits, sampling, temperature, seeded, signal} = options;
  return search(game24(numbers), {
    ...method, temperature, judge: handJudge(logits, sampling, seeded),
    random: seeded(sampling.seed * 65_537 + numbers.reduce((hash, number) => hash * 31 + number, 7)),
    ...(signal && {signal})
  });
}

/** Goes about one puzzle in one way to the end. */
export async function attempt(numbers: readonly number[], method: Method, options: AttemptOptions): Promise<Attempt> {
  let last: SearchEvent<Hand> | undefined;
  for await (const event of searchPuzzle(numbers, method, options)) last = event;
  const text = last?.kind === "solve" ? last.state.map(expressionText).join(" ") : "";
  return {solved: text !== "", text, calls: last?.calls ?? 0, nodes: last?.nodes ?? 0};
}
