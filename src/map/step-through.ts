/** One class of a small set worked through, by COCO's rules or VOC's, with its average precision. */
import {areaParts, averagePrecision, precisionEnvelope} from "./average-precision.js";
import type {Interpolation} from "./average-precision.js";
import type {CocoAnnotation, CocoResult} from "./dataset.js";
import type {StepDetection, StepTruth} from "./step-samples.js";
import {drain, traceClass} from "./trace.js";
import type {MatchStep, TracedCurve} from "./trace.js";
import {traceVoc} from "./voc.js";
import type {VocDetection, VocTruth} from "./voc.js";

export type Rules = "coco" | "voc";

export interface Boxes {
  readonly truths: readonly StepTruth[];
  readonly detections: readonly StepDetection[];
}

/** A box as both evaluators take it, knowing its place in `Boxes`. */
export interface RowTruth extends CocoAnnotation, VocTruth {
  readonly row: number;
}
export interface RowDetection extends CocoResult, VocDetection {
  readonly row: number;
}

export interface WorkedClass extends TracedCurve {
  readonly steps: readonly MatchStep<RowDetection, RowTruth>[];
  readonly envelope: Float64Array;
  /** NaN without a ground truth: pycocotools says −1 and leaves the class out of the mean. */
  readonly ap: number;
  /** The area, summed over places of equal precision: how many recalls, or how much of recall, times that precision. */
  readonly levels: readonly AreaLevel[];
}

export interface AreaLevel {
  readonly precision: number;
  /** How many of the 11 or 101 recalls; for every point, the recall gained. */
  readonly amount: number;
}

export interface WorkOptions {
  readonly rules: Rules;
  readonly threshold: number;
  readonly interpolation: Interpolation;
}

/** Traces class `kind`, places the area's parts, and sums them. */
export function workClass(boxes: Boxes, kind: number, {rules, threshold, interpolation}: WorkOptions): WorkedClass {
  const truths = boxes.truths.map(rowTruth).filter(({category_id}) => category_id === kind);
  const detections = boxes.detections.map(rowDetection).filter(({category_id}) => category_id === kind);
  const {steps, result} = drain(
    rules === "voc" ? traceVoc(truths, detections, threshold) : traceClass(byImage(truths, detections), {threshold})
  );
  const {positives, recall, precision} = result;
  return {
    ...result,
    steps,
    envelope: precisionEnvelope(precision),
    ap: positives === 0 ? NaN : averagePrecision(recall, precision, interpolation),
    levels: areaLevels(recall, precision, interpolation)
  };
}

/** AP of every class, and their mean over the classes that have a ground truth. */
export function workMean(boxes: Boxes, kinds: number, options: WorkOptions): {readonly classes: readonly WorkedClass[]; readonly map: number} {
  const classes = Array.from({length: kinds}, (_, kind) => workClass(boxes, kind, options));
  const defined = classes.map(({ap}) => ap).filter((ap) => !Number.isNaN(ap));
  return {classes, map: defined.reduce((sum, ap) => sum + ap, 0) / defined.length};
}

function areaLevels(recall: readonly number[], precision: readonly number[], interpolation: Interpolation): readonly AreaLevel[] {
  const parts = areaParts(recall, precision, interpolation);
  const unit = interpolation === "all-point" ? 1 : parts.length;
  const levels: AreaLevel[] = [];
  for (const part of parts) {
    if (part.weight === 0) continue;
    const last = levels.at(-1);
    const amount = part.weight * unit;
    if (last && Math.abs(last.precision - part.precision) < 1e-12) levels[levels.length - 1] = {...last, amount: last.amount + amount};
    else levels.push({precision: part.precision, amount});
  }
  return levels;
}

function byImage(truths: readonly RowTruth[], detections: readonly RowDetection[]) {
  const last = Math.max(-1, ...truths.map(({image_id}) => image_id), ...detections.map(({image_id}) => image_id));
  return Array.from({length: last + 1}, (_, id) => ({
    truths: truths.filter(({image_id}) => image_id === id),
    detections: detections.filter(({image_id}) => image_id === id)
  }));
}

const rowTruth = ({image, kind, bbox, crowd}: StepTruth, row: number): RowTruth => ({
  row,
  id: row + 1,
  image_id: image,
  image: String(image),
  category_id: kind,
  bbox,
  area: bbox[2] * bbox[3],
  iscrowd: Number(crowd),
  difficult: crowd
});

const rowDetection = ({image, kind, bbox, score}: StepDetection, row: number): RowDetection => ({
  row,
  image_id: image,
  image: String(image),
  category_id: kind,
  bbox,
  score
});
