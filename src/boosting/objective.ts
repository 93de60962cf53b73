/** The losses of XGBoost: first and second derivative by the score, in float32 as the library computes them. */
import type {Objective} from "./xgboost-params.js";

const f = Math.fround;
const leastHessian = f(1e-16);

/** σ(score), with the library's rounding. */
export function sigmoid(score: number): number {
  const raised = f(Math.exp(Math.min(-score, f(88.7))));
  return f(1 / f(f(raised + 1) + leastHessian));
}

/** Where scores start for a base score: itself, or the log-odds of a probability. */
export function baseMargin(objective: Objective, baseScore: number): number {
  const score = f(baseScore);
  return objective === "binary:logistic" ? f(-f(Math.log(f(f(1 / score) - 1)))) : score;
}

/** Throws an Error that names the first row whose label the objective cannot take. */
export function checkLabels(objective: Objective, numClass: number, labels: Float32Array): void {
  const good =
    objective === "binary:logistic"
      ? (label: number) => label >= 0 && label <= 1
      : objective === "multi:softprob"
        ? (label: number) => Number.isInteger(label) && label >= 0 && label < numClass
        : () => true;
  const bad = labels.findIndex((label) => !good(label));
  if (bad >= 0) throw new Error(`the label of row ${bad} is ${labels[bad]}, which ${objective} cannot take`);
}

/**
 * Fills in the gradient and the hessian of each row's loss by its score of group `group`. `margins` hold `groups`
 * scores a row: one, or one a class.
 */
export function derivatives(
  objective: Objective,
  labels: Float32Array,
  margins: Float32Array,
  group: number,
  groups: number,
  gradient: Float32Array,
  hessian: Float32Array
): void {
  const rows = labels.length;
  if (objective === "reg:squarederror") {
    for (let row = 0; row < rows; row++) gradient[row] = margins[row]! - labels[row]!;
    hessian.fill(1);
  } else if (objective === "binary:logistic") {
    for (let row = 0; row < rows; row++) {
      const p = sigmoid(margins[row]!);
      gradient[row] = p - labels[row]!;
      hessian[row] = Math.max(f(p * f(1 - p)), leastHessian);
    }
  } else {
    for (let row = 0; row < rows; row++) {
      const p = classProbability(margins, row * groups, groups, group);
      hessian[row] = Math.max(f(f(2 * p) * f(1 - p)), leastHessian);
      gradient[row] = labels[row] === group ? p - 1 : p;
    }
  }
}

function classProbability(margins: Float32Array, start: number, groups: number, group: number): number {
  let top = 1.1754943508222875e-38; // the library starts from float32's least positive number
  for (let k = 0; k < groups; k++) top = Math.max(top, margins[start + k]!);
  let sum = 0;
  for (let k = 0; k < groups; k++) sum += f(Math.exp(f(margins[start + k]! - top)));
  return f(f(Math.exp(f(margins[start + group]! - top))) / f(sum));
}

/** Scores become predictions in place: a value, a probability, or a probability a class. */
export function transform(objective: Objective, margins: Float32Array, groups: number): Float32Array {
  if (objective === "binary:logistic") margins.forEach((score, i) => (margins[i] = sigmoid(score)));
  if (objective === "multi:softprob") {
    for (let start = 0; start < margins.length; start += groups) {
      const scores = margins.subarray(start, start + groups);
      const top = scores.reduce((a, b) => Math.max(a, b));
      let sum = 0;
      for (let k = 0; k < groups; k++) sum += scores[k] = f(Math.exp(f(scores[k]! - top)));
      for (let k = 0; k < groups; k++) scores[k]! /= f(sum);
    }
  }
  return margins;
}

/** Mean loss of the scores: squared error (no half), or cross-entropy. */
export function meanLoss(objective: Objective, labels: Float32Array, margins: Float32Array, groups: number): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    if (objective === "reg:squarederror") sum += (margins[row]! - label) ** 2;
    else if (objective === "binary:logistic") {
      const score = margins[row]!;
      sum += Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) - label * score;
    } else sum -= Math.log(Math.max(classProbability(margins, row * groups, groups, label), 1e-16));
  }
  return sum / labels.length;
}
