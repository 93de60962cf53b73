/** One step of Adam or of plain gradient descent, the gradient's norm clipped. */
import type {Numbers} from "./shape.js";
import {parts} from "./whole-gradient.js";

export type Optimizer = "adam" | "sgd";

export interface UpdateParams {
  readonly optimizer: Optimizer;
  /** Numbers that are learned. */
  readonly parameters: number;
  readonly rate: number;
  /** The norm above which the gradient is scaled down to it; 0: no clipping. */
  readonly clip: number;
  /** Adam's 1 − β₁ᵗ and 1 − β₂ᵗ. */
  readonly correction1: number;
  readonly correction2: number;
}

export const beta1 = 0.9;
export const beta2 = 0.999;
export const epsilon = 1e-8;

/** Adam's corrections before step `step`, counted from 1. */
export const corrections = (step: number) => ({correction1: 1 - beta1 ** step, correction2: 1 - beta2 ** step});

/** A model in training: parameters, Adam's two moments, then gradient norm, loss and share right of the last step. */
export const stateSize = (parameters: number): number => 3 * parameters + 3;

/** Fills `next` with the state after a step. */
export function update(state: Numbers, gradient: Numbers, params: UpdateParams, next: Numbers): void {
  const {optimizer, parameters, rate, clip, correction1, correction2} = params;
  const whole = (i: number): number => {
    let sum = 0;
    for (let part = 0; part < parts; part++) sum += gradient[i * parts + part]!;
    return sum;
  };
  let square = 0;
  for (let i = 0; i < parameters; i++) square += whole(i) ** 2;
  const norm = Math.sqrt(square);
  const scale = clip > 0 && norm > clip ? clip / norm : 1;
  for (let i = 0; i < parameters; i++) {
    const slope = scale * whole(i);
    if (optimizer === "sgd") {
      next[i] = state[i]! - rate * slope;
      next[parameters + i] = state[parameters + i]!;
      next[2 * parameters + i] = state[2 * parameters + i]!;
      continue;
    }
    const mean = beta1 * state[parameters + i]! + (1 - beta1) * slope;
    const spread = beta2 * state[2 * parameters + i]! + (1 - beta2) * slope * slope;
    next[parameters + i] = mean;
    next[2 * parameters + i] = spread;
    next[i] = state[i]! - (rate * mean) / correction1 / (Math.sqrt(spread / correction2) + epsilon);
  }
  next[3 * parameters] = norm;
  next[3 * parameters + 1] = whole(parameters);
  next[3 * parameters + 2] = whole(parameters + 1);
}
