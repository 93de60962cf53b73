import type {CocoBox} from "./dataset.js";

/**
 * IoU as pycocotools' maskApi computes it, operation for operation: the areas are w·h as given, not rebuilt from
 * corners (src/iou's `iou` is equal but for the last bits, which decide ties at a threshold). Over a crowd it is the
 * intersection's share of the detection.
 */
export function cocoOverlap(detection: CocoBox, truth: CocoBox, crowd: boolean): number {
  const w = Math.min(detection[2] + detection[0], truth[2] + truth[0]) - Math.max(detection[0], truth[0]);
  if (w <= 0) return 0;
  const h = Math.min(detection[3] + detection[1], truth[3] + truth[1]) - Math.max(detection[1], truth[1]);
  if (h <= 0) return 0;
  const intersection = w * h;
  const area = detection[2] * detection[3];
  return intersection / (crowd ? area : area + truth[2] * truth[3] - intersection);
}
