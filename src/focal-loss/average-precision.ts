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
  const order = descending(scores);
  const points: (readonly [threshold: number, hits: number, taken: number])[] = [];
  let hits = 0;
  order.forEach((at, i) => {
    hits += labels[at]!;
    // Equal scores fall to one threshold together.
    const next = order[i + 1];
    if (next === undefined || scores[next] !== scores[at]) points.push([scores[at]!, hits, i + 1]);
  });
  points.reverse();
  return {
    precision: Float64Array.from([...points.map(([, found, taken]) => found / taken), 1]),
    recall: Float64Array.from([...points.map(([, found]) => (hits === 0 ? 1 : found / hits)), 0]),
    thresholds: Float64Array.from(points, ([threshold]) => threshold)
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

/** Indices of the scores, the largest first. */
function descending(scores: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from({length: scores.length}, (_, i) => i);
  for (let i = 0; i < scores.length; i++) if (Number.isNaN(scores[i])) throw new RangeError(`score ${i} is not a number`);
  return order.sort((a, b) => scores[b]! - scores[a]!);
}
