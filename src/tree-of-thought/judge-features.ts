/**
 * What the judge sees. It looks at a position split by split: one number set aside, the other two to be made into one.
 * For two numbers there is one split with nothing aside. A position is as hopeful as its most hopeful split.
 */
import {valueOf} from "./fraction.js";
import type {Position} from "./position.js";

/** Numbers from which 24 is one step away more often than not: its divisors. */
const helpful = [1, 2, 3, 4, 6, 8, 12, 24];

/** Inputs of one split: the number aside, what the pair makes, the pair. */
export const featureCount = 1 + 3 + helpful.length + helpful.length + 6 + 1;

/** A number in three ways: linear, logarithmic, and whether it is whole. */
function writeNumber(to: Float32Array, at: number, value: number): number {
  to[at] = Math.min(value, 100) / 24 - 1;
  to[at + 1] = Math.log1p(Math.abs(value)) / 2 - 1;
  to[at + 2] = Number.isInteger(value) ? 1 : -1;
  return at + 3;
}

/** 1 at a helpful number, falling to nothing a tenth of it away. */
const closeness = (value: number, target: number): number =>
  value > 0 ? Math.exp(-20 * Math.abs(Math.log((value + 1e-3) / (target + 1e-3)))) : 0;

function writeSplit(to: Float32Array, start: number, aside: number | undefined, low: number, high: number): void {
  let at = start;
  if (aside === undefined) at += 4 + helpful.length;
  else {
    to[at++] = 1;
    at = writeNumber(to, at, aside);
    for (const target of helpful) to[at++] = closeness(aside, target);
  }
  const made = [low + high, high - low, low * high, low === 0 ? 0 : high / low, high === 0 ? 0 : low / high];
  for (const target of helpful) to[at++] = Math.max(...made.map((value) => closeness(value, target)));
  at = writeNumber(to, writeNumber(to, at, high), low);
  to[at] = Math.max(...made.map((value) => Math.exp(-2 * Math.abs(value - 24))));
}

/** A position's splits: which number is aside (none of two numbers), and which two are the pair. */
export function splitsOf(position: Position): readonly {readonly aside: number | undefined; readonly pair: readonly [number, number]}[] {
  if (position.length === 2) return [{aside: undefined, pair: [0, 1]}];
  if (position.length === 3) return [{aside: 0, pair: [1, 2]}, {aside: 1, pair: [0, 2]}, {aside: 2, pair: [0, 1]}];
  throw new RangeError(`the judge sees two or three numbers, not ${position.length}`);
}

/** The features of all splits of a position, [splits][featureCount]. Negative numbers are taken for their size. */
export function featuresOf(position: Position): Float32Array {
  const values = position.map(valueOf);
  const splits = splitsOf(position);
  const features = new Float32Array(splits.length * featureCount);
  splits.forEach(({aside, pair: [low, high]}, i) => {
    writeSplit(features, i * featureCount, aside === undefined ? undefined : values[aside]!, values[low]!, values[high]!);
  });
  return features;
}
