/** loss.ts in WGSL. */
import {nearEnough} from "./loss.js";
import type {LossKind} from "./loss.js";
import {placesOf, traceRows} from "./shape.js";
import type {Shape} from "./shape.js";

/** An invocation for each target. Uniforms: steps, lossSteps, batch, weight. */
export function lossWgsl(shape: Shape, loss: LossKind): string {
  const {kind, hidden, outputs} = shape;
  const {readout, readoutBias} = placesOf(shape);
  return `
  fn invoke(index : i32) {
    let s = index % uniforms.batch;
    let l = index / uniforms.batch;
    let t = uniforms.steps - uniforms.lossSteps + 1 + l;
    let state = ((t + 1) * ${traceRows[kind]} - 1) * ${hidden} * uniforms.batch + s;
    let at = l * ${outputs} * uniforms.batch + s;
    let target_ = targets[index];
    var most = -3.0e38;
    var best = 0;
    for (var o = 0; o < ${outputs}; o++) {
      var sum = params[${readoutBias} + o];
      for (var k = 0; k < ${hidden}; k++) { sum += params[${readout} + o * ${hidden} + k] * trace[state + k * uniforms.batch]; }
      if (sum > most) { most = sum; best = o; }
      result[at + o * uniforms.batch] = sum;
    }
    var value = 0.0;
    var right = 0.0;
    ${loss === "squared" ? squaredWgsl : softmaxWgsl(outputs)}
    let ends = uniforms.lossSteps * uniforms.batch;
    result[${outputs} * ends + index] = uniforms.weight * value;
    result[${outputs + 1} * ends + index] = uniforms.weight * right;
  }`;
}

const squaredWgsl = `
    let error = result[at] - target_;
    result[at] = uniforms.weight * 2.0 * error;
    value = error * error;
    right = select(0.0, 1.0, abs(error) < ${nearEnough});`;

const softmaxWgsl = (outputs: number) => `
    if (target_ < 0.0) {
      for (var o = 0; o < ${outputs}; o++) { result[at + o * uniforms.batch] = 0.0; }
    } else {
      let chosen = result[at + i32(target_) * uniforms.batch];
      var sum = 0.0;
      for (var o = 0; o < ${outputs}; o++) { sum += exp(result[at + o * uniforms.batch] - most); }
      for (var o = 0; o < ${outputs}; o++) {
        let share = exp(result[at + o * uniforms.batch] - most) / sum;
        result[at + o * uniforms.batch] = uniforms.weight * (share - select(0.0, 1.0, o == i32(target_)));
      }
      value = log(sum) + most - chosen;
      right = select(0.0, 1.0, best == i32(target_));
    }`;
