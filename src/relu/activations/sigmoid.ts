/** The two that came before ReLU, and saturate on both sides. */
import {plain} from "./activation.js";
import type {Activation} from "./activation.js";

/** 1 / (1 + e^{−x}) without overflow, to full relative precision on both sides. */
export function logistic(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + e) : e / (1 + e);
}

/** The logistic function. */
export const sigmoid: Activation = plain(
  "Sigmoid",
  {
    value: "f([[x]]) = \\sigma([[x]]) = \\frac{1}{1 + e^{-[[x]]}}",
    slope: "f'([[x]]) = \\sigma([[x]])\\,(1 - \\sigma([[x]]))"
  },
  logistic,
  (x) => logistic(x) * logistic(-x)
);

/** The hyperbolic tangent. */
export const tanh: Activation = plain(
  "tanh",
  {value: "f([[x]]) = \\tanh([[x]])", slope: "f'([[x]]) = 1 - \\tanh^2([[x]])"},
  Math.tanh,
  // 1 − tanh² = 4σ(2x)σ(−2x) keeps its digits where tanh is nearly 1.
  (x) => 4 * logistic(2 * x) * logistic(-2 * x)
);
