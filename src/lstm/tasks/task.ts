/** Something to remember: seeded sequences with targets, as hard as they are long. */
import type {LossKind} from "../loss.js";

export type Random = () => number;

/** One sequence. */
export interface Example {
  /** [steps][I] */
  readonly x: Float32Array;
  /** [lossSteps]: numbers or classes; a negative class is no target. */
  readonly targets: Float32Array;
  /** What a reader would call each step. */
  readonly symbols: readonly string[];
  /** What a unit might come to follow, by step. */
  readonly tracks: Readonly<Record<string, readonly number[]>>;
}

export interface Task {
  readonly inputs: number;
  readonly outputs: number;
  readonly loss: LossKind;
  /** Targets at every step, or at the last alone. */
  readonly everyStep: boolean;
  /** The loss of the best answer that remembers nothing. */
  readonly baseline: number;
  example(random: Random, steps: number): Example;
}

export interface Batch {
  /** [steps][I][batch] */
  readonly x: Float32Array;
  /** [lossSteps][batch] */
  readonly targets: Float32Array;
}

export const lossStepsOf = ({everyStep}: Task, steps: number): number => (everyStep ? steps : 1);

export function makeBatch(task: Task, random: Random, steps: number, size: number): Batch {
  const x = new Float32Array(steps * task.inputs * size);
  const targets = new Float32Array(lossStepsOf(task, steps) * size);
  for (let s = 0; s < size; s++) {
    const example = task.example(random, steps);
    example.x.forEach((value, i) => (x[i * size + s] = value));
    example.targets.forEach((value, i) => (targets[i * size + s] = value));
  }
  return {x, targets};
}

/** A whole number below n. */
export const below = (random: Random, n: number): number => Math.floor(random() * n);
