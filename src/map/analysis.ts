/** Everything that is said about a data set and its detections: the evaluation, its errors, its worst images. */
import {group} from "d3-array";
import {evaluateByClass, iouThresholds} from "./coco-evaluation.js";
import type {CocoEvaluation} from "./coco-evaluation.js";
import {apAtThreshold, meanAt} from "./coco-summary.js";
import {confusion} from "./confusion.js";
import type {Confusion} from "./confusion.js";
import type {CocoBox, CocoDataset, CocoResult} from "./dataset.js";
import {tideBySteps} from "./tide.js";
import type {ErrorKind, TideReport} from "./tide.js";
import type {ImageJudgement} from "./tide-image.js";

export interface AnalysisSettings {
  /** One of COCO's thresholds, for the curves, the errors and the confusion. */
  readonly threshold: number;
  /** Detections below it are left out of the confusion and of the pictures; AP knows no such limit. */
  readonly score: number;
}

export interface ClassRow {
  readonly id: number;
  readonly name: string;
  readonly truths: number;
  readonly detections: number;
  readonly ap: number;
  readonly ap50: number;
  readonly ap75: number;
  /** Mean recall over the thresholds, 100 detections an image. */
  readonly recall: number;
}

export interface DrawnBox {
  readonly bbox: CocoBox;
  readonly name: string;
}
export interface WorstImage {
  readonly id: number;
  readonly fileName: string;
  readonly width: number;
  readonly height: number;
  /** Objects missed, and the scores of false detections, summed. */
  readonly trouble: number;
  readonly truths: readonly (DrawnBox & {readonly found: boolean})[];
  readonly detections: readonly (DrawnBox & {readonly score: number; readonly kind: ErrorKind | "hit" | "ignored"})[];
}

export interface Analysis {
  readonly settings: AnalysisSettings;
  readonly images: number;
  readonly stats: readonly number[];
  readonly classes: readonly ClassRow[];
  /** Precision at COCO's 101 recalls at the threshold, a row for each of `classes`; −1 where a class has no objects. */
  readonly curves: Float64Array;
  readonly tide: Pick<TideReport, "ap" | "gains" | "counts" | "falsePositives" | "falseNegatives">;
  readonly confusion: Confusion;
  readonly worst: readonly WorstImage[];
}

const shownImages = 24;

/** What stays the same whatever the settings. */
export interface Evaluated {
  readonly groundTruth: CocoDataset;
  readonly detections: readonly CocoResult[];
  readonly evaluation: CocoEvaluation;
}

export function* evaluateOwn(groundTruth: CocoDataset, detections: readonly CocoResult[]): Generator<number, Evaluated> {
  return {groundTruth, detections, evaluation: yield* evaluateByClass(groundTruth, detections)};
}

export function* analyse({groundTruth, detections, evaluation}: Evaluated, settings: AnalysisSettings): Generator<number, Analysis> {
  const {threshold, score} = settings;
  const {images: judged, ...tide} = yield* tideBySteps(groundTruth, detections, {threshold});
  return {
    settings,
    images: groundTruth.images.length,
    stats: evaluation.stats,
    classes: classRows(groundTruth, detections, evaluation),
    curves: curvesAt(evaluation, threshold),
    tide,
    confusion: confusion(groundTruth, detections, {threshold, score}),
    worst: worstImages(groundTruth, judged, score)
  };
}

function classRows({annotations}: CocoDataset, detections: readonly CocoResult[], {precision, recall, classes}: CocoEvaluation): readonly ClassRow[] {
  const truths = group(annotations.filter(({iscrowd}) => !iscrowd), ({category_id}) => category_id);
  const found = group(detections, ({category_id}) => category_id);
  const at = (k: number, threshold: number) => apAtThreshold(precision, thresholdIndex(threshold), k);
  return classes.map(({id, name, ap}, k) => ({
    id,
    name,
    truths: truths.get(id)?.length ?? 0,
    detections: found.get(id)?.length ?? 0,
    ap,
    ap50: at(k, 0.5),
    ap75: at(k, 0.75),
    recall: meanAt(recall, [null, k, 0, 2])
  }));
}

export const thresholdIndex = (threshold: number): number => iouThresholds.findIndex((t) => Math.abs(t - threshold) < 1e-9);

function curvesAt({precision: {shape: [, R = 0, K = 0, A = 0, M = 0], data}}: CocoEvaluation, threshold: number): Float64Array {
  const t = thresholdIndex(threshold);
  const curves = new Float64Array(K * R);
  for (let k = 0; k < K; k++) for (let r = 0; r < R; r++) curves[k * R + r] = data[(((t * R + r) * K + k) * A + 0) * M + M - 1]!;
  return curves;
}

function worstImages({images, categories}: CocoDataset, judged: ReadonlyMap<number, ImageJudgement>, score: number): readonly WorstImage[] {
  const names = new Map(categories.map(({id, name}) => [id, name]));
  const trouble = ({errors}: ImageJudgement) => errors.reduce(
    (sum, {detection, ignored, kind}) => sum + (kind === "missed" ? 1 : !ignored && detection!.score >= score ? detection!.score : 0), 0);
  const ranked = images.map((image) => ({image, judgement: judged.get(image.id)!}))
    .map((each) => ({...each, trouble: trouble(each.judgement)}))
    .sort((a, b) => b.trouble - a.trouble).slice(0, shownImages).filter((each) => each.trouble > 0);
  return ranked.map(({image, judgement, trouble: sum}) => {
    const {kept, hits, truths, unfound, errors} = judgement;
    const missing = new Set(unfound);
    const kinds = new Map(errors.flatMap(({detection, kind}) => (detection ? [[detection, kind] as const] : [])));
    const right = Math.max(1, ...[...truths, ...kept].map(({bbox}) => bbox[0] + bbox[2]));
    const bottom = Math.max(1, ...[...truths, ...kept].map(({bbox}) => bbox[1] + bbox[3]));
    return {
      id: image.id,
      fileName: image.file_name ?? String(image.id),
      width: image.width || right,
      height: image.height || bottom,
      trouble: sum,
      truths: truths.map((truth) => ({bbox: truth.bbox, name: names.get(truth.category_id) ?? "", found: !missing.has(truth)})),
      detections: kept.flatMap((detection, d) => (detection.score < score ? [] : [{
        bbox: detection.bbox,
        name: names.get(detection.category_id) ?? String(detection.category_id),
        score: detection.score,
        kind: hits[d] === null ? "ignored" as const : hits[d] ? "hit" as const : kinds.get(detection)!
      }]))
    };
  });
}
