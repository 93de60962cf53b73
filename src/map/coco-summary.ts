/** The means that COCO reports. */
import type {Curves, Tensor} from "./coco-accumulate.js";

/** Mean of what is defined (> −1) at the wanted indices, null meaning all; −1 where nothing is. */
export function meanAt({shape, data}: Tensor, wanted: readonly (number | null)[]): number {
  if (wanted.some((index, axis) => index !== null && !(index >= 0 && index < shape[axis]!))) return -1;
  let [sum, count] = [0, 0];
  const visit = (axis: number, offset: number): void => {
    if (axis === shape.length) {
      if (data[offset]! > -1) {
        sum += data[offset]!;
        count++;
      }
      return;
    }
    const index = wanted[axis] ?? null;
    const [from, to] = index === null ? [0, shape[axis]!] : [index, index + 1];
    for (let i = from; i < to; i++) visit(axis + 1, offset * shape[axis]! + i);
  };
  visit(0, 0);
  return count === 0 ? -1 : sum / count;
}

/** AP of class k over all thresholds, all areas, the most detections an image. */
export const apOfClass = (precision: Tensor, k: number): number => meanAt(precision, [null, null, k, 0, precision.shape[4]! - 1]);

/** AP of class k at one threshold, by its place. */
export const apAtThreshold = (precision: Tensor, t: number, k: number): number => meanAt(precision, [t, null, k, 0, precision.shape[4]! - 1]);

/** The twelve numbers of COCOeval.summarize; −1 also where a threshold, area range or limit is none of those evaluated. */
export function summarize({precision, recall}: Curves, thresholds: readonly number[]): readonly number[] {
  const most = precision.shape[4]! - 1;
  const at = (threshold: number) => thresholds.findIndex((t) => Math.abs(t - threshold) < 1e-9);
  const ap = (threshold: number | null, area: number) => meanAt(precision, [threshold, null, null, area, most]);
  const ar = (area: number, limit: number) => meanAt(recall, [null, null, area, limit]);
  return [
    ap(null, 0), ap(at(0.5), 0), ap(at(0.75), 0), ap(null, 1), ap(null, 2), ap(null, 3),
    ar(0, 0), ar(0, 1), ar(0, 2), ar(1, most), ar(2, most), ar(3, most)
  ];
}
