/** Straight lines with a kink at 0: ReLU and those that let some of the negative side through. */
import {plain, withOne, withTwo} from "./activation.js";
import type {Activation, ActivationParameter} from "./activation.js";

const slopeParameter = (label: string, fallback: number): ActivationParameter => ({
  label, default: fallback, min: 0, max: 1, step: 0.01
});

const kinked = (name: string, symbol: string) => ({
  value: `f([[x]]) = \\begin{cases} [[x]] & x > 0 \\\\ [[${name}|${symbol}]]\\,[[x]] & x \\le 0 \\end{cases}`,
  slope: `f'([[x]]) = \\begin{cases} 1 & x > 0 \\\\ [[${name}|${symbol}]] & x \\le 0 \\end{cases}`
});

const leaky = (x: number, slope: number) => (x > 0 ? x : slope * x);
const leakySlope = (x: number, slope: number) => (x > 0 ? 1 : slope);

/** max(0, x). */
export const relu: Activation = plain(
  "ReLU",
  {
    value: "f([[x]]) = \\max(0, [[x]])",
    slope: "f'([[x]]) = \\begin{cases} 1 & x > 0 \\\\ 0 & x \\le 0 \\end{cases}"
  },
  // Not Math.max: that would make −0 of −0, and NaN is passed on as PyTorch passes it.
  (x) => (x <= 0 ? 0 : x),
  (x) => (x > 0 ? 1 : 0)
);

/** Maas, Hannun and Ng, ICML 2013: a small fixed slope below 0. */
export const leakyRelu: Activation = withOne(
  "Leaky ReLU", ["negativeSlope", slopeParameter("slope below 0", 0.01)], kinked("negativeSlope", "a"), leaky, leakySlope
);

/** He and others, ICCV 2015: the slope is a weight that is learnt; here the reader sets it. */
export const prelu: Activation = withOne(
  "PReLU", ["weight", slopeParameter("learnt slope", 0.25)], kinked("weight", "a"), leaky, leakySlope
);

/**
 * Randomised leaky ReLU (Xu and others, 2015). In training each unit's slope is drawn from [lower, upper]; this is the
 * evaluation mode, where it is their mean.
 */
export const rrelu: Activation = withTwo(
  "RReLU",
  {lower: slopeParameter("lowest slope", 1 / 8), upper: slopeParameter("highest slope", 1 / 3)},
  {
    value:
      "f([[x]]) = \\begin{cases} [[x]] & x > 0 \\\\ \\tfrac12([[lower|\\ell]] + [[upper|u]])\\,[[x]] & x \\le 0 \\end{cases}",
    slope: "f'([[x]]) = \\begin{cases} 1 & x > 0 \\\\ \\tfrac12([[lower|\\ell]] + [[upper|u]]) & x \\le 0 \\end{cases}"
  },
  (x, lower, upper) => leaky(x, (lower + upper) / 2),
  (x, lower, upper) => leakySlope(x, (lower + upper) / 2)
);

/** min(max(0, x), 6), for arithmetic of few bits (Krizhevsky 2010; MobileNet). */
export const relu6: Activation = plain(
  "ReLU6",
  {
    value: "f([[x]]) = \\min(\\max(0, [[x]]), 6)",
    slope: "f'([[x]]) = \\begin{cases} 1 & 0 < x < 6 \\\\ 0 & \\text{otherwise} \\end{cases}"
  },
  (x) => (x <= 0 ? 0 : x >= 6 ? 6 : x),
  (x) => (x > 0 && x < 6 ? 1 : 0)
);

/**
 * SiLU with its sigmoid made of straight lines (Howard and others, MobileNetV3, ICCV 2019). The derivative at 3 is
 * PyTorch's scalar path's, 1.5; its vectorised path says 1.
 */
export const hardswish: Activation = plain(
  "Hardswish",
  {
    value: "f([[x]]) = [[x]] \\cdot \\tfrac16 \\min(\\max(0, [[x]] + 3), 6)",
    slope: "f'([[x]]) = \\begin{cases} 0 & x < -3 \\\\ \\tfrac13 [[x]] + \\tfrac12 & -3 \\le x \\le 3 \\\\ 1 & x > 3 \\end{cases}"
  },
  (x) => (x * Math.min(Math.max(0, x + 3), 6)) / 6,
  (x) => (x < -3 ? 0 : x <= 3 ? x / 3 + 0.5 : 1)
);
