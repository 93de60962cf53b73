/** Units that bend into an exponential below 0, so that their mean output comes near 0; and softplus, the smooth ReLU. */
import {plain, withOne, withTwo} from "./activation.js";
import type {Activation, ActivationParameter} from "./activation.js";
import {logistic} from "./sigmoid.js";

const alphaParameter: ActivationParameter = {label: "α", default: 1, min: 0.1, max: 3, step: 0.05};

/** Clevert, Unterthiner and Hochreiter, ICLR 2016. */
export const elu: Activation = withOne(
  "ELU",
  ["alpha", alphaParameter],
  {
    value: "f([[x]]) = \\begin{cases} [[x]] & x > 0 \\\\ [[alpha|\\alpha]]\\,(e^{[[x]]} - 1) & x \\le 0 \\end{cases}",
    slope: "f'([[x]]) = \\begin{cases} 1 & x > 0 \\\\ [[alpha|\\alpha]]\\,e^{[[x]]} & x \\le 0 \\end{cases}"
  },
  (x, alpha) => (x > 0 ? x : alpha * Math.expm1(x)),
  (x, alpha) => (x > 0 ? 1 : alpha * Math.exp(x))
);

/** Klambauer and others, NIPS 2017: with these two constants mean 0 and variance 1 are a fixed point. */
export const seluAlpha = 1.6732632423543772;
export const seluScale = 1.0507009873554805;

/** λ ELU_α with the two constants. */
export const selu: Activation = plain(
  "SELU",
  {
    value: "f([[x]]) = 1.0507 \\begin{cases} [[x]] & x > 0 \\\\ 1.6733\\,(e^{[[x]]} - 1) & x \\le 0 \\end{cases}",
    slope: "f'([[x]]) = 1.0507 \\begin{cases} 1 & x > 0 \\\\ 1.6733\\,e^{[[x]]} & x \\le 0 \\end{cases}"
  },
  (x) => seluScale * (x > 0 ? x : seluAlpha * Math.expm1(x)),
  (x) => seluScale * (x > 0 ? 1 : seluAlpha * Math.exp(x))
);

/** Barron 2017: ELU made differentiable at 0 for every α. */
export const celu: Activation = withOne(
  "CELU",
  ["alpha", alphaParameter],
  {
    value:
      "f([[x]]) = \\begin{cases} [[x]] & x > 0 \\\\ [[alpha|\\alpha]]\\,(e^{[[x]]/[[alpha|\\alpha]]} - 1) & x \\le 0 \\end{cases}",
    slope: "f'([[x]]) = \\begin{cases} 1 & x > 0 \\\\ e^{[[x]]/[[alpha|\\alpha]]} & x \\le 0 \\end{cases}"
  },
  (x, alpha) => (x > 0 ? x : alpha * Math.expm1(x / alpha)),
  (x, alpha) => (x > 0 ? 1 : Math.exp(x / alpha))
);

/** log(1 + e^z) without overflow. */
export function softplusOf(z: number): number {
  return Math.max(0, z) + Math.log1p(Math.exp(-Math.abs(z)));
}

/** log(1 + e^{βx}) / β, and x itself where βx is over the threshold. */
export const softplus: Activation = withTwo(
  "Softplus",
  {
    beta: {label: "β", default: 1, min: 0.2, max: 10, step: 0.1},
    threshold: {label: "linear above βx =", default: 20, min: 1, max: 40, step: 1}
  },
  {
    value:
      "f([[x]]) = \\begin{cases} \\tfrac{1}{[[beta|\\beta]]} \\ln(1 + e^{[[beta|\\beta]]\\,[[x]]}) & \\beta x \\le [[threshold]] \\\\ [[x]] & \\text{above} \\end{cases}",
    slope:
      "f'([[x]]) = \\begin{cases} \\sigma([[beta|\\beta]]\\,[[x]]) & \\beta x \\le [[threshold]] \\\\ 1 & \\text{above} \\end{cases}"
  },
  (x, beta, threshold) => (beta * x > threshold ? x : softplusOf(beta * x) / beta),
  (x, beta, threshold) => (beta * x > threshold ? 1 : logistic(beta * x))
);
