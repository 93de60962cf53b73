/**
 * Focal loss of one logit against one target, float64, as torchvision.ops.sigmoid_focal_loss defines it:
 * α_t (1 − p_t)^γ · CE (Lin and others, ICCV 2017). Its WebGPU form is focal.kernel.ts.
 */
import {sigmoid, softplus} from "./sigmoid.js";

export {averagePrecision} from "./average-precision.js";

export interface FocalOptions {
  /** Weight of target 1; target 0 weighs 1 − alpha. −1: no weighting. Default 0.25. */
  readonly alpha?: number;
  /** How strongly easy examples are turned down, at least 0. Default 2. */
  readonly gamma?: number;
}

export interface LossAndGradient {
  readonly loss: number;
  /** ∂loss/∂logit. */
  readonly gradient: number;
}

/** Every number of the computation. */
export interface FocalTerms extends LossAndGradient {
  /** Probability that the label is 1: σ(logit). */
  readonly p: number;
  /** Probability of the target, and 1 less it (kept apart, since it is what underflows last). */
  readonly pt: number;
  readonly miss: number;
  readonly crossEntropy: number;
  readonly crossEntropyGradient: number;
  readonly alphaT: number;
  /** (1 − p_t)^γ. */
  readonly modulation: number;
  /** 1 + γ p_t CE ⁄ (1 − p_t): by how much the slope of the modulation steepens that of the cross-entropy. */
  readonly steepening: number;
}

/**
 * @param logit any finite number; beyond |logit| 700 the probability underflows, loss and gradient stay finite
 * @param target 0 or 1, or between them for a soft label
 */
export function focalTerms(logit: number, target: number, {alpha = 0.25, gamma = 2}: FocalOptions = {}): FocalTerms {
  const p = sigmoid(logit);
  const notP = sigmoid(-logit);
  const pt = p * target + notP * (1 - target);
  const miss = p * (1 - target) + notP * target;
  const crossEntropy = target * softplus(-logit) + (1 - target) * softplus(logit);
  const crossEntropyGradient = p * (1 - target) - notP * target;
  const alphaT = alpha < 0 ? 1 : alpha * target + (1 - alpha) * (1 - target);
  const modulation = miss ** gamma;
  // d(miss)/d(logit) ⁄ miss. For a hard target the quotient is p or 1 − p: dividing would be 0/0 far out.
  const missSlope = target === 1 ? -p : target === 0 ? notP : ((1 - 2 * target) * p * notP) / miss;
  const gradient = alphaT * modulation * (crossEntropyGradient + gamma * missSlope * crossEntropy);
  const steepening = crossEntropyGradient === 0 ? 1 + gamma : 1 + (gamma * missSlope * crossEntropy) / crossEntropyGradient;
  const loss = alphaT * modulation * crossEntropy;
  return {p, pt, miss, crossEntropy, crossEntropyGradient, alphaT, modulation, steepening, loss, gradient};
}

/** Loss and slope. Finite, without NaN, for |logit| up to 1e4 and any gamma ≥ 0. */
export function sigmoidFocalLoss(logit: number, target: number, options: FocalOptions = {}): LossAndGradient {
  const {loss, gradient} = focalTerms(logit, target, options);
  return {loss, gradient};
}

/**
 * The same for many logits at once: torchvision with `reduction="none"`.
 * @throws RangeError when there is not one target for each logit
 */
export function sigmoidFocalLosses(
  logits: ArrayLike<number>,
  targets: ArrayLike<number>,
  options: FocalOptions = {}
): {readonly loss: Float64Array; readonly gradient: Float64Array} {
  if (logits.length !== targets.length) {
    throw new RangeError(`${logits.length} logits need as many targets, not ${targets.length}`);
  }
  const loss = new Float64Array(logits.length);
  const gradient = new Float64Array(logits.length);
  for (let i = 0; i < logits.length; i++) {
    ({loss: loss[i], gradient: gradient[i]} = focalTerms(logits[i]!, targets[i]!, options));
  }
  return {loss, gradient};
}

/** The terms, in the order in which they are taught. */
export type FocalTerm = "probability" | "target" | "cross-entropy" | "modulation" | "weight" | "loss" | "gradient";
const order: readonly FocalTerm[] = ["probability", "target", "cross-entropy", "modulation", "weight", "loss", "gradient"];

export interface FocalStep {
  readonly term: FocalTerm;
  /** Every number of the computation and of its input. */
  readonly values: Readonly<Record<string, number>>;
}

/** Yields the terms from logit to gradient and returns what sigmoidFocalLoss returns. */
export function* traceFocalLoss(
  logit: number,
  target: number,
  {alpha = 0.25, gamma = 2}: FocalOptions = {}
): Generator<FocalStep, LossAndGradient> {
  const terms = focalTerms(logit, target, {alpha, gamma});
  const values = {logit, target, alpha, gamma, ...terms};
  for (const term of order) yield {term, values};
  return {loss: terms.loss, gradient: terms.gradient};
}

/**
 * How many examples at p_t = `easy` together cost as much as one at p_t = `hard`, all of one class: the ratio of their
 * focal losses. At γ = 0 it is the ratio of cross-entropies.
 * @param easy, hard probabilities of the target, above 0 and below 1
 */
export function easyPerHard(easy: number, hard: number, gamma: number): number {
  const costOf = (pt: number) => sigmoidFocalLoss(Math.log(pt) - Math.log1p(-pt), 1, {alpha: -1, gamma}).loss;
  return costOf(hard) / costOf(easy);
}
