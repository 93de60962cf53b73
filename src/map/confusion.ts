/** Which class is taken for which: detections of at least a score against the ground truths that they cover. */
import {group} from "d3-array";
import {keepBest} from "./coco-class.js";
import {cocoOverlap} from "./coco-overlap.js";
import type {CocoDataset, CocoResult} from "./dataset.js";

export interface Confusion {
  /** Class ids, rising; after the last stands the background. */
  readonly ids: readonly number[];
  /**
   * [classes + 1][classes + 1], row the truth, column the detection: the last row counts detections that cover nothing,
   * the last column objects that nothing covers.
   */
  readonly counts: Uint32Array;
}

/**
 * By falling score each detection takes the free ground truth of whatever class that it overlaps most, if by
 * `threshold` or more. What takes nothing but lies in a crowd of its class is not counted.
 */
export function confusion(
  {images, categories, annotations}: CocoDataset,
  detections: readonly CocoResult[],
  {threshold = 0.5, score = 0.3, limit = 100}: {threshold?: number; score?: number; limit?: number} = {}
): Confusion {
  const ids = [...new Set(categories.map(({id}) => id))].sort((a, b) => a - b);
  const place = new Map(ids.map((id, k) => [id, k]));
  const size = ids.length + 1;
  const counts = new Uint32Array(size * size);
  const truths = group(annotations, ({image_id}) => image_id);
  const found = group(detections.filter((each) => each.score >= score && place.has(each.category_id)), ({image_id}) => image_id);
  for (const {id} of images) {
    const all = truths.get(id) ?? [];
    const free = new Set(all.filter(({iscrowd}) => !iscrowd));
    for (const {bbox, category_id} of keepBest(found.get(id) ?? [], limit)) {
      let [best, iou] = [undefined as (typeof all)[number] | undefined, threshold];
      for (const truth of free) {
        const value = cocoOverlap(bbox, truth.bbox, false);
        if (value >= iou && (value > iou || !best)) [best, iou] = [truth, value];
      }
      const column = place.get(category_id)!;
      if (best) {
        free.delete(best);
        counts[place.get(best.category_id)! * size + column]!++;
      } else if (!all.some((t) => t.iscrowd && t.category_id === category_id && cocoOverlap(bbox, t.bbox, true) >= threshold)) {
        counts[ids.length * size + column]!++;
      }
    }
    for (const {category_id} of free) counts[place.get(category_id)! * size + ids.length]!++;
  }
  return {ids, counts};
}
