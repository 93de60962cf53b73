/** An attention layer on one sequence: nested arrays in and out, float64, in the layout of PyTorch's MultiheadAttention. */
import {addAttentionGradient, attentionGradientSize} from "./attention-gradient.js";
import {
  answers, attend, attentionLossesSize, attentionPlaces, contextSize, contextSlopes, gather, project, projectedSize,
  projectedSlopes, scoreSlopes, weightsSize
} from "./attention.js";
import type {AttentionRun} from "./attention.js";
import type {Matrix, Vector} from "./layer.js";
import {parts} from "./whole-gradient.js";

/** PyTorch's in_proj_weight [3·H][I], in_proj_bias, out_proj.weight [O][H] and out_proj.bias. */
export interface AttentionWeights {
  readonly weightIn: Matrix;
  readonly biasIn: Vector;
  readonly weightOut: Matrix;
  readonly biasOut: Vector;
}

export interface AttentionForward {
  /** [steps][O] */
  readonly outputs: readonly Float64Array[];
  /** How much each step takes of which, [steps][steps]. */
  readonly weights: readonly Float64Array[];
  /** The same and what stands between, flat, for attentionBackward. */
  readonly layer: AttentionLayerRun;
}

interface AttentionLayerRun {
  readonly run: AttentionRun;
  readonly params: Float64Array;
  readonly x: Float64Array;
  readonly projected: Float64Array;
  readonly weights: Float64Array;
  readonly context: Float64Array;
}

export interface AttentionGradient {
  readonly weightIn: readonly Float64Array[];
  readonly biasIn: Float64Array;
  readonly weightOut: readonly Float64Array[];
  readonly biasOut: Float64Array;
  /** ∂L/∂x_t, [steps][I]. */
  readonly inputs: readonly Float64Array[];
}

/** @param inputs [steps][I] */
export function attentionForward({weightIn, biasIn, weightOut, biasOut}: AttentionWeights, inputs: Matrix): AttentionForward {
  const flat = (rows: Matrix) => rows.flatMap((row) => Array.from(row));
  const shape = {inputs: weightIn[0]!.length, hidden: weightIn.length / 3, outputs: weightOut.length};
  const steps = inputs.length;
  const run: AttentionRun = {shape, steps, batch: 1, weight: 1};
  const params = Float64Array.from(flat([...weightIn, biasIn, ...weightOut, biasOut]));
  const x = Float64Array.from(flat(inputs));
  const projected = new Float64Array(projectedSize(run));
  const weights = new Float64Array(weightsSize(run));
  const context = new Float64Array(contextSize(run));
  project(run, params, x, projected);
  attend(run, projected, weights);
  gather(run, projected, weights, context);
  const outputs = new Float64Array(steps * shape.outputs);
  answers(run, params, context, outputs);
  return {
    outputs: rows(outputs, 0, steps, shape.outputs), weights: rows(weights, 0, steps, steps),
    layer: {run, params, x, projected, weights, context}
  };
}

/** The gradient of a loss whose own ∂L/∂ outputs, [steps][O], are given. */
export function attentionBackward({layer}: Pick<AttentionForward, "layer">, slopes: {readonly outputs: Matrix}): AttentionGradient {
  const {run, params, x, projected, weights, context} = layer;
  const {shape, steps} = run;
  const {inputs, hidden, outputs} = shape;
  const losses = new Float64Array(attentionLossesSize(run));
  slopes.outputs.forEach((row, t) => losses.set(Array.from(row), t * outputs));
  contextSlopes(run, params, losses);
  const scores = new Float64Array(weightsSize(run));
  scoreSlopes(run, projected, weights, losses, scores);
  const projections = new Float64Array(projectedSize(run));
  projectedSlopes(run, projected, weights, losses, scores, projections);
  const inParts = new Float64Array(attentionGradientSize(shape));
  addAttentionGradient(run, x, context, projections, losses, inParts);
  const {biasIn, weightOut, biasOut, total} = attentionPlaces(shape);
  // One sequence: all of it is in the first part.
  const gradient = Float64Array.from({length: total}, (_, i) => inParts[i * parts]!);
  const inputSlopes = Array.from({length: steps}, (_, t) => Float64Array.from({length: inputs}, (_, k) => {
    let sum = 0;
    for (let row = 0; row < 3 * hidden; row++) sum += params[row * inputs + k]! * projections[3 * t * hidden + row]!;
    return sum;
  }));
  return {
    weightIn: rows(gradient, 0, 3 * hidden, inputs), biasIn: gradient.slice(biasIn, weightOut),
    weightOut: rows(gradient, weightOut, outputs, hidden), biasOut: gradient.slice(biasOut), inputs: inputSlopes
  };
}

const rows = (numbers: Float64Array, at: number, count: number, width: number): readonly Float64Array[] =>
  Array.from({length: count}, (_, row) => numbers.slice(at + row * width, at + (row + 1) * width));
