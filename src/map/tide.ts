/**
 * TIDE's error breakdown (Bolya, Foley, Hays and Hoffman, ECCV 2020): why each false positive is false, which objects
 * were missed, and what AP would gain if one kind of error were fixed. Equal to the authors' package, tidecv 1.0.1.
 */
import {group} from "d3-array";
import {matchImage} from "./tide-image.js";
import type {ImageJudgement} from "./tide-image.js";
import {tideAp} from "./tide-ap.js";
import type {Point} from "./tide-ap.js";
import type {CocoAnnotation, CocoDataset, CocoResult} from "./dataset.js";

export const errorKinds = ["class", "localisation", "both", "duplicate", "background", "missed"] as const;
export type ErrorKind = (typeof errorKinds)[number];
export type PerKind = Readonly<Record<ErrorKind, number>>;

export interface TideOptions {
  /** IoU from which a detection may be right. */
  readonly threshold?: number;
  /** IoU up to which a detection is on the background. */
  readonly background?: number;
  /** Most detections of an image. */
  readonly limit?: number;
}

/** A false positive or a missed object, and what fixing it makes of it. */
export interface TideError {
  readonly kind: ErrorKind;
  /** The false positive; undefined for a missed object. */
  readonly detection?: CocoResult;
  /** In a crowd: neither right nor wrong, so AP does not know it, but the package gives it a kind. */
  readonly ignored: boolean;
  /** The ground truth concerned, where there is one. */
  readonly truth?: CocoAnnotation;
}

export interface TideReport {
  /** AP at `threshold`, 0–1. */
  readonly ap: number;
  /** What AP would gain if all errors of a kind, and no others, were fixed. */
  readonly gains: PerKind;
  readonly counts: PerKind;
  /** What AP would gain without any false positive, and without any false negative. */
  readonly falsePositives: number;
  readonly falseNegatives: number;
  /** By image id. */
  readonly images: ReadonlyMap<number, ImageJudgement>;
}

/** Judges all images, pausing after each hundred with the share done, and fixes each kind of error in turn. */
export function* tideBySteps(
  {images, annotations}: CocoDataset,
  detections: readonly CocoResult[],
  {threshold = 0.5, background = 0.1, limit = 100}: TideOptions = {}
): Generator<number, TideReport> {
  const truths = group(annotations, ({image_id}) => image_id);
  const found = group(detections, ({image_id}) => image_id);
  const judged = new Map<number, ImageJudgement>();
  for (const [i, {id}] of images.entries()) {
    judged.set(id, matchImage(truths.get(id) ?? [], found.get(id) ?? [], {threshold, background, limit}));
    if (i % 100 === 99) yield (0.5 * i) / images.length;
  }
  const positives = new Map<number, number>();
  for (const {truths: list} of judged.values()) {
    for (const {category_id} of list) positives.set(category_id, (positives.get(category_id) ?? 0) + 1);
  }
  const all = [...judged.values()];
  const ap = tideAp(all.flatMap(({points}) => points), positives);
  const gains: Record<string, number> = {};
  for (const [k, kind] of errorKinds.entries()) {
    gains[kind] = Math.max(0, gainOf(kind, all, positives) - ap);
    yield 0.5 + (0.5 * (k + 1)) / 8;
  }
  const counts = Object.fromEntries(errorKinds.map((kind) => [kind, sum(all, ({errors}) => errors.filter((e) => e.kind === kind).length)]));
  const perfect = all.flatMap(({points}) => points.map((point) => ({...point, score: point.hit ? 1 : 0})));
  return {
    ap,
    gains: gains as PerKind,
    counts: counts as PerKind,
    falsePositives: tideAp(failuresFirst(perfect), positives) - ap,
    falseNegatives: tideAp(failuresFirst(all.flatMap(({points}) => points)), without(positives, all)) - ap,
    images: judged
  };
}

export function tide(groundTruth: CocoDataset, detections: readonly CocoResult[], options?: TideOptions): TideReport {
  const run = tideBySteps(groundTruth, detections, options);
  for (;;) {
    const next = run.next();
    if (next.done) return next.value;
  }
}

/** The mean AP with all errors of a kind fixed. */
function gainOf(kind: ErrorKind, all: readonly ImageJudgement[], positives: ReadonlyMap<number, number>): number {
  const wanted = new Map(positives);
  const points: Point[] = [];
  for (const {errors} of all) {
    for (const {kind: own, detection, ignored, truth, repairs} of errors) {
      if (own !== kind) {
        if (detection && !ignored) points.push({classId: detection.category_id, score: detection.score, hit: false});
      } else if (own === "missed") {
        wanted.set(truth!.category_id, wanted.get(truth!.category_id)! - 1);
      } else if (repairs) {
        // The right class of a class error is the ground truth's.
        points.push({classId: truth!.category_id, score: detection!.score, hit: true});
      }
    }
  }
  return tideAp([...points, ...all.flatMap((image) => image.points.filter(({hit}) => hit))], wanted);
}

/** The package puts what failed before what is right, which decides between equal scores. */
const failuresFirst = (points: readonly Point[]): readonly Point[] => [
  ...points.filter(({hit}) => !hit),
  ...points.filter(({hit}) => hit)
];

/** Objects per class, less those that were not found. */
function without(positives: ReadonlyMap<number, number>, all: readonly ImageJudgement[]): ReadonlyMap<number, number> {
  const left = new Map(positives);
  for (const {unfound} of all) for (const {category_id} of unfound) left.set(category_id, left.get(category_id)! - 1);
  return left;
}

const sum = <T>(list: readonly T[], of: (item: T) => number) => list.reduce((total, item) => total + of(item), 0);
