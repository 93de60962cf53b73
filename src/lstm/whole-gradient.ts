/** The gradient of cell and readout together, in parts, with the loss behind it. */
import {addProducts, gradientSteps} from "./gradient.js";
import type {LossRun} from "./loss.js";
import {placesOf, traceRows} from "./shape.js";
import type {Numbers, Shape} from "./shape.js";

/** Sequence s goes to part s mod 4: on a GPU four neighbours add up side by side. */
export const parts = 4;

/** [parameters, then the loss, then the share that was right][parts]. */
export const gradientSize = (shape: Shape): number => (placesOf(shape).total + 2) * parts;

/** Adds this run's gradient to `gradient`. */
export function addWholeGradient(
  run: LossRun, x: Numbers, trace: Numbers, slopes: Numbers, losses: Numbers, gradient: Numbers
): void {
  for (const _ of wholeGradientSteps(run, x, trace, slopes, losses, gradient)) void _;
}

/** The same, yielding after each time step. */
export function* wholeGradientSteps(
  run: LossRun, x: Numbers, trace: Numbers, slopes: Numbers, losses: Numbers, gradient: Numbers
): Generator<void, void> {
  const {shape, steps, batch, lossSteps} = run;
  const {kind, hidden, outputs} = shape;
  const {readout, readoutBias, total} = placesOf(shape);
  yield* gradientSteps(run, x, trace, slopes, gradient, parts);
  for (let l = 0; l < lossSteps; l++) {
    const state = ((steps - lossSteps + 2 + l) * traceRows[kind] - 1) * hidden * batch;
    for (let o = 0; o < outputs; o++) {
      const slope = (l * outputs + o) * batch;
      for (let k = 0; k < hidden; k++)
        addProducts(losses, slope, trace, state + k * batch, batch, gradient, readout + o * hidden + k, parts);
      for (let s = 0; s < batch; s++) gradient[(readoutBias + o) * parts + (s % parts)]! += losses[slope + s]!;
    }
    for (const [n, kindOfNumber] of [outputs, outputs + 1].entries()) {
      const at = (lossSteps * kindOfNumber + l) * batch;
      for (let s = 0; s < batch; s++) gradient[(total + n) * parts + (s % parts)]! += losses[at + s]!;
    }
    yield;
  }
}
