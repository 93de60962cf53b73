/** The numbers whose mean COCO's AP (or AR) is: one for each class and IoU threshold. */
import type {CocoEvaluation} from "./coco-evaluation.js";

export type Quantity = "precision" | "recall";

export interface Cells {
  /** [thresholds][classes]: a class's AP, or its recall; NaN where it has no object to find. */
  readonly values: Float64Array;
  /** Of each threshold, over the classes: AP50 is the first. NaN where no class has an object. */
  readonly ofThreshold: readonly number[];
  /** Of each class, over the thresholds. */
  readonly ofClass: readonly number[];
  readonly mean: number;
}

/** @param area, limit places among the evaluated area ranges and detection limits */
export function meanCells({precision, recall}: CocoEvaluation, quantity: Quantity, area: number, limit: number): Cells {
  const [T = 0, R = 0, K = 0, A = 0, M = 0] = precision.shape;
  const values = new Float64Array(T * K).fill(NaN);
  for (let t = 0; t < T; t++) {
    for (let k = 0; k < K; k++) {
      const found = recall.data[((t * K + k) * A + area) * M + limit]!;
      if (found === -1) continue;
      if (quantity === "recall") values[t * K + k] = found;
      else {
        let sum = 0;
        for (let r = 0; r < R; r++) sum += precision.data[(((t * R + r) * K + k) * A + area) * M + limit]!;
        values[t * K + k] = sum / R;
      }
    }
  }
  const range = (length: number) => Array.from({length}, (_, i) => i);
  return {
    values,
    ofThreshold: range(T).map((t) => meanOf(values.subarray(t * K, (t + 1) * K))),
    ofClass: range(K).map((k) => meanOf(range(T).map((t) => values[t * K + k]!))),
    mean: meanOf(values)
  };
}

/** The precision of class k at COCO's recalls, a curve for each threshold. */
export function classCurves({precision}: CocoEvaluation, k: number, area: number, limit: number): readonly Float64Array[] {
  const [T = 0, R = 0, K = 0, A = 0, M = 0] = precision.shape;
  return Array.from({length: T}, (_, t) =>
    Float64Array.from({length: R}, (_, r) => precision.data[(((t * R + r) * K + k) * A + area) * M + limit]!));
}

/** Mean of what is a number; NaN where nothing is. */
function meanOf(values: Iterable<number>): number {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? NaN : sum / count;
}
