/** From a class's verdicts to its recall and its precision at the recalls sampled. */
import {precisionEnvelope, precisionOf, sampleCurve} from "./average-precision.js";
import {verdicts} from "./coco-class.js";
import type {ClassVerdicts} from "./coco-class.js";

/** An array of several dimensions, row by row. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export const emptyTensor = (...shape: readonly number[]): Tensor => ({
  shape,
  data: new Float64Array(shape.reduce((size, length) => size * length, 1)).fill(-1)
});

export interface Curves {
  readonly precision: Tensor;
  readonly recall: Tensor;
}

/** Puts class k's precision and recall in their places. */
export function accumulate(
  judged: ClassVerdicts,
  k: number,
  {precision, recall}: Curves,
  recalls: readonly number[],
  limits: readonly number[]
): void {
  const [T = 0, R = 0, K = 0, A = 0, M = 0] = precision.shape;
  const total = judged.scores.length;
  // One stable sort serves every limit: leaving detections out does not reorder the others.
  const order = Uint32Array.from({length: total}, (_, i) => i).sort((a, b) => judged.scores[b]! - judged.scores[a]! || a - b);
  const scratch: HitCurve = {recall: new Float64Array(total), precision: new Float64Array(total)};
  for (const [m, limit] of limits.entries()) {
    const kept = order.filter((d) => judged.ranks[d]! < limit);
    for (let a = 0; a < A; a++) {
      if (judged.positives[a] === 0) continue;
      for (let t = 0; t < T; t++) {
        const curve = hitCurve(judged.verdicts, (a * T + t) * total, kept, judged.positives[a]!, scratch);
        recall.data[((t * K + k) * A + a) * M + m] = curve.recall.at(-1) ?? 0;
        const sampled = sampleCurve(curve.recall, precisionEnvelope(curve.precision), recalls);
        for (let r = 0; r < R; r++) precision.data[(((t * R + r) * K + k) * A + a) * M + m] = sampled[r]!;
      }
    }
  }
}

interface HitCurve {
  readonly recall: Float64Array;
  readonly precision: Float64Array;
}

/**
 * Precision and recall at each hit. Elsewhere recall stands still and precision only falls, so that the envelope and
 * where it is sampled are those of the whole curve.
 */
function hitCurve(judged: Uint8Array, from: number, order: Uint32Array, positives: number, {recall, precision}: HitCurve): HitCurve {
  let [hits, misses] = [0, 0];
  for (const d of order) {
    const verdict = judged[from + d];
    if (verdict === verdicts.falsePositive) misses++;
    else if (verdict === verdicts.truePositive) {
      recall[hits] = ++hits / positives;
      precision[hits - 1] = precisionOf(hits, misses);
    }
  }
  return {recall: recall.subarray(0, hits), precision: precision.subarray(0, hits)};
}
