/** From the slopes of an attention layer's stages to the gradient of its weights, in parts as whole-gradient.ts has it. */
import {attentionPlaces} from "./attention.js";
import type {AttentionRun, AttentionShape} from "./attention.js";
import {addProducts} from "./gradient.js";
import type {Numbers} from "./shape.js";
import {parts} from "./whole-gradient.js";

/** [parameters, then the loss, then the share that was right][parts]. */
export const attentionGradientSize = (shape: AttentionShape): number => (attentionPlaces(shape).total + 2) * parts;

/** Adds this run's gradient to `gradient`. */
export function addAttentionGradient(
  {shape, steps, batch}: AttentionRun, x: Numbers, context: Numbers, slopes: Numbers, losses: Numbers, gradient: Numbers
): void {
  const {inputs, hidden, outputs} = shape;
  const {biasIn, weightOut, biasOut, total} = attentionPlaces(shape);
  const addRow = (numbers: Numbers, row: number, parameter: number) => {
    for (let s = 0; s < batch; s++) gradient[parameter * parts + (s % parts)]! += numbers[row * batch + s]!;
  };
  for (let t = 0; t < steps; t++) {
    for (let row = 0; row < 3 * hidden; row++) {
      const slope = 3 * t * hidden + row;
      addRow(slopes, slope, biasIn + row);
      for (let k = 0; k < inputs; k++)
        addProducts(slopes, slope * batch, x, (t * inputs + k) * batch, batch, gradient, row * inputs + k, parts);
    }
    for (let o = 0; o < outputs; o++) {
      const slope = t * outputs + o;
      addRow(losses, slope, biasOut + o);
      for (let k = 0; k < hidden; k++)
        addProducts(losses, slope * batch, context, (t * hidden + k) * batch, batch, gradient, weightOut + o * hidden + k, parts);
    }
    for (const n of [0, 1]) addRow(losses, steps * (outputs + n) + t, total + n);
  }
}
