/** What one confidence threshold makes of a class's detections: F1, precision at k, and frequency-aware means. */
import type {CocoAnnotation, CocoResult} from "./dataset.js";
import {drain, traceClass} from "./trace.js";
import type {TraceImage, TraceOptions} from "./trace.js";

/** A detection that counts. */
export interface Outcome {
  readonly score: number;
  readonly hit: boolean;
  /** With the object it found; 0 where it found none. */
  readonly iou: number;
}

/** A class's detections by falling score, ignored ones left out. */
export interface Outcomes {
  /** Objects to find. */
  readonly positives: number;
  readonly ranked: readonly Outcome[];
}

/** COCO's matching of a class, drained. */
export function outcomesOf(images: readonly TraceImage<CocoResult, CocoAnnotation>[], options: TraceOptions): Outcomes {
  const {steps, result} = drain(traceClass(images, options));
  const ranked = steps.filter(({verdict}) => verdict !== "ignored").map(({detection: {score}, match, verdict, candidates}) => {
    const hit = verdict === "true-positive";
    return {score, hit, iou: hit ? candidates.find(({truth}) => truth === match)!.iou : 0};
  });
  return {positives: result.positives, ranked};
}

/** Several classes' detections in one ranking. */
export function pooled(classes: readonly Outcomes[]): Outcomes {
  const ranked = classes.flatMap((each) => each.ranked).sort((a, b) => b.score - a.score);
  return {positives: classes.reduce((sum, each) => sum + each.positives, 0), ranked};
}

export interface Operating {
  /** Detections of at least this score are kept. */
  readonly score: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** The confidence threshold of the largest F1 = 2PR/(P + R); null where nothing is detected. Equal scores stand or fall together. */
export function bestF1({positives, ranked}: Outcomes): Operating | null {
  let best: Operating | null = null;
  let hits = 0;
  for (const [i, {score, hit}] of ranked.entries()) {
    if (hit) hits++;
    if (ranked[i + 1]?.score === score) continue;
    // 2PR/(P + R) = 2·TP/(kept + objects).
    const f1 = (2 * hits) / (i + 1 + positives);
    if (best === null || f1 > best.f1) best = {score, precision: hits / (i + 1), recall: positives === 0 ? 0 : hits / positives, f1};
  }
  return best;
}

/** The share of hits among the k most confident detections (of all, where there are fewer); NaN where there are none. */
export function precisionAt({ranked}: Outcomes, k: number): number {
  const first = ranked.slice(0, k);
  return first.filter(({hit}) => hit).length / first.length;
}

/** The mean AP over objects instead of classes: each class weighs as often as it occurs. −1 without objects. */
export function frequencyWeightedAp(classes: readonly {readonly ap: number; readonly positives: number}[]): number {
  const present = classes.filter(({positives}) => positives > 0);
  const total = present.reduce((sum, {positives}) => sum + positives, 0);
  return total === 0 ? -1 : present.reduce((sum, {ap, positives}) => sum + ap * positives, 0) / total;
}
