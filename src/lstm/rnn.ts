/** The plain recurrent cell, h = tanh(W x + b + U h + b′): one layer on one sequence, float64, PyTorch's layout. */
import {rowsOf, runLayer, slopesOf} from "./layer.js";
import type {CellGradient, CellWeights, LayerRun, Matrix, Vector} from "./layer.js";

export interface RnnForward {
  /** [steps][H] */
  readonly hidden: readonly Float64Array[];
  readonly layer: LayerRun;
}

/** @throws RangeError naming the array whose size does not fit the others */
export function rnnForward(weights: CellWeights, inputs: Matrix, state: {readonly h0?: Vector} = {}): RnnForward {
  const layer = runLayer("rnn", weights, inputs, state);
  return {hidden: rowsOf(layer, 0), layer};
}

/** The gradient of a loss whose own ∂L/∂h_t, [steps][H], are given. */
export function rnnBackward({layer}: Pick<RnnForward, "layer">, slopes: {readonly hidden: Matrix}): CellGradient {
  return slopesOf(layer, slopes.hidden).gradient;
}
