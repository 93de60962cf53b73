/** x times a smooth gate between 0 and 1: GELU, SiLU, Mish. None is monotone: each dips below 0 and comes back. */
import {plain} from "./activation.js";
import type {Activation} from "./activation.js";
import {erfc} from "./erf.js";
import {logistic} from "./sigmoid.js";

/** Φ(x), the normal distribution's cumulative probability. */
const cumulative = (x: number) => erfc(-x * Math.SQRT1_2) / 2;
const density = (x: number) => Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);

/** Hendrycks and Gimpel 2016: x times the probability that a normal number is below x. */
export const gelu: Activation = plain(
  "GELU",
  {
    value: "f([[x]]) = [[x]]\\,\\Phi([[x]]) = \\tfrac12 [[x]] \\left(1 + \\operatorname{erf}\\tfrac{[[x]]}{\\sqrt2}\\right)",
    slope: "f'([[x]]) = \\Phi([[x]]) + [[x]]\\,\\varphi([[x]])"
  },
  (x) => x * cumulative(x),
  (x) => cumulative(x) + x * density(x)
);

const rootTwoOverPi = Math.sqrt(2 / Math.PI);
const cubic = 0.044715;
/** GELU's gate as tanh approximates it, ½(1 + tanh u) = σ(2u). */
const gate = (x: number) => logistic(2 * rootTwoOverPi * (x + cubic * x ** 3));

/** GELU's approximation by tanh, which GPT-2 and others use. */
export const geluTanh: Activation = plain(
  "GELU (tanh)",
  {
    value: "f([[x]]) = \\tfrac12 [[x]] \\left(1 + \\tanh u\\right),\\quad u = \\sqrt{\\tfrac2\\pi}\\,([[x]] + 0.044715\\,[[x]]^3)",
    slope:
      "f'([[x]]) = \\tfrac12 (1 + \\tanh u) + \\tfrac12 [[x]]\\,(1 - \\tanh^2 u)\\,\\sqrt{\\tfrac2\\pi}\\,(1 + 0.134145\\,[[x]]^2)"
  },
  (x) => x * gate(x),
  (x) => gate(x) + x * gate(x) * (1 - gate(x)) * 2 * rootTwoOverPi * (1 + 3 * cubic * x * x)
);

/** SiLU (Elfwing and others 2017), found again by search as Swish (Ramachandran and others 2017). */
export const silu: Activation = plain(
  "SiLU (Swish)",
  {
    value: "f([[x]]) = [[x]]\\,\\sigma([[x]])",
    slope: "f'([[x]]) = \\sigma([[x]])\\,\\bigl(1 + [[x]]\\,(1 - \\sigma([[x]]))\\bigr)"
  },
  (x) => x * logistic(x),
  (x) => logistic(x) * (1 + x * logistic(-x))
);

/**
 * Misra 2019: x tanh(softplus(x)). With n = e^x, tanh(ln(1 + n)) = 1 − 2/D, D = n² + 2n + 2; above 40 it is 1 in
 * float64.
 */
export const mish: Activation = plain(
  "Mish",
  {
    value: "f([[x]]) = [[x]] \\tanh s,\\quad s = \\ln(1 + e^{[[x]]})",
    slope: "f'([[x]]) = \\tanh s + [[x]]\\,(1 - \\tanh^2 s)\\,\\sigma([[x]])"
  },
  (x) => {
    const n = Math.exp(Math.min(x, 40));
    return (x * n * (n + 2)) / (n * n + 2 * n + 2);
  },
  (x) => {
    const n = Math.exp(Math.min(x, 40));
    const d = n * n + 2 * n + 2;
    return (n * (n + 2)) / d + (4 * x * n * (1 + n)) / (d * d);
  }
);
