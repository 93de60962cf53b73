/** Focal loss as WGSL, and its TypeScript twin of the same signature, for kernels that train with it. */
import {focalTerms} from "./focal.js";

/**
 * `loss(logit, goal, p) -> (loss, ∂loss/∂logit)` with p = (alpha, gamma), alpha < 0 meaning no weighting, for targets 0
 * and 1. As in focal.ts the slope has no power of γ − 1, so nothing overflows. (`target` is a reserved word of WGSL.)
 */
export const focalWgsl = `
  fn loss(logit : f32, goal : f32, p : vec2<f32>) -> vec2<f32> {
    let turn = 2.0 * goal - 1.0;
    let z = turn * logit;
    let e = exp(-abs(z));
    let share = 1.0 / (1.0 + e);
    let pt = select(e * share, share, z >= 0.0);
    let miss = select(share, e * share, z >= 0.0);
    // log(1 + e) loses its digits for small e: there the series takes over.
    let tail = select(log(1.0 + e), e * (1.0 - e * (0.5 - e * (0.33333333 - 0.25 * e))), e < 0.02);
    let crossEntropy = max(-z, 0.0) + tail;
    let weight = select(p.x * goal + (1.0 - p.x) * (1.0 - goal), 1.0, p.x < 0.0);
    // WGSL's pow goes by the logarithm, which 0 has none.
    let scaled = weight * pow(max(miss, 1e-30), p.y);
    return vec2<f32>(scaled * crossEntropy, -turn * scaled * (miss + p.y * pt * crossEntropy));
  }`;

/** The same in TypeScript, float64: [loss, ∂loss/∂logit]. */
export function focalPair(
  logit: number,
  target: number,
  [alpha, gamma]: readonly [alpha: number, gamma: number]
): readonly [loss: number, gradient: number] {
  const {loss, gradient} = focalTerms(logit, target, {alpha, gamma});
  return [loss, gradient];
}
