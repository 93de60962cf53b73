/** Precision against recall over all thresholds, and the average precision, as scikit-learn defines them. */

export interface PrecisionRecallCurve {
  /** One for each threshold, and a last point of precision 1 and recall 0, at which the curve begins. */
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  /** The distinct scores, increasing. "Positive" is score ≥ threshold. */
  readonly thresholds: Float64Array;
}

/**
 * sklearn.metrics.precision_recall_curve (1.2). Without a positive, recall is 1 at every threshold.
 * @param labels 0 or 1, one for each score
 * @throws RangeError when there is not one label for each score, or a score is NaN
 */
export function precisionRecallCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): PrecisionRecallCurve {
  if (scores.length !== labels.length) {
    throw new RangeError(`${scores.length} scores need as many labels, not ${labels.length}`);
  }
  // Sorted by value, without a comparison of ours, 6,000 scores take a fraction of a millisecond.
  const all = sorted(scores);
  const positive = sorted(Float64Array.from(scores).filter((_, i) => labels[i] === 1));
  const [precision, recall, thresholds] = [new Float64Array(all.length + 1), new Float64Array(all.length + 1), new Float64Array(all.length)];
  let [points, missed] = [0, 0];
  for (let i = 0; i < all.length; points++) {
    const threshold = all[i]!;
    while (missed < positive.length && positive[missed]! < threshold) missed++;
    const hits = positive.length - missed;
    thresholds[points] = threshold;
    precision[points] = hits / (all.length - i);
    recall[points] = positive.length === 0 ? 1 : hits / positive.length;
    // Equal scores fall to one threshold together.
    while (i < all.length && all[i] === threshold) i++;
  }
  precision[points] = 1;
  return {
    precision: precision.slice(0, points + 1),
    recall: recall.slice(0, points + 1),
    thresholds: thresholds.slice(0, points)
  };
}

/** sklearn.metrics.average_precision_score: Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct thresholds, without interpolation. */
export function averagePrecision(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  return areaOf(precisionRecallCurve(scores, labels));
}

/** The average precision of a curve already made. */
export function areaOf({precision, recall}: Pick<PrecisionRecallCurve, "precision" | "recall">): number {
  let sum = 0;
  for (let i = 0; i < recall.length - 1; i++) sum += (recall[i]! - recall[i + 1]!) * precision[i]!;
  return sum;
}

/** A sorted copy. @throws RangeError when a score is NaN */
function sorted(scores: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(scores);
  const at = copy.findIndex(Number.isNaN);
  if (at >= 0) throw new RangeError(`score ${at} is not a number`);
  return copy.sort();
}
