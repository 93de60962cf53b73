/** What the three public cells share: nested arrays in and out, one sequence, float64. */
import {backward} from "./backward.js";
import {forward} from "./forward.js";
import {addGradient} from "./gradient.js";
import {gateCount, placesOf, slopeRows, slopesSize, sumCount, traceRows, traceSize} from "./shape.js";
import type {CellKind, Run, Shape} from "./shape.js";

export type Vector = ArrayLike<number>;
export type Matrix = readonly Vector[];

/** A layer's weights in PyTorch's layout, `weight_ih_l0` and so on: [gates·H][I], [gates·H][H], [gates·H], [gates·H]. */
export interface CellWeights {
  readonly weightIh: Matrix;
  readonly weightHh: Matrix;
  readonly biasIh: Vector;
  readonly biasHh: Vector;
}

export interface CellGradient {
  readonly weightIh: readonly Float64Array[];
  readonly weightHh: readonly Float64Array[];
  readonly biasIh: Float64Array;
  readonly biasHh: Float64Array;
  /** ∂L/∂x_t, [steps][I]. */
  readonly inputs: readonly Float64Array[];
  /** All of ∂L/∂h_t, through every later step, [steps][H]. */
  readonly hidden: readonly Float64Array[];
  readonly h0: Float64Array;
}

/** A sequence on its way through a cell, flat. */
export interface LayerRun {
  readonly run: Run;
  readonly params: Float64Array;
  readonly x: Float64Array;
  readonly trace: Float64Array;
}

export interface LayerOptions {
  readonly h0?: Vector | undefined;
  readonly c0?: Vector | undefined;
  readonly peephole?: Matrix | undefined;
  readonly forgetGate?: boolean | undefined;
}

/** @throws RangeError naming the array whose size does not fit the others */
export function runLayer(kind: CellKind, weights: CellWeights, inputs: Matrix, options: LayerOptions = {}): LayerRun {
  const {weightIh, weightHh, biasIh, biasHh} = weights;
  const {h0, c0, peephole, forgetGate = true} = options;
  const hidden = weightHh[0]?.length ?? 0;
  const width = weightIh[0]?.length ?? 0;
  const rows = gateCount[kind] * hidden;
  checkMatrix("weightIh", weightIh, rows, width);
  checkMatrix("weightHh", weightHh, rows, hidden);
  checkMatrix("biases", [biasIh, biasHh], 2, rows);
  checkMatrix("inputs", inputs, inputs.length, width);
  checkMatrix("states", [h0, c0].filter((state) => state !== undefined), null, hidden);
  if (peephole) checkMatrix("peephole", peephole, 3, hidden);
  const shape: Shape = {kind, inputs: width, hidden, outputs: 0, forgetGate, peepholes: peephole !== undefined};
  const run: Run = {shape, steps: inputs.length, batch: 1};
  const params = flat([...weightIh, ...weightHh, biasIh, biasHh, ...(peephole ?? [])]);
  const x = flat(inputs);
  const trace = new Float64Array(traceSize(run));
  if (h0) trace.set(Array.from(h0), (traceRows[kind] - 1) * hidden);
  if (c0 && kind === "lstm") trace.set(Array.from(c0), 4 * hidden);
  forward(run, params, x, trace);
  return {run, params, x, trace};
}

/** Row `row` of every step's trace, [steps][H]. */
export function rowsOf({run: {shape: {kind, hidden}, steps}, trace}: LayerRun, row: number): readonly Float64Array[] {
  return Array.from({length: steps}, (_, t) => {
    const at = ((t + 1) * traceRows[kind] + row) * hidden;
    return trace.slice(at, at + hidden);
  });
}

export interface LayerSlopes {
  readonly gradient: CellGradient;
  /** ∂L/∂c_t, [steps + 1][H] from c₀ on; empty but for the LSTM. */
  readonly cell: readonly Float64Array[];
  readonly peephole: readonly Float64Array[];
}

/** The gradient of a loss of which ∂L/∂h_t (and ∂L/∂c at the end) are given as the loss itself has them. */
export function slopesOf(layer: LayerRun, hiddenSlopes: Matrix, cellSlope?: Vector): LayerSlopes {
  const {run, params, x, trace} = layer;
  const {shape, steps} = run;
  const {kind, inputs, hidden} = shape;
  checkMatrix("hidden slopes", hiddenSlopes, steps, hidden);
  const slopes = new Float64Array(slopesSize(run));
  if (cellSlope && kind === "lstm") slopes.set(Array.from(cellSlope), (6 * steps + 5) * hidden);
  backward(run, params, trace, (t, unit, slope) => (slope[0]! += hiddenSlopes[t - 1]![unit]!), slopes);
  const flatGradient = new Float64Array(placesOf(shape).total);
  addGradient(run, x, trace, slopes, flatGradient);
  const block = (t: number, row: number) => {
    const at = (t * slopeRows[kind] + row) * hidden;
    return slopes.slice(at, at + hidden);
  };
  const {weightIh, weightHh, biasIh, biasHh, peephole} = placesOf(shape);
  const rows = gateCount[kind] * hidden;
  const steady = Array.from({length: steps}, (_, t) => t + 1);
  return {
    gradient: {
      weightIh: cut(flatGradient, weightIh, rows, inputs),
      weightHh: cut(flatGradient, weightHh, rows, hidden),
      biasIh: flatGradient.slice(biasIh, biasHh),
      biasHh: flatGradient.slice(biasHh, biasHh + rows),
      inputs: steady.map((t) => inputSlope(layer, slopes, t)),
      hidden: steady.map((t) => block(t, sumCount[kind])),
      h0: block(0, sumCount[kind])
    },
    cell: kind === "lstm" ? [0, ...steady].map((t) => block(t, 5)) : [],
    peephole: shape.peepholes ? cut(flatGradient, peephole, 3, hidden) : []
  };
}

/** ∂L/∂x_t = W_iᵀ ∂L/∂sums. */
function inputSlope({run: {shape}, params}: LayerRun, slopes: Float64Array, t: number): Float64Array {
  const {kind, inputs, hidden} = shape;
  const at = t * slopeRows[kind] * hidden;
  const slope = new Float64Array(inputs);
  for (let row = 0; row < gateCount[kind] * hidden; row++)
    for (let k = 0; k < inputs; k++) slope[k]! += params[row * inputs + k]! * slopes[at + row]!;
  return slope;
}

function checkMatrix(name: string, matrix: Matrix, rows: number | null, columns: number): void {
  if (rows !== null && matrix.length !== rows) throw new RangeError(`${name} has ${matrix.length} rows, not ${rows}`);
  const wrong = matrix.findIndex((row) => row.length !== columns);
  if (wrong >= 0) throw new RangeError(`${name}: row ${wrong} has ${matrix[wrong]!.length} numbers, not ${columns}`);
}

const flat = (rows: Matrix): Float64Array => Float64Array.from(rows.flatMap((row) => Array.from(row)));

function cut(numbers: Float64Array, at: number, rows: number, columns: number): readonly Float64Array[] {
  return Array.from({length: rows}, (_, row) => numbers.slice(at + row * columns, at + (row + 1) * columns));
}
