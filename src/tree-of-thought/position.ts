/** A position of the Game of 24: the numbers that remain, and the moves from it. */
import {apply, compare, equals, fraction, fractionText} from "./fraction.js";
import type {Fraction, Operator} from "./fraction.js";

/** In ascending order. */
export type Position = readonly Fraction[];

export const goal = 24;

/** Two numbers made into one. */
export interface Move {
  readonly a: Fraction;
  readonly operator: Operator;
  readonly b: Fraction;
  readonly result: Fraction;
  readonly next: Position;
  /** Where a and b stand in the position. */
  readonly used: readonly [number, number];
}

export const positionOf = (numbers: readonly number[]): Position => sorted(numbers.map((number) => fraction(number)));

const sorted = (numbers: readonly Fraction[]): Position => [...numbers].sort(compare);

/** The same for the same numbers: what a visited set and the training's exclusions go by. */
export const positionKey = (position: Position): string => position.map(({n, d}) => (d === 1 ? n : `${n}/${d}`)).join(" ");

export const positionText = (position: Position): string => position.map(fractionText).join(" ");

/** All numbers used, and 24 left. */
export const isSolved = (position: Position): boolean => position.length === 1 && equals(position[0]!, goal);

/**
 * The moves from a position, those that lead to the same position once. Of a difference only larger − smaller is tried:
 * where no number is negative, every way to 24 has one without negative numbers. Given a negative number, both are.
 */
export function movesFrom(position: Position): readonly Move[] {
  const both = position.some(({n}) => n < 0);
  const found = new Map<string, Move>();
  for (let i = 0; i < position.length; i++) {
    for (let j = i + 1; j < position.length; j++) {
      const [low, high] = [position[i]!, position[j]!];
      const rest = position.filter((_, k) => k !== i && k !== j);
      const add = (operator: Operator, first: number, second: number) => {
        const [a, b] = [position[first]!, position[second]!];
        const result = apply(operator, a, b);
        const next = sorted([...rest, result]);
        const key = positionKey(next);
        if (!found.has(key)) found.set(key, {a, operator, b, result, next, used: [first, second]});
      };
      add("+", i, j);
      add("−", j, i);
      if (both) add("−", i, j);
      add("×", i, j);
      if (low.n !== 0) add("÷", j, i);
      if (high.n !== 0) add("÷", i, j);
    }
  }
  return [...found.values()];
}

export const moveText = ({a, operator, b, result}: Move): string =>
  `${fractionText(a)} ${operator} ${fractionText(b)} = ${fractionText(result)}`;

const known = new Map<string, boolean>();

/** Whether 24 can be reached, exactly. Answers are kept. */
export function canReach(position: Position): boolean {
  if (position.length < 2) return isSolved(position);
  const key = positionKey(position);
  let answer = known.get(key);
  if (answer === undefined) known.set(key, (answer = movesFrom(position).some(({next}) => canReach(next))));
  return answer;
}

/** The keys of all positions that can be reached from this one, itself included, the last numbers excluded. */
export function addReachable(position: Position, keys: Set<string>): void {
  const key = positionKey(position);
  if (position.length < 2 || keys.has(key)) return;
  keys.add(key);
  for (const {next} of movesFrom(position)) addReachable(next, keys);
}
