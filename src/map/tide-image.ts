/** TIDE's judgement of one image: its own greedy matching over all classes, and a kind for each error. */
import {keepBest} from "./coco-class.js";
import {cocoOverlap} from "./coco-overlap.js";
import type {CocoAnnotation, CocoResult} from "./dataset.js";
import type {TideError, TideOptions} from "./tide.js";
import type {Point} from "./tide-ap.js";

export interface ImageError extends TideError {
  /** Whether fixing it makes it a hit: of the errors that could claim an object, the one of the highest score. */
  readonly repairs: boolean;
}

export interface ImageJudgement {
  /** The detections judged, by score, and for each true (hit), false, or null (ignored: in a crowd). */
  readonly kept: readonly CocoResult[];
  readonly hits: readonly (boolean | null)[];
  /** The ground truths that count. */
  readonly truths: readonly CocoAnnotation[];
  /** Those that no detection of their class hit; of them the missed ones are those that no fixed error would find. */
  readonly unfound: readonly CocoAnnotation[];
  readonly points: readonly Point[];
  readonly errors: readonly ImageError[];
}

interface Board {
  readonly kept: readonly CocoResult[];
  readonly truths: readonly CocoAnnotation[];
  /** IoUs, a row for each detection. */
  readonly ious: Float64Array;
  readonly sameClass: (d: number, g: number) => boolean;
}

export function matchImage(
  annotations: readonly CocoAnnotation[],
  detections: readonly CocoResult[],
  {threshold, background, limit}: Required<TideOptions>
): ImageJudgement {
  const truths = annotations.filter(({iscrowd}) => !iscrowd);
  const kept = keepBest(detections, limit);
  const ious = new Float64Array(kept.length * truths.length);
  kept.forEach(({bbox}, d) => truths.forEach((truth, g) => (ious[d * truths.length + g] = cocoOverlap(bbox, truth.bbox, false))));
  const board: Board = {kept, truths, ious, sameClass: (d, g) => kept[d]!.category_id === truths[g]!.category_id};
  const {hits, found} = matchGreedily(board, threshold);
  for (const crowd of annotations) if (crowd.iscrowd) ignoreInside(crowd, kept, hits, threshold);
  const {errors, claimed} = nameErrors(board, hits, found, {threshold, background});
  const unfound = truths.filter((_, g) => !found[g]);
  return {
    kept,
    hits,
    truths,
    unfound,
    points: kept.flatMap(({category_id, score}, d) => (hits[d] === null ? [] : [{classId: category_id, score, hit: hits[d]!}])),
    errors: [
      ...errors,
      ...truths.filter((_, g) => !found[g] && !claimed[g]).map((truth) => ({kind: "missed", truth, ignored: false, repairs: false}) as const)
    ]
  };
}

/** By score, each detection takes the free ground truth of its class that it overlaps most; of equal ones the first. */
function matchGreedily(
  {kept, truths, ious, sameClass}: Board,
  threshold: number
): {readonly hits: (boolean | null)[]; readonly found: Uint8Array} {
  const found = new Uint8Array(truths.length);
  const hits: (boolean | null)[] = kept.map((_, d) => {
    const {at, iou} = largest(truths.length, (g) => (found[g] || !sameClass(d, g) ? 0 : ious[d * truths.length + g]!));
    if (at < 0 || iou < threshold) return false;
    found[at] = 1;
    return true;
  });
  return {hits, found};
}

function ignoreInside(crowd: CocoAnnotation, kept: readonly CocoResult[], hits: (boolean | null)[], threshold: number): void {
  kept.forEach(({category_id, bbox}, d) => {
    if (!hits[d] && category_id === crowd.category_id && cocoOverlap(bbox, crowd.bbox, true) > threshold) hits[d] = null;
  });
}

/** The kinds in the package's order: the first that fits. */
function nameErrors(
  {kept, truths, ious, sameClass}: Board,
  hits: readonly (boolean | null)[],
  found: Uint8Array,
  {threshold, background}: {readonly threshold: number; readonly background: number}
): {readonly errors: readonly ImageError[]; readonly claimed: Uint8Array} {
  const claimed = new Uint8Array(truths.length);
  const errors: ImageError[] = [];
  const most = (d: number, of: (g: number) => boolean) => largest(truths.length, (g) => (of(g) ? ious[d * truths.length + g]! : 0));
  for (const [d, detection] of kept.entries()) {
    if (hits[d]) continue;
    const add = (kind: ImageError["kind"], g?: number, canClaim = false) => {
      const free = canClaim && g !== undefined && !found[g];
      // Detections come by score, so the first that claims an object has the best claim.
      const repairs = free && !claimed[g];
      if (free) claimed[g] = 1;
      errors.push({kind, detection, ignored: hits[d] === null, ...(g !== undefined && {truth: truths[g]!}), repairs});
    };
    const same = most(d, (g) => sameClass(d, g));
    const other = most(d, (g) => !sameClass(d, g));
    if (truths.length === 0) add("background");
    else if (same.iou >= background && same.iou <= threshold) add("localisation", same.at, true);
    else if (other.iou >= threshold) add("class", other.at, true);
    else if (most(d, (g) => sameClass(d, g) && found[g] === 1).iou >= threshold) add("duplicate", same.at);
    else if (most(d, () => true).iou <= background) add("background");
    else add("both");
  }
  return {errors, claimed};
}

/** The first place of the largest value; −1 where there is none. */
function largest(length: number, value: (g: number) => number): {readonly at: number; readonly iou: number} {
  let [at, iou] = [-1, -Infinity];
  for (let g = 0; g < length; g++) {
    const each = value(g);
    if (each > iou) [at, iou] = [g, each];
  }
  return {at, iou};
}
