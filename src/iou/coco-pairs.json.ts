/**
 * Data loader: every detection of the COCO sample beside the ground truth it fits best (largest GIoU) among those of
 * its class in its image. A detection whose class the image does not hold has no pair. Crowds are left out.
 */
import {readFileSync} from "node:fs";
import type {CocoPair} from "./coco-pairs.js";
import {giou} from "./iou.js";
import type {Box} from "./iou.js";

interface Annotation {
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox: readonly [number, number, number, number];
  readonly iscrowd: 0 | 1;
  readonly segmentation: readonly (readonly number[])[];
}
interface GroundTruth {
  readonly images: readonly {readonly id: number; readonly width: number; readonly height: number}[];
  readonly categories: readonly {readonly id: number; readonly name: string}[];
  readonly annotations: readonly Annotation[];
}
type Detection = Pick<Annotation, "image_id" | "category_id" | "bbox"> & {readonly score: number};

const read = <T>(name: string) => JSON.parse(readFileSync(`data/coco-val2014-100/${name}.json`, "utf8")) as T;
const corners = ([x, y, w, h]: Annotation["bbox"]): Box => [x, y, x + w, y + h];

const {images, categories, annotations} = read<GroundTruth>("ground-truth");
const pairs: CocoPair[] = [];
for (const {image_id, category_id, bbox, score} of read<readonly Detection[]>("detections")) {
  const image = images.find(({id}) => id === image_id)!;
  const prediction = corners(bbox);
  const rivals = annotations.filter((a) => a.image_id === image_id && a.category_id === category_id && !a.iscrowd);
  const [best] = rivals.sort((a, b) => giou(prediction, corners(b.bbox)) - giou(prediction, corners(a.bbox)));
  if (!best) continue;
  pairs.push({
    image: image_id,
    width: image.width,
    height: image.height,
    category: categories.find(({id}) => id === category_id)!.name,
    score,
    prediction,
    target: corners(best.bbox),
    outline: best.segmentation.map((polygon) => polygon.map(Math.round))
  });
}
process.stdout.write(JSON.stringify(pairs));
