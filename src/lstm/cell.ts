/** Long short-term memory, one layer on one sequence: forward and full backpropagation through time, float64. */
import {rowsOf, runLayer, slopesOf} from "./layer.js";
import type {CellGradient, CellWeights, LayerRun, Matrix, Vector} from "./layer.js";

export type {CellGradient, CellWeights, Matrix, Vector} from "./layer.js";

/** PyTorch's weights of one layer, rows in the order input, forget, candidate, output. */
export interface LstmWeights extends CellWeights {
  /** What the input, forget and output gate see of the cell, [3][H] (Gers and Schmidhuber 2000). Default: nothing. */
  readonly peephole?: Matrix;
}

/** Zeros where left out. */
export interface LstmState {
  readonly h0?: Vector;
  readonly c0?: Vector;
}

export interface LstmOptions {
  /** False: the LSTM of 1997, f = 1. The forget rows of the weights are not used. Default true. */
  readonly forgetGate?: boolean;
}

/** Everything by time step, [steps][H]. */
export interface LstmForward {
  readonly hidden: readonly Float64Array[];
  readonly cell: readonly Float64Array[];
  readonly gates: {
    readonly input: readonly Float64Array[];
    readonly forget: readonly Float64Array[];
    readonly candidate: readonly Float64Array[];
    readonly output: readonly Float64Array[];
  };
  /** The same, flat, for lstmBackward. */
  readonly layer: LayerRun;
}

export interface LstmGradient extends CellGradient {
  readonly peephole: readonly Float64Array[];
  /** All of ∂L/∂c_t, [steps][H]. */
  readonly cell: readonly Float64Array[];
  readonly c0: Float64Array;
}

/**
 * Runs a sequence through an LSTM: i, f, o = σ(W x + b + U h + b′), g = tanh(…), c = f c + i g, h = o tanh c.
 *
 * @param inputs [steps][I]
 * @throws RangeError naming the array whose size does not fit the others
 */
export function lstmForward(
  weights: LstmWeights,
  inputs: Matrix,
  {h0, c0}: LstmState = {},
  {forgetGate}: LstmOptions = {}
): LstmForward {
  const layer = runLayer("lstm", weights, inputs, {h0, c0, forgetGate, peephole: weights.peephole});
  const row = (n: number) => rowsOf(layer, n);
  return {hidden: row(5), cell: row(4), gates: {input: row(0), forget: row(1), candidate: row(2), output: row(3)}, layer};
}

/**
 * The gradient of a loss with respect to all weights, inputs and states.
 *
 * @param forward what lstmForward returned
 * @param slopes the loss's own ∂L/∂h_t, [steps][H], and ∂L/∂c of the last step
 */
export function lstmBackward(
  {layer}: Pick<LstmForward, "layer">,
  slopes: {readonly hidden: Matrix; readonly cellLast?: Vector}
): LstmGradient {
  const {gradient, cell, peephole} = slopesOf(layer, slopes.hidden, slopes.cellLast);
  return {...gradient, peephole, cell: cell.slice(1), c0: cell[0]!};
}
