/** The means that COCO reports. */
import type {Tensor} from "./coco.js";

/** Mean of what is defined (> −1) at the wanted indices, null meaning all; −1 where nothing is. */
function meanAt({shape, data}: Tensor, wanted: readonly (number | null)[]): number {
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

/** AP of class k over all thresholds, all areas, 100 detections an image. */
export const apOfClass = (precision: Tensor, k: number): number => meanAt(precision, [null, null, k, 0, 2]);

/** AP of class k at one threshold, by its place. */
export const apAtThreshold = (precision: Tensor, t: number, k: number): number => meanAt(precision, [t, null, k, 0, 2]);

/** The twelve numbers of COCOeval.summarize. */
export function summarize(precision: Tensor, recall: Tensor): readonly number[] {
  const ap = (threshold: number | null, area: number) => meanAt(precision, [threshold, null, null, area, 2]);
  const ar = (area: number, limit: number) => meanAt(recall, [null, null, area, limit]);
  return [
    ap(null, 0), ap(0, 0), ap(5, 0), ap(null, 1), ap(null, 2), ap(null, 3),
    ar(0, 0), ar(0, 1), ar(0, 2), ar(1, 2), ar(2, 2), ar(3, 2)
  ];
}
