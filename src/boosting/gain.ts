/** What a leaf is worth and what a split gains, by XGBoost's formulas, rounded where the library rounds. */
import type {XgboostParams} from "./xgboost-params.js";

/** The parameters that the formulas read, in float32. */
export type Penalties = Pick<XgboostParams, "regLambda" | "regAlpha" | "minChildWeight" | "maxDeltaStep">;

const f = Math.fround;

/** A split must gain more than this. */
export const leastGain = f(1e-6);

/** T_α(G): the gradient sum drawn towards 0 by α. */
export function softThreshold(gradient: number, alpha: number): number {
  return gradient > alpha ? gradient - alpha : gradient < -alpha ? gradient + alpha : 0;
}

/** w* = −T_α(G) / (H + λ), cut to ±max_delta_step: the weight that makes the leaf's loss least. */
export function leafWeight(p: Penalties, gradient: number, hessian: number): number {
  if (hessian < p.minChildWeight || hessian <= 0) return 0;
  const weight = -softThreshold(gradient, p.regAlpha) / (hessian + p.regLambda);
  if (p.maxDeltaStep !== 0 && Math.abs(weight) > p.maxDeltaStep) return Math.sign(weight) * p.maxDeltaStep;
  return f(weight);
}

/** T_α(G)² / (H + λ), twice what the best weight takes off the loss; with max_delta_step that of the cut weight. */
export function leafScore(p: Penalties, gradient: number, hessian: number): number {
  if (hessian <= 0) return 0;
  if (p.maxDeltaStep === 0) {
    const drawn = softThreshold(gradient, p.regAlpha);
    return f(f(drawn * drawn) / f(hessian + p.regLambda));
  }
  const weight = leafWeight(p, gradient, hessian);
  return f(-f(f(f(2 * f(gradient)) * weight) + f(f(f(hessian) + p.regLambda) * f(weight * weight))));
}

/** What a split gains: the children's scores less the parent's (given, since it is the same for all splits). */
export function splitGain(p: Penalties, gl: number, hl: number, gr: number, hr: number, parentScore: number): number {
  return f(f(leafScore(p, gl, hl) + leafScore(p, gr, hr)) - parentScore);
}

/** A place where a node may be split, and what that would do. */
export interface Candidate {
  readonly feature: number;
  readonly threshold: number;
  /** The side that rows without a value go to. */
  readonly defaultLeft: boolean;
  readonly gl: number;
  readonly hl: number;
  readonly gr: number;
  readonly hr: number;
  /** −∞ where min_child_weight forbids it. */
  readonly gain: number;
}

/** No split: what a search begins with. */
export const noSplit: Candidate = {feature: 0, threshold: 0, defaultLeft: false, gl: 0, hl: 0, gr: 0, hr: 0, gain: 0};
