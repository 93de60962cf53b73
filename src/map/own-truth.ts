/** The reader's ground truth, from whichever files it came in, as one COCO data set. */
import {readPixelLines, readYolo} from "./box-lines.js";
import type {BoxLine, ImageSize} from "./box-lines.js";
import {datasetWarnings, readCocoDataset} from "./coco-json.js";
import type {CocoDataset} from "./dataset.js";
import {formatOf} from "./own-format.js";
import type {OwnText, SideInformation} from "./own-format.js";
import {refused, taken} from "./refusal.js";
import type {Reading, Refusal} from "./refusal.js";
import {stemOf} from "./side-files.js";
import {readVocXml} from "./voc-files.js";

export interface OwnTruth {
  readonly groundTruth: CocoDataset;
  readonly format: "coco" | "yolo" | "voc" | "pixels";
  readonly warnings: readonly string[];
}

/** Refused, or the sizes of images are not known: the reader is asked for them. */
export type TruthReading = Reading<OwnTruth> | {readonly ok: false; readonly refusal: Refusal; readonly asks: "sizes"};

/** An image with its objects, before it has a number. */
interface Named {
  readonly image: string;
  readonly fileName: string;
  readonly size: ImageSize | null;
  readonly objects: readonly (Pick<BoxLine, "label" | "bbox"> & {readonly difficult?: boolean})[];
}

export function readOwnTruth(files: readonly OwnText[], side: SideInformation): TruthReading {
  // An empty file, an image without objects, looks like any format.
  const first = files.find(({text}) => text.trim() !== "") ?? files[0];
  if (!first) return refused("ground truth", "", "no file");
  const format = formatOf(first);
  if (format === "voc-results") return refused(first.name, "", "is a list of detections, not ground truth");
  if (format === "coco") {
    const second = files.find((file) => file !== first);
    if (second) return refused(second.name, "", "a second file: COCO's ground truth is one");
    const reading = readCocoDataset(first.text, first.name);
    return reading.ok
      ? taken({groundTruth: reading.value, format, warnings: datasetWarnings(reading.value, first.name)})
      : reading;
  }
  const images: Named[] = [];
  for (const file of files) {
    const kind = formatOf(file);
    if ((kind === "voc") !== (format === "voc") || kind === "coco") {
      return refused(file.name, "", `is ${kind}, while ${first.name} is ${format}`);
    }
    const image = readImage(file, format, side);
    if (!image.ok) return image;
    images.push(image.value);
  }
  const twice = images.find(({image}, i) => images.findIndex((other) => other.image === image) !== i);
  if (twice) return refused(twice.fileName, "", "the same image twice");
  return taken(numbered(images, format, side));
}

function readImage(file: OwnText, format: Exclude<OwnTruth["format"], "coco">, side: SideInformation): Reading<Named> | TruthReading & {ok: false} {
  const image = stemOf(file.name);
  if (format === "voc") {
    const reading = readVocXml(file.text, file.name);
    if (!reading.ok) return reading;
    const {fileName, size, objects} = reading.value;
    // Detections name an image by its file's name; where the XML says another one, its own name counts.
    return taken({image, fileName: stemOf(fileName) === image ? fileName : image, size, objects});
  }
  const size = side.sizes.get(image) ?? side.size;
  if (format === "yolo" && !size) {
    const refusal = {file: file.name, place: "", reason: `the size of image ${image} is needed to turn YOLO's shares into pixels`};
    return {ok: false, refusal, asks: "sizes"};
  }
  const reading = format === "yolo" ? readYolo(file.text, file.name, size!) : readPixelLines(file.text, file.name);
  if (!reading.ok) return reading;
  const scored = reading.value.findIndex(({score}) => score !== null);
  if (scored >= 0) return refused(file.name, `box ${scored + 1}`, "has a score: this looks like detections, not ground truth");
  const objects = format === "yolo" ? reading.value.map((line) => ({...line, label: side.names[Number(line.label)] ?? line.label})) : reading.value;
  return taken({image, fileName: image, size, objects});
}

function numbered(images: readonly Named[], format: OwnTruth["format"], side: SideInformation): OwnTruth {
  const sorted = [...images].sort((a, b) => a.image.localeCompare(b.image, "en", {numeric: true}));
  const found = [...new Set(sorted.flatMap(({objects}) => objects.map(({label}) => label)))];
  // YOLO's classes keep the order of their numbers; names given for classes without objects are classes, too.
  const labels = format === "yolo" && side.names.length > 0
    ? [...side.names, ...found.filter((label) => !side.names.includes(label))]
    : found.sort((a, b) => a.localeCompare(b, "en", {numeric: true}));
  const ids = new Map(labels.map((label, i) => [label, i + 1]));
  let id = 0;
  const annotations = sorted.flatMap(({objects}, i) => objects.map(({label, bbox, difficult}) =>
    ({id: ++id, image_id: i + 1, category_id: ids.get(label)!, bbox, area: bbox[2] * bbox[3], iscrowd: difficult ? 1 : 0})));
  const difficult = annotations.filter(({iscrowd}) => iscrowd).length;
  const unnamed = format === "yolo" && found.some((label) => /^\d+$/.test(label));
  return {
    format,
    groundTruth: {
      images: sorted.map(({fileName, size}, i) => ({id: i + 1, file_name: fileName, ...(size && {width: size.width, height: size.height})})),
      categories: labels.map((name, i) => ({id: i + 1, name})),
      annotations
    },
    warnings: [
      ...(difficult > 0 ? [`${difficult} objects marked difficult count neither way, like COCO's crowds.`] : []),
      ...(unnamed ? ["Classes go by their numbers: add classes.txt or data.yaml to see their names."] : [])
    ]
  };
}
