/** A data set as plain numbers, which a worker takes over without a copy: cloning half a million records stalls a page. */
import type {CocoBox, CocoCategory, CocoDataset, CocoResult} from "./dataset.js";

export interface PackedCoco {
  readonly images: Float64Array;
  readonly categories: readonly CocoCategory[];
  /** Nine numbers each: id, image, class, x, y, width, height, area, crowd. */
  readonly truths: Float64Array;
  /** Seven numbers each: image, class, x, y, width, height, score. */
  readonly detections: Float64Array;
}

const slice = 5000;

/** Packs in slices of some milliseconds, pausing after each. */
export function* packCoco(
  {images, categories, annotations}: CocoDataset,
  detections: readonly CocoResult[]
): Generator<void, PackedCoco> {
  const truths = new Float64Array(9 * annotations.length);
  for (let i = 0; i < annotations.length; i++) {
    const {id, image_id, category_id, bbox, area, iscrowd = 0} = annotations[i]!;
    truths[9 * i] = id;
    truths[9 * i + 1] = image_id;
    truths[9 * i + 2] = category_id;
    truths.set(bbox, 9 * i + 3);
    truths[9 * i + 7] = area;
    truths[9 * i + 8] = iscrowd;
    if (i % slice === slice - 1) yield;
  }
  const packed = new Float64Array(7 * detections.length);
  for (let i = 0; i < detections.length; i++) {
    const {image_id, category_id, bbox, score} = detections[i]!;
    packed[7 * i] = image_id;
    packed[7 * i + 1] = category_id;
    packed.set(bbox, 7 * i + 2);
    packed[7 * i + 6] = score;
    if (i % slice === slice - 1) yield;
  }
  const names = categories.map(({id, name}) => ({id, name}));
  return {images: Float64Array.from(images, ({id}) => id), categories: names, truths, detections: packed};
}

export function unpackCoco({images, categories, truths, detections}: PackedCoco): {
  readonly groundTruth: CocoDataset;
  readonly detections: readonly CocoResult[];
} {
  const annotations = Array.from({length: truths.length / 9}, (_, i) => ({
    id: truths[9 * i]!,
    image_id: truths[9 * i + 1]!,
    category_id: truths[9 * i + 2]!,
    bbox: boxAt(truths, 9 * i + 3),
    area: truths[9 * i + 7]!,
    iscrowd: truths[9 * i + 8]!
  }));
  const results = Array.from({length: detections.length / 7}, (_, i) => ({
    image_id: detections[7 * i]!,
    category_id: detections[7 * i + 1]!,
    bbox: boxAt(detections, 7 * i + 2),
    score: detections[7 * i + 6]!
  }));
  return {groundTruth: {images: Array.from(images, (id) => ({id})), categories, annotations}, detections: results};
}

const boxAt = (numbers: Float64Array, at: number): CocoBox => [numbers[at]!, numbers[at + 1]!, numbers[at + 2]!, numbers[at + 3]!];
