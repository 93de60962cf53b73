/** AP as TIDE takes it: the mean over classes of 101-point APs, each class's curve made of scored, settled detections. */
import {precisionEnvelope, sampleCurve} from "./average-precision.js";

/** A detection that counts, hit or not. */
export interface Point {
  readonly classId: number;
  readonly score: number;
  readonly hit: boolean;
}

// TIDE's recalls are i / 100, which differ from COCO's i × 0.01 in the last bits.
const places = Array.from({length: 101}, (_, i) => i / 100);

/**
 * @param positives how many ground truths a class has. A class with neither points nor positives is left out of the
 * mean; one with points but no positives has AP 0 and stays in it.
 */
export function tideAp(points: readonly Point[], positives: ReadonlyMap<number, number>): number {
  const byClass = new Map<number, Point[]>([...positives].map(([id]) => [id, []]));
  for (const point of points) {
    const list = byClass.get(point.classId);
    if (list) list.push(point);
    else byClass.set(point.classId, [point]);
  }
  let [sum, count] = [0, 0];
  for (const [id, list] of byClass) {
    const total = positives.get(id) ?? 0;
    if (list.length === 0 && total === 0) continue;
    count++;
    if (total > 0) sum += classAp(list, total);
  }
  return count === 0 ? 0 : sum / count;
}

function classAp(points: readonly Point[], positives: number): number {
  const sorted = [...points].sort((a, b) => b.score - a.score);
  const [recall, precision] = [new Float64Array(sorted.length), new Float64Array(sorted.length)];
  let hits = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (sorted[i]!.hit) hits++;
    recall[i] = hits / positives;
    precision[i] = hits / (i + 1);
  }
  return sampleCurve(recall, precisionEnvelope(precision), places).reduce((a, b) => a + b, 0) / places.length;
}
