/**
 * What the judge learns from: splits of positions, labelled by exact arithmetic. Nothing that can be reached from the
 * puzzles it is tested on is among them.
 */
import {apply, equals, fraction} from "./fraction.js";
import type {Fraction} from "./fraction.js";
import {featureCount, featuresOf, splitsOf} from "./judge-features.js";
import {addReachable, goal, movesFrom, positionKey, positionOf} from "./position.js";
import type {Position} from "./position.js";

/** Numbers in a hand go to 13, of the triples that are added to 40. */
const highest = 13;
const highestTriple = 40;
/** Pairs made so that they lead to 24. */
const madePairs = 2000;
/** Of the splits that lead nowhere so many are kept, by their numbers aside: one of three, none. */
const keptOfThree = 24_000;
const keptOfTwo = 8_000;

export interface JudgeData {
  /** [splits][features + label], ordered by kind. */
  readonly values: Float32Array;
  /** Where each kind begins and ends: of three numbers leading to 24 and not, of two leading to 24 and not. */
  readonly kinds: readonly (readonly [number, number])[];
  /** Positions left out since a test puzzle leads to them. */
  readonly heldOut: number;
}

/** Whether the pair can be made into a number from which, with the one aside, 24 is one step away. */
export function leadsTo24(position: Position, aside: number | undefined, [low, high]: readonly [number, number]): boolean {
  const pair = [position[low]!, position[high]!];
  const after = movesFrom(pair).map(({next}) => next[0]!);
  if (aside === undefined) return after.some((result) => equals(result, goal));
  return after.some((result) => movesFrom(sortedPair(position[aside]!, result)).some(({next}) => equals(next[0]!, goal)));
}

const sortedPair = (a: Fraction, b: Fraction): Position => (a.n * b.d <= b.n * a.d ? [a, b] : [b, a]);

/**
 * Makes the data in slices: yields its progress, 0–1, so that a page can stay responsive.
 * @param tested the puzzles to keep out, with all that they lead to
 * @param random numbers in [0, 1), for the made pairs and for what is kept
 */
export function* makeJudgeData(tested: readonly (readonly number[])[], random: () => number): Generator<number, JudgeData> {
  const held = new Set<string>();
  for (const [i, numbers] of tested.entries()) {
    addReachable(positionOf(numbers), held);
    if (i % 10 === 9) yield 0;
  }
  const kinds: Float32Array[][] = [[], [], [], []];
  const seen = new Set(held);
  /** Whether it is new. */
  const add = (position: Position): boolean => {
    const key = positionKey(position);
    if (seen.has(key)) return false;
    seen.add(key);
    const features = featuresOf(position);
    splitsOf(position).forEach(({aside, pair}, i) => {
      const leads = leadsTo24(position, aside, pair);
      const row = new Float32Array(featureCount + 1);
      row.set(features.subarray(i * featureCount, (i + 1) * featureCount));
      row[featureCount] = Number(leads);
      kinds[(position.length === 3 ? 0 : 2) + (leads ? 0 : 1)]!.push(row);
    });
    return true;
  };
  const values: Fraction[] = [];
  for (let a = 1; a <= highest; a++) {
    for (let b = a; b <= highest; b++) {
      for (let c = b; c <= highest; c++) {
        for (let d = c; d <= highest; d++) {
          for (const {next, result} of movesFrom(positionOf([a, b, c, d]))) {
            values.push(result);
            if (add(next)) for (const {next: pair} of movesFrom(next)) add(pair);
          }
          yield (0.7 * (a - 1 + (b - a) / (highest + 1 - a))) / highest;
        }
      }
    }
  }
  for (let a = 1; a <= highestTriple; a++) {
    for (let b = a; b <= highestTriple; b++) {
      for (let c = Math.max(b, highest + 1); c <= highestTriple; c++) add(positionOf([a, b, c]));
      yield 0.7 + (0.25 * a) / highestTriple;
    }
  }
  for (let made = 0; made < madePairs; made++) {
    add(pairTo24(values, random));
    if (made % 100 === 99) yield 0.95 + (0.03 * made) / madePairs;
  }
  const chosen = [kinds[0]!, kept(kinds[1]!, keptOfThree, random), kinds[2]!, kept(kinds[3]!, keptOfTwo, random)];
  yield 0.985;
  const shuffled: (readonly Float32Array[])[] = [];
  for (const rows of chosen) {
    shuffled.push(mixed(rows, random));
    yield 0.99;
  }
  return pack(shuffled, held.size);
}

/** A number that occurs in the game, and one that makes 24 with it. */
function pairTo24(values: readonly Fraction[], random: () => number): Position {
  const [twentyFour, chosen] = [fraction(goal), values[Math.floor(values.length * random())]!];
  const kind = Math.floor(5 * random());
  if (kind === 0) return sortedPair(chosen, apply("+", chosen, twentyFour));
  if (kind === 1 && chosen.n <= goal * chosen.d) return sortedPair(chosen, apply("−", twentyFour, chosen));
  if (kind === 2) return sortedPair(chosen, apply("×", chosen, twentyFour));
  if (chosen.n === 0) return [chosen, twentyFour];
  return sortedPair(chosen, kind === 3 ? apply("÷", twentyFour, chosen) : apply("÷", chosen, twentyFour));
}

function kept(rows: readonly Float32Array[], most: number, random: () => number): readonly Float32Array[] {
  const share = most / rows.length;
  return rows.filter(() => random() < share);
}

/** Fisher–Yates: the report looks at a kind's first or last, which should be any. */
function mixed(rows: readonly Float32Array[], random: () => number): readonly Float32Array[] {
  const list = [...rows];
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
  return list;
}

function pack(kinds: readonly (readonly Float32Array[])[], heldOut: number): JudgeData {
  const rows = kinds.flat();
  const values = new Float32Array(rows.length * (featureCount + 1));
  rows.forEach((row, i) => values.set(row, i * (featureCount + 1)));
  let end = 0;
  return {values, heldOut, kinds: kinds.map(({length}) => [end, (end += length)] as const)};
}
