/** The reader's detections, tied to the images and classes of a ground truth. */
import {readPixelLines, readYolo} from "./box-lines.js";
import type {BoxLine} from "./box-lines.js";
import {readCocoResults} from "./coco-json.js";
import type {CocoDataset, CocoResult} from "./dataset.js";
import {formatOf} from "./own-format.js";
import type {OwnFormat, OwnText, SideInformation} from "./own-format.js";
import type {OwnTruth} from "./own-truth.js";
import {refused, taken} from "./refusal.js";
import type {Reading} from "./refusal.js";
import {stemOf} from "./side-files.js";
import {readVocResults} from "./voc-files.js";

export interface OwnFound {
  readonly detections: readonly CocoResult[];
  readonly warnings: readonly string[];
}

type Line = BoxLine & {readonly image: string; readonly file: string};

export function readOwnFound(files: readonly OwnText[], truth: OwnTruth, side: SideInformation): Reading<OwnFound> {
  const [first] = files;
  if (!first) return refused("detections", "", "no file");
  const {groundTruth} = truth;
  const images = new Set(groundTruth.images.map(({file_name = ""}) => stemOf(file_name)));
  if (formatOf(first, images) === "coco") {
    if (files.length > 1) return refused(files[1]!.name, "", "a second file: COCO's results are one");
    if (truth.format !== "coco") return refused(first.name, "", "COCO results need COCO's ground truth, whose numbers of images they name");
    const reading = readCocoResults(first.text, first.name, groundTruth);
    return reading.ok ? taken({detections: reading.value, warnings: unknownClasses(reading.value, groundTruth)}) : reading;
  }
  const lines: Line[] = [];
  for (const file of files) {
    const reading = readLines(file, formatOf(file, images), truth, side);
    if (!reading.ok) return reading;
    for (const line of reading.value) lines.push(line);
  }
  return tie(lines, groundTruth);
}

function readLines(file: OwnText, format: OwnFormat, {groundTruth, format: truthFormat}: OwnTruth, side: SideInformation): Reading<readonly Line[]> {
  if (format === "coco" || format === "voc") return refused(file.name, "", "is not a text file of boxes, as the others are");
  if (format === "voc-results") {
    const reading = readVocResults(file.text, file.name);
    return reading.ok ? taken(reading.value.map((line) => ({...line, file: file.name}))) : reading;
  }
  const image = stemOf(file.name);
  // An empty file looks like any format.
  if (file.text.trim() === "") return taken([]);
  let reading: Reading<readonly BoxLine[]>;
  if (format === "yolo") {
    const known = groundTruth.images.find(({file_name}) => file_name !== undefined && stemOf(file_name) === image);
    const size = known?.width && known.height ? {width: known.width, height: known.height} : (side.sizes.get(image) ?? side.size);
    if (!size) return refused(file.name, "", `the size of image ${image} is not known`);
    if (truthFormat !== "yolo" && side.names.length === 0) {
      return refused(file.name, "", "YOLO's class numbers need their names: add classes.txt or data.yaml");
    }
    reading = readYolo(file.text, file.name, size);
    if (reading.ok) reading = taken(reading.value.map((line) => ({...line, label: side.names[Number(line.label)] ?? line.label})));
  } else reading = readPixelLines(file.text, file.name);
  if (!reading.ok) return reading;
  const bare = reading.value.findIndex(({score}) => score === null);
  if (bare >= 0) return refused(file.name, `box ${bare + 1}`, "has no score: this looks like ground truth, not detections");
  return taken(reading.value.map((line) => ({...line, image, file: file.name})));
}

function tie(lines: readonly Line[], {images, categories}: CocoDataset): Reading<OwnFound> {
  const imageIds = new Map(images.flatMap(({id, file_name}) => (file_name === undefined ? [] : [[stemOf(file_name), id] as const])));
  const classIds = new Map(categories.map(({id, name}) => [name, id]));
  const unknown = new Map<string, number>();
  const detections: CocoResult[] = [];
  for (const {image, label, bbox, score, file} of lines) {
    const image_id = imageIds.get(image) ?? imageIds.get(stemOf(image));
    if (image_id === undefined) return refused(file, "", `image ${image} is none of the ground truth's`);
    const category_id = classIds.get(label);
    if (category_id === undefined) unknown.set(label, (unknown.get(label) ?? 0) + 1);
    else detections.push({image_id, category_id, bbox, score: score!});
  }
  const warnings = [...unknown].map(([label, count]) => `${count} detections of class "${label}", which the ground truth does not have, count nowhere.`);
  return taken({detections, warnings});
}

function unknownClasses(detections: readonly CocoResult[], {categories}: CocoDataset): readonly string[] {
  const known = new Set(categories.map(({id}) => id));
  const strays = detections.filter(({category_id}) => !known.has(category_id)).length;
  return strays === 0 ? [] : [`${strays} detections are of classes that the ground truth does not have: they count nowhere, as in pycocotools.`];
}
