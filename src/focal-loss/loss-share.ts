/** Who makes the loss: the cumulative share of a class's loss, its examples sorted from the easiest (Lin et al., Fig. 4). */
import {sigmoidFocalLoss} from "./focal.js";

export interface LossShare {
  /** Share of the loss made by the easiest i of n examples, i = 0 … n; a straight line where there is no loss. */
  readonly cumulative: Float64Array;
}

/**
 * @param logits of examples of one class
 * @param target that class: 0 or 1. α, being the same for all of a class, cancels
 */
export function lossShare(logits: ArrayLike<number>, target: 0 | 1, gamma: number): LossShare {
  const losses = Float64Array.from(logits as ArrayLike<number>, (logit) => sigmoidFocalLoss(logit, target, {alpha: -1, gamma}).loss).sort();
  const total = losses.reduce((sum, loss) => sum + loss, 0);
  const cumulative = new Float64Array(losses.length + 1);
  losses.forEach((loss, i) => (cumulative[i + 1] = total > 0 ? cumulative[i]! + loss / total : (i + 1) / losses.length));
  return {cumulative};
}

/** The share of the loss that the hardest examples make. @param share of the examples, 0–1 */
export function shareOfHardest({cumulative}: LossShare, share: number): number {
  const count = cumulative.length - 1;
  const at = (1 - share) * count;
  const below = Math.min(count, Math.floor(at));
  const next = Math.min(count, below + 1);
  return 1 - (cumulative[below]! + (at - below) * (cumulative[next]! - cumulative[below]!));
}
