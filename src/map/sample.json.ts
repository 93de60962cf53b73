/** Data loader: the COCO sample without its objects' outlines, which no evaluation of boxes needs. */
import {readFileSync} from "node:fs";
import type {CocoDataset, CocoResult} from "./dataset.js";
import type {CocoSample} from "./sample.js";

const read = <T>(name: string) => JSON.parse(readFileSync(`data/coco-val2014-100/${name}.json`, "utf8")) as T;
const {images, categories, annotations} = read<CocoDataset>("ground-truth");
const sample: CocoSample = {
  groundTruth: {
    images: images.map(({id, width, height, file_name}) => ({id, width: width!, height: height!, file_name: file_name!})),
    categories: categories.map(({id, name}) => ({id, name})),
    annotations: annotations.map(({id, image_id, category_id, bbox, area, iscrowd}) => ({id, image_id, category_id, bbox, area, iscrowd: iscrowd ?? 0}))
  },
  detections: read<readonly CocoResult[]>("detections").map(({image_id, category_id, bbox, score}) => ({image_id, category_id, bbox, score}))
};
process.stdout.write(JSON.stringify(sample));
