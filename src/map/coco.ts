/** COCO's box evaluation: equal to pycocotools' COCOeval with iouType "bbox". */
import {cocoRecalls, precisionEnvelope, precisionOf, sampleCurve} from "./average-precision.js";
import {judgeClass, verdicts} from "./coco-class.js";
import type {AreaRange, ClassImage, ClassVerdicts} from "./coco-class.js";
import {apOfClass, summarize} from "./coco-summary.js";
import type {CocoDataset, CocoResult} from "./dataset.js";

export type {CocoAnnotation, CocoBox, CocoCategory, CocoDataset, CocoImage, CocoResult} from "./dataset.js";

/** An array of several dimensions, row by row. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export interface CocoEvaluation {
  /** AP, AP50, AP75, APs, APm, APl, AR1, AR10, AR100, ARs, ARm, ARl; −1 where nothing can be said. */
  readonly stats: readonly number[];
  /** [IoU thresholds, recalls, classes, area ranges, detection limits]; −1 where a class has no ground truth. */
  readonly precision: Tensor;
  /** [IoU thresholds, classes, area ranges, detection limits]. */
  readonly recall: Tensor;
  /** By rising id; `ap` over all thresholds, areas and 100 detections an image, −1 without ground truth. */
  readonly classes: readonly {readonly id: number; readonly name: string; readonly ap: number}[];
}

/** 0.50, 0.55, …, 0.95 with the last bits of NumPy's linspace. */
export const iouThresholds: readonly number[] = Array.from({length: 10}, (_, i) =>
  i === 9 ? 0.95 : i * ((0.95 - 0.5) / 9) + 0.5
);
export const areaRanges: readonly AreaRange[] = [[0, 1e10], [0, 32 ** 2], [32 ** 2, 96 ** 2], [96 ** 2, 1e10]];
export const detectionLimits: readonly number[] = [1, 10, 100];

/**
 * Evaluates detections against ground truth.
 *
 * @throws RangeError where a detection names an image that the ground truth lacks, as pycocotools' loadRes does
 */
export function evaluateCoco(groundTruth: CocoDataset, detections: readonly CocoResult[]): CocoEvaluation {
  const run = evaluateByClass(groundTruth, detections);
  for (;;) {
    const next = run.next();
    if (next.done) return next.value;
  }
}

/** The same evaluation, pausing after every class with the share done, so that it can be shown and cancelled. */
export function* evaluateByClass(
  groundTruth: CocoDataset,
  detections: readonly CocoResult[]
): Generator<number, CocoEvaluation> {
  const names = new Map(groundTruth.categories.map(({id, name}) => [id, name]));
  const ids = [...names.keys()].sort((a, b) => a - b);
  const groups = groupByClass(groundTruth, detections);
  const [T, R, K, A, M] = [iouThresholds.length, cocoRecalls.length, ids.length, areaRanges.length, detectionLimits.length];
  const precision: Tensor = {shape: [T, R, K, A, M], data: new Float64Array(T * R * K * A * M).fill(-1)};
  const recall: Tensor = {shape: [T, K, A, M], data: new Float64Array(T * K * A * M).fill(-1)};
  for (const [k, id] of ids.entries()) {
    const images = groups.get(id) ?? [];
    accumulate(judgeClass(images, areaRanges, iouThresholds, detectionLimits.at(-1)!), k, precision, recall);
    yield (k + 1) / K;
  }
  const classes = ids.map((id, k) => ({id, name: names.get(id)!, ap: apOfClass(precision, k)}));
  return {stats: summarize(precision, recall), precision, recall, classes};
}

/** Each class's images by rising id, those without ground truth or detection of the class left out. */
function groupByClass(
  {images, categories, annotations}: CocoDataset,
  detections: readonly CocoResult[]
): ReadonlyMap<number, readonly ClassImage[]> {
  const known = new Set(images.map(({id}) => id));
  const groups = new Map(categories.map(({id}) => [id, new Map<number, ClassImage>()]));
  const place = (category: number, image: number): ClassImage | undefined => {
    const group = groups.get(category);
    let found = group?.get(image);
    if (group && !found) group.set(image, (found = {truths: [], detections: []}));
    return found;
  };
  for (const truth of annotations) {
    if (known.has(truth.image_id)) place(truth.category_id, truth.image_id)?.truths.push(truth);
  }
  detections.forEach((detection, i) => {
    if (!known.has(detection.image_id)) {
      throw new RangeError(`detection ${i} is of image ${detection.image_id}, which the ground truth does not have`);
    }
    place(detection.category_id, detection.image_id)?.detections.push(detection);
  });
  const inOrder = (group: ReadonlyMap<number, ClassImage>) => [...group].sort(([a], [b]) => a - b).map(([, each]) => each);
  return new Map([...groups].map(([id, group]) => [id, inOrder(group)]));
}

/** Puts class k's precision and recall in their places. */
function accumulate(judged: ClassVerdicts, k: number, precision: Tensor, recall: Tensor): void {
  const [T = 0, R = 0, K = 0, A = 0, M = 0] = precision.shape;
  const total = judged.scores.length;
  // One stable sort serves every limit: leaving detections out does not reorder the others.
  const order = Uint32Array.from({length: total}, (_, i) => i).sort((a, b) => judged.scores[b]! - judged.scores[a]! || a - b);
  for (const [m, limit] of detectionLimits.entries()) {
    const kept = order.filter((d) => judged.ranks[d]! < limit);
    for (let a = 0; a < A; a++) {
      if (judged.positives[a] === 0) continue;
      for (let t = 0; t < T; t++) {
        const curve = classCurve(judged.verdicts, (a * T + t) * total, kept, judged.positives[a]!);
        recall.data[((t * K + k) * A + a) * M + m] = curve.recall.at(-1) ?? 0;
        const sampled = sampleCurve(curve.recall, precisionEnvelope(curve.precision), cocoRecalls);
        for (let r = 0; r < R; r++) precision.data[(((t * R + r) * K + k) * A + a) * M + m] = sampled[r]!;
      }
    }
  }
}

/** Precision and recall after each detection of `order`; ignored ones repeat the value before. */
function classCurve(
  judged: Uint8Array,
  from: number,
  order: Uint32Array,
  positives: number
): {readonly recall: Float64Array; readonly precision: Float64Array} {
  const recall = new Float64Array(order.length);
  const precision = new Float64Array(order.length);
  let [hits, misses] = [0, 0];
  for (let i = 0; i < order.length; i++) {
    const verdict = judged[from + order[i]!];
    if (verdict === verdicts.truePositive) hits++;
    else if (verdict === verdicts.falsePositive) misses++;
    recall[i] = hits / positives;
    precision[i] = precisionOf(hits, misses);
  }
  return {recall, precision};
}
