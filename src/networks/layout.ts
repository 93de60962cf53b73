/** Where a network's numbers stand in its row: parameters, the optimiser's moments, the report, the gradient. */
import type {OptimizerKind} from "./optimizer.js";

export interface Layout {
  /** Units of each layer, inputs first and outputs last, such as [2, 8, 8, 1]. */
  readonly layers: readonly number[];
  /** Offset of each weight layer's weights, [out][in] as in PyTorch, and of its biases. */
  readonly weights: readonly number[];
  readonly biases: readonly number[];
  /** Offset of the learned activation parameters, one for each hidden layer, if there are any. */
  readonly learned: number;
  readonly parameters: number;
  /** Hidden units, and the offset of each hidden layer's first among them. */
  readonly units: number;
  readonly firstUnit: readonly number[];
}

/**
 * The layout of a multilayer perceptron. @param learned whether its activation has a parameter that is learned
 * @throws RangeError when a layer is empty or there are fewer than two
 */
export function layoutOf(layers: readonly number[], learned = false): Layout {
  if (layers.length < 2 || layers.some((size) => !(Number.isInteger(size) && size > 0)))
    throw new RangeError(`layers have to be two or more positive sizes, not [${layers.join(", ")}]`);
  const [weights, biases, firstUnit]: [number[], number[], number[]] = [[], [], []];
  let [offset, units] = [0, 0];
  for (let layer = 1; layer < layers.length; layer++) {
    weights.push(offset);
    biases.push((offset += layers[layer]! * layers[layer - 1]!));
    offset += layers[layer]!;
    if (layer === layers.length - 1) continue;
    firstUnit.push(units);
    units += layers[layer]!;
  }
  const parameters = offset + (learned ? layers.length - 2 : 0);
  return {layers, weights, biases, learned: offset, parameters, units, firstUnit};
}

/** Offsets in a network's row, in numbers; the state comes first, so that a row is the next dispatch's input as it is. */
export interface Row {
  /** Parameters and moments. */
  readonly state: number;
  /** Mean loss of the dispatch's batches. */
  readonly batchLoss: number;
  /** Of the last batch's mean gradient, one for each weight layer. */
  readonly gradientNorm: number;
  /** Where the report begins (see `reportOf`). */
  readonly report: number;
  /** Where grouped kernels sum the batch's gradient, one for each parameter. */
  readonly gradient: number;
  readonly stride: number;
}

const moments: Readonly<Record<OptimizerKind, number>> = {sgd: 0, momentum: 1, adam: 2};

export function rowOf(layout: Layout, optimizer: OptimizerKind): Row {
  const state = layout.parameters * (1 + moments[optimizer]);
  const report = state + layout.layers.length;
  const gradient = report + reportOf(layout).length;
  return {state, batchLoss: state, gradientNorm: state + 1, report, gradient, stride: gradient + layout.parameters};
}

/** Offsets in a report over some points: mean loss, share of right answers, and for each hidden unit its activity. */
export function reportOf({units}: Layout) {
  return {
    loss: 0,
    accuracy: 1,
    /** Mean and variance of the activation. */
    mean: 2,
    variance: 2 + units,
    /** Share of points at which the activation's slope is 0. */
    silent: 2 + 2 * units,
    length: 2 + 3 * units
  };
}
