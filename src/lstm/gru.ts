/**
 * The gated recurrent unit as PyTorch has it: r, z = σ(W x + b + U h + b′), n = tanh(W x + b + r (U h + b′)),
 * h = (1 − z) n + z h. One layer on one sequence, float64; rows in the order reset, update, new.
 */
import {rowsOf, runLayer, slopesOf} from "./layer.js";
import type {CellGradient, CellWeights, LayerRun, Matrix, Vector} from "./layer.js";

/** Everything by time step, [steps][H]. */
export interface GruForward {
  readonly hidden: readonly Float64Array[];
  readonly gates: {
    readonly reset: readonly Float64Array[];
    readonly update: readonly Float64Array[];
    readonly fresh: readonly Float64Array[];
    /** U h + b′ of the new gate, which r multiplies. */
    readonly recalled: readonly Float64Array[];
  };
  readonly layer: LayerRun;
}

/** @throws RangeError naming the array whose size does not fit the others */
export function gruForward(weights: CellWeights, inputs: Matrix, state: {readonly h0?: Vector} = {}): GruForward {
  const layer = runLayer("gru", weights, inputs, state);
  const row = (n: number) => rowsOf(layer, n);
  return {hidden: row(4), gates: {reset: row(0), update: row(1), fresh: row(2), recalled: row(3)}, layer};
}

/** The gradient of a loss whose own ∂L/∂h_t, [steps][H], are given. */
export function gruBackward({layer}: Pick<GruForward, "layer">, slopes: {readonly hidden: Matrix}): CellGradient {
  return slopesOf(layer, slopes.hidden).gradient;
}
