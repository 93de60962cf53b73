/**
 * One head of causal self-attention, softmax(Q Kᵀ / √H) V with a linear layer behind it, forward and backward, stage by
 * stage as the kernels run it. Every step looks at itself and those before it; no step waits for another's result.
 *
 * Parameters are one flat vector in the order of PyTorch's MultiheadAttention: weightIn [3·H][I] (query, key, value),
 * biasIn [3·H], weightOut [O][H], biasOut [O]. All other arrays have the sequence as their last index.
 */
import {nearEnough} from "./loss.js";
import type {Numbers} from "./shape.js";

export interface AttentionShape {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
}

export interface AttentionRun {
  readonly shape: AttentionShape;
  readonly steps: number;
  readonly batch: number;
  /** What a target's loss counts: one over the number of targets. */
  readonly weight: number;
}

/** Where each block of the parameters begins; weightIn stands at 0. */
export function attentionPlaces({inputs, hidden, outputs}: AttentionShape) {
  const biasIn = 3 * hidden * inputs;
  const weightOut = biasIn + 3 * hidden;
  const biasOut = weightOut + outputs * hidden;
  return {biasIn, weightOut, biasOut, total: biasOut + outputs};
}

/** [steps][3·H][batch]: queries, keys and values, or their slopes. */
export const projectedSize = ({shape: {hidden}, steps, batch}: AttentionRun) => steps * 3 * hidden * batch;
/** [steps][steps][batch]: how much step t takes of step j, or the slopes of the scores. */
export const weightsSize = ({steps, batch}: AttentionRun) => steps * steps * batch;
/** [steps][H][batch] */
export const contextSize = ({shape: {hidden}, steps, batch}: AttentionRun) => steps * hidden * batch;
/** The readout's numbers: ∂L/∂ answers [steps][O][batch], loss [steps][batch], right or not likewise, ∂L/∂ context. */
export const attentionLossesSize = (run: AttentionRun) =>
  run.steps * run.batch * (run.shape.outputs + 2) + contextSize(run);
/** Where ∂L/∂ context begins among them. */
export const contextSlopesAt = ({shape: {outputs}, steps, batch}: AttentionRun) => steps * batch * (outputs + 2);

/** Queries, keys and values of every step. */
export function project({shape, steps, batch}: AttentionRun, params: Numbers, x: Numbers, projected: Numbers): void {
  const {inputs, hidden} = shape;
  const {biasIn} = attentionPlaces(shape);
  for (let t = 0; t < steps; t++)
    for (let row = 0; row < 3 * hidden; row++)
      for (let s = 0; s < batch; s++) {
        let sum = params[biasIn + row]!;
        for (let k = 0; k < inputs; k++) sum += params[row * inputs + k]! * x[(t * inputs + k) * batch + s]!;
        projected[(t * 3 * hidden + row) * batch + s] = sum;
      }
}

/** What each step takes of those before it and itself: the softmax of the scores; 0 for what comes later. */
export function attend({shape: {hidden}, steps, batch}: AttentionRun, projected: Numbers, weights: Numbers): void {
  const scale = 1 / Math.sqrt(hidden);
  const scores = new Float64Array(steps);
  for (let t = 0; t < steps; t++)
    for (let s = 0; s < batch; s++) {
      let most = -Infinity;
      for (let j = 0; j <= t; j++) {
        scores[j] = scale * product(projected, t * 3 * hidden, projected, (3 * j + 1) * hidden, hidden, batch, s);
        most = Math.max(most, scores[j]!);
      }
      let whole = 0;
      for (let j = 0; j <= t; j++) whole += scores[j] = Math.exp(scores[j]! - most);
      for (let j = 0; j < steps; j++) weights[(t * steps + j) * batch + s] = j <= t ? scores[j]! / whole : 0;
    }
}

/** Σ over k of a[aRow + k]·b[bRow + k], for sequence s. */
function product(a: Numbers, aRow: number, b: Numbers, bRow: number, size: number, batch: number, s: number): number {
  let sum = 0;
  for (let k = 0; k < size; k++) sum += a[(aRow + k) * batch + s]! * b[(bRow + k) * batch + s]!;
  return sum;
}

/** The values, mixed by the weights. */
export function gather({shape: {hidden}, steps, batch}: AttentionRun, projected: Numbers, weights: Numbers, context: Numbers): void {
  for (let t = 0; t < steps; t++)
    for (let u = 0; u < hidden; u++)
      for (let s = 0; s < batch; s++) {
        let sum = 0;
        for (let j = 0; j <= t; j++)
          sum += weights[(t * steps + j) * batch + s]! * projected[((3 * j + 2) * hidden + u) * batch + s]!;
        context[(t * hidden + u) * batch + s] = sum;
      }
}

