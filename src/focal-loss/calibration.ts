/** Whether probabilities mean what they say: reliability bins and the expected calibration error. */

export interface ReliabilityBin {
  /** The bin holds probabilities above `from` up to `to`; the first holds 0, too. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean probability that was predicted, and share of the label 1 that came; NaN in an empty bin. */
  readonly confidence: number;
  readonly frequency: number;
}

/**
 * Bins of equal width, as in Guo and others (ICML 2017) but for the probability of class 1.
 * @param labels 0 or 1, one for each probability
 */
export function reliabilityBins(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  count = 10
): readonly ReliabilityBin[] {
  const sums = Array.from({length: count}, () => ({count: 0, confidence: 0, hits: 0}));
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i]!;
    const bin = sums[Math.max(0, Math.ceil(p * count) - 1)]!;
    bin.count++;
    bin.confidence += p;
    bin.hits += labels[i]!;
  }
  return sums.map((bin, i) => ({
    from: i / count,
    to: (i + 1) / count,
    count: bin.count,
    confidence: bin.confidence / bin.count,
    frequency: bin.hits / bin.count
  }));
}

/** Mean distance between what was predicted and what came, each bin by its count. */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  return bins.reduce(
    (sum, {count, confidence, frequency}) => sum + (count > 0 ? (count / total) * Math.abs(confidence - frequency) : 0),
    0
  );
}
