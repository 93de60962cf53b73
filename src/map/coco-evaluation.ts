/** COCO's box evaluation, class by class. */
import {cocoRecalls} from "./average-precision.js";
import {accumulate, emptyTensor} from "./coco-accumulate.js";
import type {Curves, Tensor} from "./coco-accumulate.js";
import {judgeClass} from "./coco-class.js";
import type {AreaRange, ClassImage, ClassVerdicts, JudgeSettings} from "./coco-class.js";
import {apOfClass, summarize} from "./coco-summary.js";
import type {CocoDataset, CocoResult} from "./dataset.js";

/** pycocotools' Params; what is left out is as there. */
export interface CocoOptions {
  /** `iouThrs`. Default: 0.50, 0.55, …, 0.95. */
  readonly iouThresholds?: readonly number[];
  /** `areaRng`, ends inclusive. Default: all, small, medium, large. */
  readonly areaRanges?: readonly AreaRange[];
  /** Most detections of a class in an image. Default: 1, 10, 100. They are put in rising order. */
  readonly maxDets?: readonly number[];
  /** `recThrs`. Default: 0, 0.01, …, 1. */
  readonly recalls?: readonly number[];
  /** `catIds`: the classes to evaluate. Default: all. */
  readonly categories?: readonly number[];
  /** `imgIds`: the images to evaluate. Default: all. */
  readonly images?: readonly number[];
}

export interface CocoEvaluation {
  /**
   * AP, AP50, AP75, APs, APm, APl, AR1, AR10, AR100, ARs, ARm, ARl; −1 where nothing can be said. With other options
   * the second to sixth area range and the first three limits stand in their places.
   */
  readonly stats: readonly number[];
  /** [IoU thresholds, recalls, classes, area ranges, detection limits]; −1 where a class has no ground truth. */
  readonly precision: Tensor;
  /** [IoU thresholds, classes, area ranges, detection limits]. */
  readonly recall: Tensor;
  /** By rising id; `ap` over all thresholds, the first area range and most detections, −1 without ground truth. */
  readonly classes: readonly {readonly id: number; readonly name: string; readonly ap: number}[];
}

/** 0.50, 0.55, …, 0.95 with the last bits of NumPy's linspace. */
export const iouThresholds: readonly number[] = Array.from({length: 10}, (_, i) =>
  i === 9 ? 0.95 : i * ((0.95 - 0.5) / 9) + 0.5
);
export const areaRanges: readonly AreaRange[] = [[0, 1e10], [0, 32 ** 2], [32 ** 2, 96 ** 2], [96 ** 2, 1e10]];
export const detectionLimits: readonly number[] = [1, 10, 100];

/** An evaluation under way: each class is judged by whoever can do it best, and handed in. */
export interface OpenEvaluation {
  readonly settings: JudgeSettings;
  /** The images of each class, by the classes' rising id. */
  readonly classes: readonly (readonly ClassImage[])[];
  add(k: number, judged: ClassVerdicts): void;
  finish(): CocoEvaluation;
}

/** @throws RangeError where a detection is of an unknown image, or an option is out of range */
export function openEvaluation(
  groundTruth: CocoDataset,
  detections: readonly CocoResult[],
  options: CocoOptions = {}
): OpenEvaluation {
  const {iouThresholds: thresholds = iouThresholds, areaRanges: ranges = areaRanges, recalls = cocoRecalls} = options;
  const limits = [...(options.maxDets ?? detectionLimits)].sort((a, b) => a - b);
  refuseBadOptions(thresholds, ranges, limits);
  const wanted = options.categories && new Set(options.categories);
  const names = new Map(groundTruth.categories.filter(({id}) => wanted?.has(id) ?? true).map(({id, name}) => [id, name]));
  const ids = [...names.keys()].sort((a, b) => a - b);
  const groups = groupByClass(groundTruth, detections, ids, options.images && new Set(options.images));
  const [T, R, K, A, M] = [thresholds.length, recalls.length, ids.length, ranges.length, limits.length];
  const curves: Curves = {precision: emptyTensor(T, R, K, A, M), recall: emptyTensor(T, K, A, M)};
  return {
    settings: {ranges, thresholds, limit: limits.at(-1)!},
    classes: ids.map((id) => groups.get(id)!),
    add: (k, judged) => accumulate(judged, k, curves, recalls, limits),
    finish: () => ({
      stats: summarize(curves, thresholds),
      ...curves,
      classes: ids.map((id, k) => ({id, name: names.get(id)!, ap: apOfClass(curves.precision, k)}))
    })
  };
}

/**
 * Evaluates detections against ground truth: equal to pycocotools' COCOeval with iouType "bbox".
 *
 * @throws RangeError where a detection names an image that the ground truth lacks, as pycocotools' loadRes does
 */
export function evaluateCoco(
  groundTruth: CocoDataset,
  detections: readonly CocoResult[],
  options?: CocoOptions
): CocoEvaluation {
  const run = evaluateByClass(groundTruth, detections, options);
  for (;;) {
    const next = run.next();
    if (next.done) return next.value;
  }
}

/** The same evaluation, pausing after every class with the share done, so that it can be shown and cancelled. */
export function* evaluateByClass(
  groundTruth: CocoDataset,
  detections: readonly CocoResult[],
  options?: CocoOptions
): Generator<number, CocoEvaluation> {
  const open = openEvaluation(groundTruth, detections, options);
  for (const [k, images] of open.classes.entries()) {
    open.add(k, judgeClass(images, open.settings));
    yield (k + 1) / open.classes.length;
  }
  return open.finish();
}

function refuseBadOptions(thresholds: readonly number[], ranges: readonly AreaRange[], limits: readonly number[]): void {
  if (!thresholds.every((t) => t >= 0 && t <= 1)) throw new RangeError("an IoU threshold is not between 0 and 1");
  if (!ranges.every(([from, to]) => from <= to)) throw new RangeError("an area range ends before it begins");
  if (limits.length === 0 || !limits.every((limit) => Number.isInteger(limit) && limit > 0 && limit < 65_536)) {
    throw new RangeError("maxDets are not whole numbers from 1 to 65535");
  }
}

/** Each class's images by rising id, those without ground truth or detection of the class left out. */
function groupByClass(
  {images, annotations}: CocoDataset,
  detections: readonly CocoResult[],
  ids: readonly number[],
  wanted: ReadonlySet<number> | undefined
): ReadonlyMap<number, readonly ClassImage[]> {
  const known = new Set(images.map(({id}) => id));
  const groups = new Map(ids.map((id) => [id, new Map<number, ClassImage>()]));
  const place = (category: number, image: number): ClassImage | undefined => {
    if (wanted && !wanted.has(image)) return undefined;
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
