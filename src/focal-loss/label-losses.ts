/** Losses for several labels of one example: softmax cross-entropy, and those that take each label by itself. */
import {focalTerms} from "./focal.js";
import type {FocalOptions, LossAndGradient} from "./focal.js";
import {sigmoid, softplus} from "./sigmoid.js";

/** Cross-entropy of σ(logit) with each positive weighted: torch's binary_cross_entropy_with_logits and its pos_weight. */
export function weightedBce(logit: number, target: number, positiveWeight = 1): LossAndGradient {
  const up = positiveWeight * target;
  return {
    loss: up * softplus(-logit) + (1 - target) * softplus(logit),
    gradient: (1 - target) * sigmoid(logit) - up * sigmoid(-logit)
  };
}

export interface AsymmetricOptions {
  /** Focusing of positives and of negatives. Defaults 0 and 4. */
  readonly gammaPositive?: number;
  readonly gammaNegative?: number;
  /** What is taken off a negative's probability before it counts. Default 0.05. */
  readonly margin?: number;
}

/**
 * Asymmetric loss (Ridnik and others, ICCV 2021), target 0 or 1, with its whole gradient (their code lets one leave out
 * the focusing factor's): positives (1 − p)^γ₊ · −log p, negatives p_m^γ₋ · −log(1 − p_m), p_m = max(p − m, 0).
 */
export function asymmetricLoss(
  logit: number,
  target: number,
  {gammaPositive = 0, gammaNegative = 4, margin = 0.05}: AsymmetricOptions = {}
): LossAndGradient {
  if (target === 1) return focalTerms(logit, 1, {alpha: -1, gamma: gammaPositive});
  const p = sigmoid(logit);
  const notP = sigmoid(-logit);
  const shifted = Math.max(p - margin, 0);
  // An easy negative's cost is exactly 0, whatever γ₋.
  if (margin > 0 && shifted === 0) return {loss: 0, gradient: 0};
  const cost = margin === 0 ? softplus(logit) : -Math.log(notP + margin);
  const modulation = shifted ** gammaNegative;
  // d(p_m)/d(logit) is p(1 − p); over 1 − p_m and over p_m it stays finite as either vanishes.
  const costSlope = margin === 0 ? p : (p * notP) / (notP + margin);
  const focusing = margin === 0 ? notP * cost : (p * notP * cost) / shifted;
  return {loss: modulation * cost, gradient: modulation * (costSlope + gammaNegative * focusing)};
}

export interface VectorLoss {
  /** Each output's part; their sum is the loss. */
  readonly losses: readonly number[];
  readonly gradient: readonly number[];
  readonly probabilities: readonly number[];
}

/**
 * Softmax cross-entropy against the labels as a distribution: k labels set have 1 ⁄ k each, as in Mahajan and others
 * (ECCV 2018). Without a label there is nothing to normalise: the loss is 0.
 */
export function softmaxCrossEntropy(logits: readonly number[], labels: readonly number[]): VectorLoss {
  const highest = Math.max(...logits);
  const logSum = highest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - highest), 0));
  const set = labels.reduce((sum, label) => sum + label, 0);
  const probabilities = logits.map((logit) => Math.exp(logit - logSum));
  const goals = labels.map((label) => (set > 0 ? label / set : 0));
  return {
    losses: goals.map((goal, i) => (goal > 0 ? goal * (logSum - logits[i]!) : 0)),
    gradient: goals.map((goal, i) => (set > 0 ? probabilities[i]! - goal : 0)),
    probabilities
  };
}

export const labelLossKinds = ["softmax", "bce", "weighted", "focal", "asymmetric"] as const;
export type LabelLossKind = (typeof labelLossKinds)[number];

export interface LabelLossOptions extends FocalOptions, AsymmetricOptions {
  readonly positiveWeight?: number;
}

/** One of the five losses of an example's labels, the labels' parts summed. */
export function labelLoss(
  kind: LabelLossKind,
  logits: readonly number[],
  labels: readonly number[],
  options: LabelLossOptions = {}
): VectorLoss {
  if (kind === "softmax") return softmaxCrossEntropy(logits, labels);
  const parts = logits.map((logit, i) => singleLabelLoss(kind, logit, labels[i]!, options));
  return {
    losses: parts.map(({loss}) => loss),
    gradient: parts.map(({gradient}) => gradient),
    probabilities: logits.map(sigmoid)
  };
}

function singleLabelLoss(
  kind: Exclude<LabelLossKind, "softmax">,
  logit: number,
  label: number,
  options: LabelLossOptions
): LossAndGradient {
  switch (kind) {
    case "bce":
      return weightedBce(logit, label);
    case "weighted":
      return weightedBce(logit, label, options.positiveWeight);
    case "focal":
      return focalTerms(logit, label, options);
    case "asymmetric":
      return asymmetricLoss(logit, label, options);
  }
}
