/** Runs sequences through a cell: the one forward pass in TypeScript, for the public functions and the kernel's twin. */
import {gateCount, hiddenSum, placesOf, sumCount, traceRows} from "./shape.js";
import type {CellKind, Numbers, Run} from "./shape.js";

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Fills the trace after its first block, which holds the state before the first step. */
export function forward(run: Run, params: Numbers, x: Numbers, trace: Numbers): void {
  for (const _ of forwardSteps(run, params, x, trace)) void _;
}

/** The same, yielding after each time step, so that who runs it may rest in between. */
export function* forwardSteps(run: Run, params: Numbers, x: Numbers, trace: Numbers): Generator<void, void> {
  const {shape: {kind, hidden}, steps, batch} = run;
  const block = traceRows[kind] * hidden * batch;
  const sums = new Float64Array(sumCount[kind] * batch);
  const finish = finishers[kind];
  for (let t = 1; t <= steps; t++) {
    for (let unit = 0; unit < hidden; unit++) {
      addUp(run, params, x, trace, t, unit, sums);
      finish(run, params, trace, t * block, (t - 1) * block, unit, sums);
    }
    yield;
  }
}

/** The sums of one unit at one step, for each sequence: W_i x + b_i + W_h h + b_h. */
function addUp(run: Run, params: Numbers, x: Numbers, trace: Numbers, t: number, unit: number, sums: Float64Array): void {
  const {shape, batch} = run;
  const {kind, inputs, hidden} = shape;
  const {weightIh, weightHh, biasIh, biasHh} = placesOf(shape);
  const rows = traceRows[kind];
  const before = ((t - 1) * rows + rows - 1) * hidden * batch;
  sums.fill(0);
  for (let gate = 0; gate < gateCount[kind]; gate++) {
    const row = gate * hidden + unit;
    const fromInput = gate * batch;
    const fromHidden = hiddenSum(kind, gate) * batch;
    for (let s = 0; s < batch; s++) sums[fromInput + s]! += params[biasIh + row]!;
    for (let s = 0; s < batch; s++) sums[fromHidden + s]! += params[biasHh + row]!;
    for (let k = 0; k < inputs; k++)
      addScaled(params[weightIh + row * inputs + k]!, x, ((t - 1) * inputs + k) * batch, sums, fromInput, batch);
    for (let k = 0; k < hidden; k++)
      addScaled(params[weightHh + row * hidden + k]!, trace, before + k * batch, sums, fromHidden, batch);
  }
}

function addScaled(weight: number, from: Numbers, at: number, sums: Float64Array, to: number, batch: number): void {
  for (let s = 0; s < batch; s++) sums[to + s]! += weight * from[at + s]!;
}

type Finish = (
  run: Run, params: Numbers, trace: Numbers, now: number, before: number, unit: number, sums: Float64Array
) => void;

/** From a unit's sums to its gates and state. `now` and `before` are the blocks of the step and the one before. */
const finishers: Readonly<Record<CellKind, Finish>> = {
  rnn({batch}, _, trace, now, __, unit, sums) {
    for (let s = 0; s < batch; s++) trace[now + unit * batch + s] = Math.tanh(sums[s]!);
  },
  lstm({shape, batch}, params, trace, now, before, unit, sums) {
    const {hidden, forgetGate = true, peepholes = false} = shape;
    const peephole = placesOf(shape).peephole + unit;
    const [pi, pf, po] = [0, 1, 2].map((n) => (peepholes ? params[peephole + n * hidden]! : 0)) as [number, number, number];
    const row = hidden * batch;
    for (let s = 0; s < batch; s++) {
      const at = now + unit * batch + s;
      const cellBefore = trace[before + 4 * row + unit * batch + s]!;
      const input = sigmoid(sums[s]! + pi * cellBefore);
      const forget = forgetGate ? sigmoid(sums[batch + s]! + pf * cellBefore) : 1;
      const candidate = Math.tanh(sums[2 * batch + s]!);
      const cell = forget * cellBefore + input * candidate;
      const output = sigmoid(sums[3 * batch + s]! + po * cell);
      trace[at] = input;
      trace[at + row] = forget;
      trace[at + 2 * row] = candidate;
      trace[at + 3 * row] = output;
      trace[at + 4 * row] = cell;
      trace[at + 5 * row] = output * Math.tanh(cell);
    }
  },
  gru({shape: {hidden}, batch}, _, trace, now, before, unit, sums) {
    const row = hidden * batch;
    for (let s = 0; s < batch; s++) {
      const at = now + unit * batch + s;
      const reset = sigmoid(sums[s]!);
      const update = sigmoid(sums[batch + s]!);
      const recalled = sums[3 * batch + s]!;
      const fresh = Math.tanh(sums[2 * batch + s]! + reset * recalled);
      trace[at] = reset;
      trace[at + row] = update;
      trace[at + 2 * row] = fresh;
      trace[at + 3 * row] = recalled;
      trace[at + 4 * row] = (1 - update) * fresh + update * trace[before + 4 * row + unit * batch + s]!;
    }
  }
};
