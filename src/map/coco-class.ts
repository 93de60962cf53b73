/** One class over all images: every detection's verdict for each area range and threshold. */
import {cocoOverlap} from "./coco-overlap.js";
import type {CocoAnnotation, CocoResult} from "./dataset.js";
import {bestMatch, offerOrder} from "./match.js";
import type {Truths} from "./match.js";

export type AreaRange = readonly [from: number, to: number];

/** An image's ground truths and detections of one class, in file order. */
export interface ClassImage {
  readonly truths: CocoAnnotation[];
  readonly detections: CocoResult[];
}

/** What became of a detection. */
export const verdicts = {falsePositive: 0, truePositive: 1, ignored: 2} as const;

export interface ClassVerdicts {
  /** Of the detections kept, image after image, in each by score. */
  readonly scores: Float64Array;
  /** Place of each detection in its image's order. */
  readonly ranks: Uint16Array;
  /** [area ranges][thresholds][detections], each one of `verdicts`. */
  readonly verdicts: Uint8Array;
  /** Ground truths that count, for each area range. */
  readonly positives: readonly number[];
}

/** The detections kept in an image: by score, equal scores in file order. */
export function keepBest(detections: readonly CocoResult[], limit: number): readonly CocoResult[] {
  return [...detections].sort((a, b) => b.score - a.score).slice(0, limit);
}

/** IoU of every detection with every ground truth, row by row. */
export function overlapTable(kept: readonly CocoResult[], truths: readonly CocoAnnotation[]): Float64Array {
  const table = new Float64Array(kept.length * truths.length);
  let at = 0;
  for (const {bbox} of kept) {
    for (const truth of truths) table[at++] = cocoOverlap(bbox, truth.bbox, Boolean(truth.iscrowd));
  }
  return table;
}

export function judgeClass(
  images: readonly ClassImage[],
  ranges: readonly AreaRange[],
  thresholds: readonly number[],
  limit: number
): ClassVerdicts {
  const total = images.reduce((sum, {detections}) => sum + Math.min(limit, detections.length), 0);
  const scores = new Float64Array(total);
  const ranks = new Uint16Array(total);
  const judged = new Uint8Array(ranges.length * thresholds.length * total);
  const positives = ranges.map(() => 0);
  let first = 0;
  for (const {truths, detections} of images) {
    const kept = keepBest(detections, limit);
    kept.forEach(({score}, d) => {
      scores[first + d] = score;
      ranks[first + d] = d;
    });
    const ious = overlapTable(kept, truths);
    const crowd = truths.map(({iscrowd}) => (iscrowd ? 1 : 0));
    for (const [a, range] of ranges.entries()) {
      const ignored = truths.map((truth, g) => (crowd[g] || isOutside(truth.area, range) ? 1 : 0));
      for (const flag of ignored) if (!flag) positives[a]!++;
      const offered = {order: offerOrder(ignored), ignored, crowd};
      const unmatched = kept.map(({bbox}) => (isOutside(bbox[2] * bbox[3], range) ? verdicts.ignored : verdicts.falsePositive));
      for (const [t, threshold] of thresholds.entries()) {
        const at = (a * thresholds.length + t) * total + first;
        if (truths.length === 0) judged.set(unmatched, at);
        else judgeImage(judged, at, {unmatched, truths, ious, offered, threshold});
      }
    }
    first += kept.length;
  }
  return {scores, ranks, verdicts: judged, positives};
}

interface ImageTask {
  /** What each detection is where it takes nothing. */
  readonly unmatched: readonly number[];
  readonly truths: readonly CocoAnnotation[];
  readonly ious: Float64Array;
  readonly offered: Truths;
  readonly threshold: number;
}

/** Writes an image's verdicts at `at`. */
function judgeImage(judged: Uint8Array, at: number, {unmatched, truths, ious, offered, threshold}: ImageTask): void {
  const taken = new Uint8Array(truths.length);
  for (let d = 0; d < unmatched.length; d++) {
    const g = bestMatch(ious, d * truths.length, offered, taken, threshold);
    if (g >= 0) taken[g] = 1;
    judged[at + d] = verdictOf(g, unmatched[d]!, truths, offered.ignored);
  }
}

/** What a detection is that takes ground truth g; `unmatched` where it takes none (−1). */
export function verdictOf(g: number, unmatched: number, truths: readonly CocoAnnotation[], ignored: ArrayLike<number>): number {
  // pycocotools notes a match by the annotation's id and reads id 0 as no match.
  if (g < 0 || (truths[g]!.id === 0 && !ignored[g])) return unmatched;
  return ignored[g] ? verdicts.ignored : verdicts.truePositive;
}

export const isOutside = (area: number, [from, to]: AreaRange) => area < from || area > to;
