/** Average precision of one class by Pascal VOC's rules, which match differently from COCO's. */
import {averagePrecision} from "./average-precision.js";
import {cocoOverlap} from "./coco-overlap.js";
import type {CocoBox} from "./dataset.js";

export interface VocTruth {
  readonly image: string;
  readonly bbox: CocoBox;
}

export interface VocDetection extends VocTruth {
  readonly score: number;
}

export interface VocCurve {
  /** After each detection, by falling score. */
  readonly recall: readonly number[];
  readonly precision: readonly number[];
  readonly ap: number;
}

/**
 * Each detection looks only at the ground truth it overlaps most: if that is taken, the detection is a duplicate, even
 * where another one would fit. Coordinates are pixels that belong to the box, so a side is one longer than the
 * difference of its ends.
 */
export function evaluateVoc(
  truths: readonly VocTruth[],
  detections: readonly VocDetection[],
  {threshold = 0.5, interpolation = "all-point"}: {threshold?: number; interpolation?: "voc11" | "all-point"} = {}
): VocCurve {
  const taken = new Set<VocTruth>();
  const recall: number[] = [];
  const precision: number[] = [];
  for (const detection of [...detections].sort((a, b) => b.score - a.score)) {
    const {best, iou} = bestOverlap(detection, truths);
    if (best && iou >= threshold) taken.add(best);
    // Only a ground truth taken for the first time adds to the set.
    recall.push(taken.size / truths.length);
    precision.push(taken.size / (precision.length + 1));
  }
  return {recall, precision, ap: truths.length === 0 ? 0 : averagePrecision(recall, precision, interpolation)};
}

function bestOverlap(detection: VocDetection, truths: readonly VocTruth[]): {best: VocTruth | null; iou: number} {
  let [best, iou]: [VocTruth | null, number] = [null, 0];
  for (const truth of truths) {
    if (truth.image !== detection.image) continue;
    const value = cocoOverlap(inclusive(detection.bbox), inclusive(truth.bbox), false);
    if (value > iou) [best, iou] = [truth, value];
  }
  return {best, iou};
}

const inclusive = ([x, y, w, h]: CocoBox): CocoBox => [x, y, w + 1, h + 1];
