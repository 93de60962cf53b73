/** Backpropagation through time: the one backward pass in TypeScript, for the public functions and the kernel's twin. */
import {gateCount, hiddenSum, placesOf, slopeRows, sumCount, traceRows} from "./shape.js";
import type {CellKind, Numbers, Run} from "./shape.js";

/** Adds to `slope` (one number for each sequence) what the loss says directly of a unit's hidden state at step t. */
export type DirectSlope = (t: number, unit: number, slope: Float64Array) => void;

/**
 * Fills the slopes, ∂L/∂ each sum, hidden state and cell, from the last step down to the state before the first, whose
 * block holds ∂L/∂h₀ and ∂L/∂c₀ only. An LSTM's last block may hold ∂L/∂c of the end in its cell row.
 */
export function backward(run: Run, params: Numbers, trace: Numbers, direct: DirectSlope, slopes: Numbers): void {
  for (const _ of backwardSteps(run, params, trace, direct, slopes)) void _;
}

/** The same, yielding after each time step. */
export function* backwardSteps(
  run: Run, params: Numbers, trace: Numbers, direct: DirectSlope, slopes: Numbers
): Generator<void, void> {
  const {shape: {kind, hidden}, steps, batch} = run;
  const hiddenSlope = new Float64Array(batch);
  const finish = finishers[kind];
  const hiddenRow = sumCount[kind] * hidden * batch;
  for (let t = steps; t >= 0; t--) {
    for (let unit = 0; unit < hidden; unit++) {
      hiddenSlope.fill(0);
      if (t < steps) fromLater(run, params, trace, slopes, t, unit, hiddenSlope);
      if (t > 0) direct(t, unit, hiddenSlope);
      const at = t * slopeRows[kind] * hidden * batch + unit * batch;
      slopes.set(hiddenSlope, at + hiddenRow);
      finish(run, params, trace, slopes, t, unit);
    }
    yield;
  }
}

/** What the next step says of a unit's hidden state: W_hᵀ ∂L/∂sums, and for the GRU the part that z kept. */
function fromLater(
  {shape, batch}: Run, params: Numbers, trace: Numbers, slopes: Numbers, t: number, unit: number, slope: Float64Array
): void {
  const {kind, hidden} = shape;
  const {weightHh} = placesOf(shape);
  const next = (t + 1) * slopeRows[kind] * hidden * batch;
  for (let gate = 0; gate < gateCount[kind]; gate++) {
    for (let j = 0; j < hidden; j++) {
      const weight = params[weightHh + (gate * hidden + j) * hidden + unit]!;
      const at = next + (hiddenSum(kind, gate) * hidden + j) * batch;
      for (let s = 0; s < batch; s++) slope[s]! += weight * slopes[at + s]!;
    }
  }
  if (kind !== "gru") return;
  const kept = ((t + 1) * traceRows.gru + 1) * hidden * batch + unit * batch;
  for (let s = 0; s < batch; s++) slope[s]! += trace[kept + s]! * slopes[next + (4 * hidden + unit) * batch + s]!;
}

type Finish = (run: Run, params: Numbers, trace: Numbers, slopes: Numbers, t: number, unit: number) => void;

/** From ∂L/∂h of a unit, in its row already, to the slopes of its sums, and of the LSTM's cell. */
const finishers: Readonly<Record<CellKind, Finish>> = {
  rnn({shape: {hidden}, batch}, _, trace, slopes, t, unit) {
    if (t === 0) return;
    const row = hidden * batch;
    const [at, to] = [t * row + unit * batch, 2 * t * row + unit * batch];
    for (let s = 0; s < batch; s++) slopes[to + s] = slopes[to + row + s]! * (1 - trace[at + s]! ** 2);
  },
  lstm({shape, steps, batch}, params, trace, slopes, t, unit) {
    const {hidden, forgetGate = true, peepholes = false} = shape;
    const peephole = placesOf(shape).peephole + unit;
    const [pi, pf, po] = [0, 1, 2].map((n) => (peepholes ? params[peephole + n * hidden]! : 0)) as [number, number, number];
    const row = hidden * batch;
    for (let s = 0; s < batch; s++) {
      const at = 6 * t * row + unit * batch + s;
      const later = at + 6 * row;
      let cellSlope = slopes[at + 5 * row]!;
      if (t < steps) {
        cellSlope = slopes[later + 5 * row]! * trace[later + row]! + pi * slopes[later]! + pf * slopes[later + row]!;
      }
      if (t > 0) {
        const [input, forget, candidate, output] = [0, 1, 2, 3].map((n) => trace[at + n * row]!) as [number, number, number, number];
        const squashed = Math.tanh(trace[at + 4 * row]!);
        const hiddenSlope = slopes[at + 4 * row]!;
        const outputSum = hiddenSlope * squashed * output * (1 - output);
        cellSlope += hiddenSlope * output * (1 - squashed * squashed) + po * outputSum;
        slopes[at] = cellSlope * candidate * input * (1 - input);
        slopes[at + row] = forgetGate ? cellSlope * trace[at - 2 * row]! * forget * (1 - forget) : 0;
        slopes[at + 2 * row] = cellSlope * input * (1 - candidate * candidate);
        slopes[at + 3 * row] = outputSum;
      }
      slopes[at + 5 * row] = cellSlope;
    }
  },
  gru({shape: {hidden}, batch}, _, trace, slopes, t, unit) {
    if (t === 0) return;
    const row = hidden * batch;
    for (let s = 0; s < batch; s++) {
      const at = 5 * t * row + unit * batch + s;
      const [reset, update, fresh, recalled] = [0, 1, 2, 3].map((n) => trace[at + n * row]!) as [number, number, number, number];
      const hiddenSlope = slopes[at + 4 * row]!;
      const freshSum = hiddenSlope * (1 - update) * (1 - fresh * fresh);
      slopes[at] = freshSum * recalled * reset * (1 - reset);
      slopes[at + row] = hiddenSlope * (trace[at - row]! - fresh) * update * (1 - update);
      slopes[at + 2 * row] = freshSum;
      slopes[at + 3 * row] = freshSum * reset;
    }
  }
};
