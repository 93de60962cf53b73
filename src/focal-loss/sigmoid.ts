/** The logistic function and its logarithm, float64, without overflow or cancellation at either end. */

/** σ(x) = 1 ⁄ (1 + e⁻ˣ). 1 − σ(x) is σ(−x): ask for that, since the subtraction loses all digits near 1. */
export function sigmoid(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return (x >= 0 ? 1 : e) / (1 + e);
}

/** log(1 + eˣ), which is −log σ(−x). */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
