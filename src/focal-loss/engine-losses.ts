/** Focal and asymmetric loss as the networks' engine takes them: two parameters, float64 and WGSL. */
import type {Loss} from "../networks/loss.js";
import {focalTerms} from "./focal.js";
import {focalWgsl} from "./focal.wgsl.js";
import {asymmetricLoss} from "./label-losses.js";

/** Parameters α (−1: none) and γ. With γ = 0 it is cross-entropy, weighted by α. */
export const focalLoss: Loss = {
  name: "focal",
  value: (logit, target, alpha, gamma) => focalTerms(logit, target, {alpha, gamma}),
  wgsl: focalWgsl,
  threshold: 0
};

/** Parameters γ₋ and margin; γ₊ = 0, the paper's recommendation. */
export const asymmetric: Loss = {
  name: "asymmetric",
  value: (logit, target, gammaNegative, margin) => asymmetricLoss(logit, target, {gammaPositive: 0, gammaNegative, margin}),
  wgsl: `
  fn loss(logit : f32, goal : f32, q : vec2<f32>) -> vec2<f32> {
    let e = exp(-abs(logit));
    let share = 1.0 / (1.0 + e);
    let p = select(e * share, share, logit >= 0.0);
    let not_p = select(share, e * share, logit >= 0.0);
    let tail = select(log(1.0 + e), e * (1.0 - e * (0.5 - e * (0.33333333 - 0.25 * e))), e < 0.02);
    if (goal > 0.5) { return vec2<f32>(max(-logit, 0.0) + tail, -not_p); }
    let shifted = max(p - q.y, 1e-30);
    let plain = q.y == 0.0;
    let cost = select(-log(not_p + max(q.y, 1e-30)), max(logit, 0.0) + tail, plain);
    let modulation = select(pow(shifted, q.x), 0.0, p <= q.y && !plain);
    let cost_slope = select(p * not_p / (not_p + max(q.y, 1e-30)), p, plain);
    return vec2<f32>(modulation * cost, modulation * (cost_slope + q.x * p * not_p * cost / shifted));
  }`,
  threshold: 0
};
