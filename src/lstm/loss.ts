/** The linear readout and its loss, at the steps where there is a target. */
import {placesOf, traceRows} from "./shape.js";
import type {Numbers, Run} from "./shape.js";

/** Squared error of one output, or softmax with cross-entropy over several. */
export type LossKind = "squared" | "softmax";

export interface LossRun extends Run {
  readonly loss: LossKind;
  /** The last so many steps have targets: 1, or all. */
  readonly lossSteps: number;
  /** What a target's loss counts: one over the number of targets. */
  readonly weight: number;
}

/** The losses' numbers: ∂L/∂ output [lossSteps][O][batch], then loss [lossSteps][batch], then right or not likewise. */
export const lossesSize = ({shape: {outputs}, lossSteps, batch}: Pick<LossRun, "shape" | "lossSteps" | "batch">) =>
  lossSteps * batch * (outputs + 2);

/** How near a squared-error answer has to be to count as right, as in the adding problem's paper. */
export const nearEnough = 0.04;

/** Fills the losses. Targets are [lossSteps][batch]: numbers, or class indices, of which a negative one is no target. */
export function readOut(run: LossRun, params: Numbers, trace: Numbers, targets: Numbers, losses: Numbers): void {
  const {shape: {outputs}, lossSteps, batch, weight, loss} = run;
  const answers = new Float64Array(outputs);
  const ends = lossSteps * outputs * batch;
  for (let l = 0; l < lossSteps; l++) {
    for (let s = 0; s < batch; s++) {
      answer(run, params, trace, run.steps - lossSteps + 1 + l, s, answers);
      const target = targets[l * batch + s]!;
      const [value, right] = loss === "squared" ? squared(answers, target) : softmax(answers, target);
      for (let o = 0; o < outputs; o++) losses[(l * outputs + o) * batch + s] = weight * answers[o]!;
      losses[ends + l * batch + s] = weight * value;
      losses[ends + (lossSteps + l) * batch + s] = weight * right;
    }
  }
}

/** The readout of sequence s at step t. */
export function answer({shape, batch}: Run, params: Numbers, trace: Numbers, t: number, s: number, answers: Numbers): void {
  const {kind, hidden, outputs} = shape;
  const {readout, readoutBias} = placesOf(shape);
  const state = ((t + 1) * traceRows[kind] - 1) * hidden * batch + s;
  for (let o = 0; o < outputs; o++) {
    let sum = params[readoutBias + o]!;
    for (let k = 0; k < hidden; k++) sum += params[readout + o * hidden + k]! * trace[state + k * batch]!;
    answers[o] = sum;
  }
}

/** Loss and whether right; the answers become their slopes. */
function squared(answers: Float64Array, target: number): readonly [number, number] {
  const error = answers[0]! - target;
  answers[0] = 2 * error;
  return [error * error, Math.abs(error) < nearEnough ? 1 : 0];
}

function softmax(answers: Float64Array, target: number): readonly [number, number] {
  if (target < 0) {
    answers.fill(0);
    return [0, 0];
  }
  const best = answers.indexOf(Math.max(...answers));
  const most = answers[best]!;
  const chosen = answers[target]! - most;
  let sum = 0;
  answers.forEach((value, o) => (sum += answers[o] = Math.exp(value - most)));
  answers.forEach((value, o) => (answers[o] = value / sum - (o === target ? 1 : 0)));
  return [Math.log(sum) - chosen, best === target ? 1 : 0];
}
