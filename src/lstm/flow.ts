/** How much of the loss's gradient reaches each time step: the norms of ∂L/∂h_t and ∂L/∂c_t, by distance from the end. */
import {backwardSteps} from "./backward.js";
import {forwardSteps} from "./forward.js";
import {lossesSize, readOut} from "./loss.js";
import type {LossRun} from "./loss.js";
import {placesOf, slopeRows, slopesSize, sumCount, traceRows, traceSize} from "./shape.js";
import type {Numbers, Shape} from "./shape.js";
import {gradientSize, parts, wholeGradientSteps} from "./whole-gradient.js";

/** Index is the distance from the last step; means over the sequences. */
export interface Flow {
  readonly hidden: readonly number[];
  /** The LSTM's; empty for others. */
  readonly cell: readonly number[];
  /** The product of the forget (GRU: update) gates from the last step back, mean over units; empty for the RNN. */
  readonly kept: readonly number[];
  /** Of the whole weight gradient. */
  readonly norm: number;
}

/**
 * Yields after each time step of each pass, for who runs it to rest in between.
 *
 * @param batch as makeBatch gives it, with the loss at the last step
 */
export function* gradientFlow(
  shape: Shape, params: Numbers, batch: {readonly x: Numbers; readonly targets: Numbers}, steps: number
): Generator<void, Flow> {
  const size = batch.targets.length;
  const run: LossRun = {shape, steps, batch: size, loss: "squared", lossSteps: 1, weight: 1 / size};
  const trace = new Float64Array(traceSize(run));
  yield* forwardSteps(run, params, batch.x, trace);
  const losses = new Float64Array(lossesSize(run));
  readOut(run, params, trace, batch.targets, losses);
  const slopes = new Float64Array(slopesSize(run));
  const {readout} = placesOf(shape);
  yield* backwardSteps(run, params, trace, (t, unit, slope) => {
    if (t === steps) for (let s = 0; s < size; s++) slope[s]! += params[readout + unit]! * losses[s]!;
  }, slopes);
  const gradient = new Float64Array(gradientSize(shape));
  yield* wholeGradientSteps(run, batch.x, trace, slopes, losses, gradient);
  const {kind} = shape;
  const backwards = Array.from({length: steps}, (_, distance) => steps - distance);
  return {
    hidden: backwards.map((t) => size * meanNorm(slopes, t * slopeRows[kind] + sumCount[kind], run)),
    cell: kind === "lstm" ? backwards.map((t) => size * meanNorm(slopes, t * slopeRows[kind] + 5, run)) : [],
    kept: kind === "rnn" ? [] : keptShares(trace, run),
    norm: wholeNorm(gradient, placesOf(shape).total)
  };
}

/** The mean over sequences of a row's norm over units. */
function meanNorm(numbers: Float64Array, row: number, {shape: {hidden}, batch}: LossRun): number {
  let sum = 0;
  for (let s = 0; s < batch; s++) {
    let square = 0;
    for (let unit = 0; unit < hidden; unit++) square += numbers[(row * hidden + unit) * batch + s]! ** 2;
    sum += Math.sqrt(square);
  }
  return sum / batch;
}

function keptShares(trace: Float64Array, {shape: {kind, hidden}, steps, batch}: LossRun): readonly number[] {
  const product = new Float64Array(hidden * batch).fill(1);
  return Array.from({length: steps}, (_, distance) => {
    const mean = product.reduce((sum, value) => sum + value, 0) / product.length;
    // Both kinds keep by their second gate.
    const gate = ((steps - distance) * traceRows[kind] + 1) * hidden * batch;
    product.forEach((value, i) => (product[i] = value * trace[gate + i]!));
    return mean;
  });
}

function wholeNorm(gradient: Float64Array, parameters: number): number {
  let square = 0;
  for (let i = 0; i < parameters; i++) {
    let sum = 0;
    for (let part = 0; part < parts; part++) sum += gradient[i * parts + part]!;
    square += sum * sum;
  }
  return Math.sqrt(square);
}
