/**
 * Sums as NumPy adds them: eight running sums over blocks of up to 128 numbers, longer lists by halves. Where two splits
 * are equally good, the last bit of such a sum decides which one scikit-learn takes.
 */

const block = 128;

/** The sum of `values[start…end)`, rounded by `round` after each addition: to float32, say. */
export function pairwiseSum(values: ArrayLike<number>, round = (sum: number) => sum, start = 0, end = values.length): number {
  const n = end - start;
  if (n > block) {
    const half = (n >> 1) - ((n >> 1) % 8);
    return round(pairwiseSum(values, round, start, start + half) + pairwiseSum(values, round, start + half, end));
  }
  const sums = Array.from({length: 8}, (_, k) => (n < 8 ? 0 : values[start + k]!)) as [number, number, number, number, number, number, number, number];
  let i = n < 8 ? start : start + 8;
  for (; i < end - (n % 8); i += 8) for (let k = 0; k < 8; k++) sums[k] = round(sums[k]! + values[i + k]!);
  const [a, b, c, d, e, f, g, h] = sums;
  let sum = round(round(round(a + b) + round(c + d)) + round(round(e + f) + round(g + h)));
  for (; i < end; i++) sum = round(sum + values[i]!);
  return sum;
}