/** The linear layer's answers, [steps][O][batch]. */
export function answers({shape, steps, batch}: AttentionRun, params: Numbers, context: Numbers, output: Numbers): void {
  const {hidden, outputs} = shape;
  const {weightOut, biasOut} = attentionPlaces(shape);
  for (let t = 0; t < steps; t++)
    for (let o = 0; o < outputs; o++)
      for (let s = 0; s < batch; s++) {
        let sum = params[biasOut + o]!;
        for (let k = 0; k < hidden; k++) sum += params[weightOut + o * hidden + k]! * context[(t * hidden + k) * batch + s]!;
        output[(t * outputs + o) * batch + s] = sum;
      }
}

/** Fills the losses of squared errors; targets are [steps][O][batch]. */
export function attentionLosses(run: AttentionRun, params: Numbers, context: Numbers, targets: Numbers, losses: Numbers): void {
  const {shape: {outputs}, steps, batch, weight} = run;
  answers(run, params, context, losses);
  const ends = steps * outputs * batch;
  for (let t = 0; t < steps; t++)
    for (let s = 0; s < batch; s++) {
      let [loss, right] = [0, 1];
      for (let o = 0; o < outputs; o++) {
        const at = (t * outputs + o) * batch + s;
        const error = losses[at]! - targets[at]!;
        losses[at] = 2 * weight * error;
        loss += error * error;
        if (Math.abs(error) >= nearEnough) right = 0;
      }
      losses[ends + t * batch + s] = weight * loss;
      losses[ends + (steps + t) * batch + s] = weight * right;
    }
  contextSlopes(run, params, losses);
}

/** From ∂L/∂ answers, in the losses already, to ∂L/∂ context behind them. */
export function contextSlopes(run: AttentionRun, params: Numbers, losses: Numbers): void {
  const {shape, steps, batch} = run;
  const {hidden, outputs} = shape;
  const {weightOut} = attentionPlaces(shape);
  const to = contextSlopesAt(run);
  for (let t = 0; t < steps; t++)
    for (let k = 0; k < hidden; k++)
      for (let s = 0; s < batch; s++) {
        let sum = 0;
        for (let o = 0; o < outputs; o++) sum += params[weightOut + o * hidden + k]! * losses[(t * outputs + o) * batch + s]!;
        losses[to + (t * hidden + k) * batch + s] = sum;
      }
}

/** ∂L/∂ scores before their scaling by 1/√H is undone: the softmax's slopes, times that scale. */
export function scoreSlopes(run: AttentionRun, projected: Numbers, weights: Numbers, losses: Numbers, slopes: Numbers): void {
  const {shape: {hidden}, steps, batch} = run;
  const from = contextSlopesAt(run) / batch;
  const scale = 1 / Math.sqrt(hidden);
  const direct = new Float64Array(steps);
  for (let t = 0; t < steps; t++)
    for (let s = 0; s < batch; s++) {
      let mean = 0;
      for (let j = 0; j <= t; j++) {
        direct[j] = product(losses, from + t * hidden, projected, (3 * j + 2) * hidden, hidden, batch, s);
        mean += weights[(t * steps + j) * batch + s]! * direct[j]!;
      }
      for (let j = 0; j < steps; j++) {
        const at = (t * steps + j) * batch + s;
        slopes[at] = j <= t ? scale * weights[at]! * (direct[j]! - mean) : 0;
      }
    }
}

/** ∂L/∂ queries, keys and values. What step t offered was taken by the steps from t on. */
export function projectedSlopes(
  run: AttentionRun, projected: Numbers, weights: Numbers, losses: Numbers, scores: Numbers, slopes: Numbers
): void {
  const {shape: {hidden}, steps, batch} = run;
  const from = contextSlopesAt(run);
  for (let t = 0; t < steps; t++)
    for (let u = 0; u < hidden; u++)
      for (let s = 0; s < batch; s++) {
        let [query, key, value] = [0, 0, 0];
        for (let j = 0; j <= t; j++)
          query += scores[(t * steps + j) * batch + s]! * projected[((3 * j + 1) * hidden + u) * batch + s]!;
        for (let j = t; j < steps; j++) {
          const taken = (j * steps + t) * batch + s;
          key += scores[taken]! * projected[(3 * j * hidden + u) * batch + s]!;
          value += weights[taken]! * losses[from + (j * hidden + u) * batch + s]!;
        }
        const at = (3 * t * hidden + u) * batch + s;
        slopes[at] = query;
        slopes[at + hidden * batch] = key;
        slopes[at + 2 * hidden * batch] = value;
      }
}
