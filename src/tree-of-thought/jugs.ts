/**
 * A second task, which looks different and has cycles: measure out litres with two jugs. Its judge is a rule, not a
 * network: hopeful is what is near the target.
 */
import type {Problem, Thought, Verdict} from "./search-events.js";

export interface Jugs {
  readonly a: number;
  readonly b: number;
}

export interface JugTask {
  /** Litres that the jugs hold. */
  readonly sizeA: number;
  readonly sizeB: number;
  /** Litres wanted in either jug. */
  readonly target: number;
}

/** Fill, empty, pour; what changes nothing is not proposed. Paths may go round for ever. */
export function jugs({sizeA, sizeB, target}: JugTask): Problem<Jugs> {
  return {
    start: {a: 0, b: 0},
    steps: Infinity,
    propose({a, b}) {
      const [toB, toA] = [Math.min(a, sizeB - b), Math.min(b, sizeA - a)];
      const all: readonly Thought<Jugs>[] = [
        {text: "fill A", state: {a: sizeA, b}}, {text: "fill B", state: {a, b: sizeB}},
        {text: "empty A", state: {a: 0, b}}, {text: "empty B", state: {a, b: 0}},
        {text: "pour A into B", state: {a: a - toB, b: b + toB}}, {text: "pour B into A", state: {a: a + toA, b: b - toA}}
      ];
      return all.filter(({state}) => state.a !== a || state.b !== b);
    },
    isSolved: ({a, b}) => a === target || b === target,
    key: ({a, b}) => `${a} ${b}`
  };
}

/** Whether the target can be measured at all: a multiple of the sizes' common divisor that fits a jug. */
export function isMeasurable({sizeA, sizeB, target}: JugTask): boolean {
  let [x, y] = [sizeA, sizeB];
  while (y !== 0) [x, y] = [y, x % y];
  return target <= Math.max(sizeA, sizeB) && target % x === 0;
}

/** Sure within a litre of the target, impossible beyond three, likely between: a rule that is often wrong. */
export function ruleOfNearness({target}: JugTask): (states: readonly Jugs[]) => readonly Verdict[] {
  return (states) => states.map(({a, b}) => {
    const apart = Math.min(Math.abs(a - target), Math.abs(b - target));
    const label = apart <= 1 ? 0 : apart <= 3 ? 1 : 2;
    const one: [number, number, number] = [0, 0, 0];
    one[label] = 1;
    return {logit: 2 - apart, chances: one, votes: one, value: [20, 1, 0.001][label]!};
  });
}
