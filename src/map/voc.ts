/** Average precision of one class by Pascal VOC's rules, which match differently from COCO's. */
import {averagePrecision} from "./average-precision.js";
import {cocoOverlap} from "./coco-overlap.js";
import type {CocoBox} from "./dataset.js";
import {drain, faultOf, runningCurve} from "./trace.js";
import type {Candidate, MatchStep, TracedCurve, Verdict} from "./trace.js";

export interface VocTruth {
  readonly image: string;
  readonly bbox: CocoBox;
  /** VOC's "difficult": need not be found, and a detection of it counts neither way. */
  readonly difficult?: boolean;
}

export interface VocDetection {
  readonly image: string;
  readonly bbox: CocoBox;
  readonly score: number;
}

export interface VocCurve {
  /** After each detection, by falling score. */
  readonly recall: readonly number[];
  readonly precision: readonly number[];
  readonly ap: number;
}

/** The curve and its area. */
export function evaluateVoc(
  truths: readonly VocTruth[],
  detections: readonly VocDetection[],
  {threshold = 0.5, interpolation = "all-point"}: {threshold?: number; interpolation?: "voc11" | "all-point"} = {}
): VocCurve {
  const {recall, precision} = drain(traceVoc(truths, detections, threshold)).result;
  return {recall, precision, ap: averagePrecision(recall, precision, interpolation)};
}

/**
 * Each detection looks only at the ground truth it overlaps most: if that is taken, the detection is a duplicate, even
 * where another one would fit. Coordinates are pixels that belong to the box, so a side is one longer than the
 * difference of its ends.
 */
export function* traceVoc<D extends VocDetection, G extends VocTruth>(
  truths: readonly G[],
  detections: readonly D[],
  threshold: number
): Generator<MatchStep<D, G>, TracedCurve> {
  const takenAt = new Map<G, number>();
  const curve = runningCurve(truths.filter(({difficult}) => !difficult).length);
  for (const [step, detection] of [...detections].sort((a, b) => b.score - a.score).entries()) {
    const candidates = truths.filter(({image}) => image === detection.image).map((truth): Candidate<G> => ({
      truth,
      iou: cocoOverlap(inclusive(detection.bbox), inclusive(truth.bbox), false),
      state: truth.difficult ? "ignored" : takenAt.has(truth) ? "taken" : "free",
      takenAt: takenAt.get(truth) ?? null
    }));
    const best = bestOverlap(candidates);
    const fits = best !== null && best.iou >= threshold;
    const verdict = fits ? verdictNames[best.state] : faultOf(candidates, threshold);
    if (fits && verdict === "true-positive") takenAt.set(best.truth, step);
    yield {detection, candidates, match: fits && verdict !== "duplicate" ? best.truth : null, verdict, ...curve.add(verdict)};
  }
  return curve.result;
}

const verdictNames: Readonly<Record<Candidate<unknown>["state"], Verdict>> = {
  free: "true-positive",
  taken: "duplicate",
  ignored: "ignored"
};

function bestOverlap<G>(candidates: readonly Candidate<G>[]): Candidate<G> | null {
  let best: Candidate<G> | null = null;
  for (const candidate of candidates) if (candidate.iou > (best?.iou ?? 0)) best = candidate;
  return best;
}

const inclusive = ([x, y, w, h]: CocoBox): CocoBox => [x, y, w + 1, h + 1];
