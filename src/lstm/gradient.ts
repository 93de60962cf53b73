/** From the slopes of a cell's sums to the gradient of its weights: the sum over steps and sequences. */
import {gateCount, hiddenSum, placesOf, slopeRows, traceRows} from "./shape.js";
import type {Numbers, Run} from "./shape.js";

/**
 * Adds the gradient of the cell's parameters to `gradient`, [parameters][parts]: sequence s goes to part s mod parts,
 * which a GPU adds up at the same time.
 */
export function addGradient(run: Run, x: Numbers, trace: Numbers, slopes: Numbers, gradient: Numbers, parts = 1): void {
  for (const _ of gradientSteps(run, x, trace, slopes, gradient, parts)) void _;
}

/** The same, yielding after each time step. */
export function* gradientSteps(
  run: Run, x: Numbers, trace: Numbers, slopes: Numbers, gradient: Numbers, parts = 1
): Generator<void, void> {
  const {shape, steps, batch} = run;
  const {kind, inputs, hidden} = shape;
  const {weightIh, weightHh, biasIh, biasHh} = placesOf(shape);
  const rows = traceRows[kind];
  for (let t = 1; t <= steps; t++) {
    const before = ((t - 1) * rows + rows - 1) * hidden * batch;
    const block = t * slopeRows[kind] * hidden * batch;
    for (let row = 0; row < gateCount[kind] * hidden; row++) {
      const [gate, unit] = [Math.floor(row / hidden), row % hidden];
      const fromInput = block + (gate * hidden + unit) * batch;
      const fromHidden = block + (hiddenSum(kind, gate) * hidden + unit) * batch;
      for (let s = 0; s < batch; s++) {
        const part = s % parts;
        gradient[(biasIh + row) * parts + part]! += slopes[fromInput + s]!;
        gradient[(biasHh + row) * parts + part]! += slopes[fromHidden + s]!;
      }
      for (let k = 0; k < inputs; k++)
        addProducts(slopes, fromInput, x, ((t - 1) * inputs + k) * batch, batch, gradient, weightIh + row * inputs + k, parts);
      for (let k = 0; k < hidden; k++)
        addProducts(slopes, fromHidden, trace, before + k * batch, batch, gradient, weightHh + row * hidden + k, parts);
    }
    if (shape.peepholes) addPeepholes(run, trace, slopes, t, gradient, parts);
    yield;
  }
}

/** Adds Σ a·b over the sequences to a parameter's parts. */
export function addProducts(
  a: Numbers, aAt: number, b: Numbers, bAt: number, batch: number, gradient: Numbers, parameter: number, parts: number
): void {
  for (let part = 0; part < parts; part++) {
    let sum = 0;
    for (let s = part; s < batch; s += parts) sum += a[aAt + s]! * b[bAt + s]!;
    gradient[parameter * parts + part]! += sum;
  }
}

/** Input and forget gate look at the cell before, the output gate at the cell after. */
function addPeepholes({shape, batch}: Run, trace: Numbers, slopes: Numbers, t: number, gradient: Numbers, parts: number): void {
  const {hidden} = shape;
  const {peephole} = placesOf(shape);
  const row = hidden * batch;
  for (const [n, gate, step] of [[0, 0, t - 1], [1, 1, t - 1], [2, 3, t]] as const) {
    for (let unit = 0; unit < hidden; unit++) {
      const slope = (6 * t + gate) * row + unit * batch;
      const cell = (6 * step + 4) * row + unit * batch;
      addProducts(slopes, slope, trace, cell, batch, gradient, peephole + n * hidden + unit, parts);
    }
  }
}
