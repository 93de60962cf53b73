/** One class over all images: every detection's verdict for each area range and threshold. */
import {cocoOverlap} from "./coco-overlap.js";
import type {CocoAnnotation, CocoResult} from "./dataset.js";
import {bestMatch, offerOrder} from "./match.js";

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

/** What is judged by: area ranges, IoU thresholds and the most detections of an image. */
export interface JudgeSettings {
  readonly ranges: readonly AreaRange[];
  readonly thresholds: readonly number[];
  readonly limit: number;
}

/** An image whose detections are chosen and ordered, and where its verdicts go. */
export interface ClassGroup {
  readonly kept: readonly CocoResult[];
  readonly truths: readonly CocoAnnotation[];
  /** Number of its first detection among the class's. */
  readonly first: number;
}

/** A class with its detections ordered, nothing matched yet: every verdict is false positive, or ignored for its size. */
export interface OpenClass extends ClassVerdicts, JudgeSettings {
  readonly groups: readonly ClassGroup[];
}

/** The detections kept in an image: by score, equal scores in file order. */
export function keepBest(detections: readonly CocoResult[], limit: number): readonly CocoResult[] {
  if (detections.length === 1) return detections;
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

export function judgeClass(images: readonly ClassImage[], settings: JudgeSettings): ClassVerdicts {
  const open = openClass(images, settings);
  for (const group of open.groups) judgeGroup(open, group);
  return open;
}

/** Orders a class's detections and counts its ground truths. */
export function openClass(images: readonly ClassImage[], settings: JudgeSettings): OpenClass {
  const {ranges, thresholds, limit} = settings;
  const total = images.reduce((sum, {detections}) => sum + Math.min(limit, detections.length), 0);
  const scores = new Float64Array(total);
  const ranks = new Uint16Array(total);
  const judged = new Uint8Array(ranges.length * thresholds.length * total);
  const positives = ranges.map(() => 0);
  // Whether a detection is outside of a range does not depend on the threshold: written once, copied for each.
  const outside = ranges.map(() => new Uint8Array(total));
  let first = 0;
  const groups = images.map(({truths, detections}): ClassGroup => {
    const kept = keepBest(detections, limit);
    for (let d = 0; d < kept.length; d++) {
      const {score, bbox} = kept[d]!;
      scores[first + d] = score;
      ranks[first + d] = d;
      for (let a = 0; a < ranges.length; a++) {
        if (isOutside(bbox[2] * bbox[3], ranges[a]!)) outside[a]![first + d] = verdicts.ignored;
      }
    }
    for (const truth of truths) {
      for (let a = 0; a < ranges.length; a++) if (!isIgnored(truth, ranges[a]!)) positives[a]!++;
    }
    first += kept.length;
    return {kept, truths, first: first - kept.length};
  });
  for (const [a, flags] of outside.entries()) {
    for (let t = 0; t < thresholds.length; t++) judged.set(flags, (a * thresholds.length + t) * total);
  }
  return {...settings, scores, ranks, verdicts: judged, positives, groups};
}

/** Matches an image's detections and ground truths, for all area ranges or for one. */
export function judgeGroup(open: OpenClass, {kept, truths, first}: ClassGroup, only?: number): void {
  if (truths.length === 0 || kept.length === 0) return;
  const {ranges, thresholds, verdicts: judged, scores: {length: total}} = open;
  const ious = overlapTable(kept, truths);
  const crowd = truths.map(({iscrowd}) => (iscrowd ? 1 : 0));
  for (const [a, range] of ranges.entries()) {
    if (only !== undefined && a !== only) continue;
    const ignored = truths.map((truth) => (isIgnored(truth, range) ? 1 : 0));
    const offered = {order: offerOrder(ignored), ignored, crowd};
    for (const [t, threshold] of thresholds.entries()) {
      const at = (a * thresholds.length + t) * total + first;
      const taken = new Uint8Array(truths.length);
      for (let d = 0; d < kept.length; d++) {
        const g = bestMatch(ious, d * truths.length, offered, taken, threshold);
        if (g >= 0) taken[g] = 1;
        judged[at + d] = verdictOf(g, judged[at + d]!, truths, ignored);
      }
    }
  }
}

/** What a detection is that takes ground truth g; `unmatched` where it takes none (−1). */
export function verdictOf(g: number, unmatched: number, truths: readonly CocoAnnotation[], ignored: ArrayLike<number>): number {
  // pycocotools notes a match by the annotation's id and reads id 0 as no match.
  if (g < 0 || (truths[g]!.id === 0 && !ignored[g])) return unmatched;
  return ignored[g] ? verdicts.ignored : verdicts.truePositive;
}

export const isIgnored = ({iscrowd, area}: CocoAnnotation, range: AreaRange) => Boolean(iscrowd) || isOutside(area, range);
export const isOutside = (area: number, [from, to]: AreaRange) => area < from || area > to;
