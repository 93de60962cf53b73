/**
 * How the detections of one class come to their average precision, one step a detection by falling score. COCO's
 * rules; voc.ts has Pascal VOC's, as the same steps.
 */
import {precisionOf} from "./average-precision.js";
import {isOutside, keepBest, overlapTable, verdictOf, verdicts} from "./coco-class.js";
import type {AreaRange} from "./coco-class.js";
import type {CocoAnnotation, CocoResult} from "./dataset.js";
import {bestMatch, offerOrder} from "./match.js";

/** Why a detection counts as it does. */
export type Verdict = "true-positive" | "duplicate" | "localisation" | "background" | "ignored";

export interface Candidate<G> {
  readonly truth: G;
  readonly iou: number;
  /** "ignored" does not count: a crowd, outside the area range, or VOC's "difficult". */
  readonly state: "free" | "taken" | "ignored";
  /** The step at which it was taken. */
  readonly takenAt: number | null;
}

export interface MatchStep<D, G> {
  readonly detection: D;
  /** Ground truths of the class in the detection's image, in file order. */
  readonly candidates: readonly Candidate<G>[];
  readonly match: G | null;
  readonly verdict: Verdict;
  /** After this step. */
  readonly hits: number;
  readonly misses: number;
  readonly recall: number;
  readonly precision: number;
}

export interface TracedCurve {
  /** Ground truths that count. */
  readonly positives: number;
  /** After each detection; an ignored one repeats what was before it. */
  readonly recall: readonly number[];
  readonly precision: readonly number[];
}

export interface TraceImage<D, G> {
  readonly truths: readonly G[];
  readonly detections: readonly D[];
}

export interface TraceOptions {
  /** The least IoU of a match. */
  readonly threshold: number;
  readonly range?: AreaRange;
  /** Detections kept an image. */
  readonly limit?: number;
}

/** An overlap below this is no attempt at the object (TIDE's background threshold). */
export const backgroundIou = 0.1;

/** COCO's greedy matching of one class; the curve is that of `evaluateCoco`'s at this threshold. */
export function* traceClass<D extends CocoResult, G extends CocoAnnotation>(
  images: readonly TraceImage<D, G>[],
  {threshold, range = [0, 1e10], limit = 100}: TraceOptions
): Generator<MatchStep<D, G>, TracedCurve> {
  const tables = images.map(({truths, detections}) => {
    const kept = keepBest(detections, limit) as readonly D[];
    const crowd = truths.map(({iscrowd}) => (iscrowd ? 1 : 0));
    const ignored = truths.map((truth, g) => (crowd[g] || isOutside(truth.area, range) ? 1 : 0));
    const takenAt = truths.map((): number | null => null);
    return {truths, kept, ious: overlapTable(kept, truths), offered: {order: offerOrder(ignored), ignored, crowd}, takenAt};
  });
  const positives = tables.reduce((sum, {offered}) => sum + offered.ignored.filter((flag) => !flag).length, 0);
  const queue = tables.flatMap((table) => table.kept.map((detection, d) => ({table, detection, d})));
  queue.sort((a, b) => b.detection.score - a.detection.score);
  const curve = runningCurve(positives);
  for (const [step, {table, detection, d}] of queue.entries()) {
    const {truths, ious, offered, takenAt} = table;
    const candidates = truths.map((truth, g): Candidate<G> => ({
      truth,
      iou: ious[d * truths.length + g]!,
      state: offered.ignored[g] ? "ignored" : takenAt[g] === null ? "free" : "taken",
      takenAt: takenAt[g]!
    }));
    const g = bestMatch(ious, d * truths.length, offered, takenAt.map((at) => Number(at !== null)), threshold);
    if (g >= 0) takenAt[g] ??= step;
    const outside = isOutside(detection.bbox[2] * detection.bbox[3], range);
    const judged = verdictOf(g, outside ? verdicts.ignored : verdicts.falsePositive, truths, offered.ignored);
    const verdict = verdictNames[judged] ?? faultOf(candidates, threshold);
    yield {detection, candidates, match: truths[g] ?? null, verdict, ...curve.add(verdict)};
  }
  return curve.result;
}

const verdictNames: Readonly<Record<number, Verdict>> = {
  [verdicts.truePositive]: "true-positive",
  [verdicts.ignored]: "ignored"
};

/** What is wrong with a detection that found nothing. */
export function faultOf(candidates: readonly Candidate<unknown>[], threshold: number): Verdict {
  const nearest = Math.max(0, ...candidates.filter(({state}) => state !== "ignored").map(({iou}) => iou));
  return nearest >= threshold ? "duplicate" : nearest >= backgroundIou ? "localisation" : "background";
}

/** Counts verdicts into recall and precision. */
export function runningCurve(positives: number) {
  let [hits, misses] = [0, 0];
  const result = {positives, recall: [] as number[], precision: [] as number[]};
  return {
    result: result as TracedCurve,
    add(verdict: Verdict) {
      if (verdict === "true-positive") hits++;
      else if (verdict !== "ignored") misses++;
      const now = {hits, misses, recall: positives === 0 ? 0 : hits / positives, precision: precisionOf(hits, misses)};
      result.recall.push(now.recall);
      result.precision.push(now.precision);
      return now;
    }
  };
}

/** All steps and what they come to. */
export function drain<S, R>(run: Generator<S, R>): {readonly steps: readonly S[]; readonly result: R} {
  const steps: S[] = [];
  for (;;) {
    const next = run.next();
    if (next.done) return {steps, result: next.value};
    steps.push(next.value);
  }
}
