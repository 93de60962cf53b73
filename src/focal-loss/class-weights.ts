/** Weights for classes of unequal size. */

/** n ⁄ (k · n_c), scikit-learn's "balanced": every class weighs the same in sum, an example 1 in the mean. */
export function inverseFrequencyWeights(counts: readonly number[]): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => total / (counts.length * count));
}

/**
 * Class-balanced weights (Cui and others, CVPR 2019): 1 over the effective number of examples,
 * E_c = (1 − βⁿ) ⁄ (1 − β), scaled to sum to the number of classes, as in their code. β = 0: all 1; β → 1: by 1 ⁄ n_c.
 * @param beta from 0 to below 1
 */
export function classBalancedWeights(counts: readonly number[], beta: number): readonly number[] {
  const raw = counts.map((count) => 1 / effectiveNumber(count, beta));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight) => (weight * counts.length) / sum);
}

/** (1 − βⁿ) ⁄ (1 − β): how many of n examples are new, if each new one repeats an old one with some chance. */
export function effectiveNumber(count: number, beta: number): number {
  // By expm1, since βⁿ is near 1 where β is.
  return beta === 0 ? 1 : -Math.expm1(count * Math.log(beta)) / (1 - beta);
}
