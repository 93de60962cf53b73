/** Reads COCO's JSON files, refusing with the record and the reason what pycocotools would stumble over or misread. */
import type {CocoAnnotation, CocoBox, CocoCategory, CocoDataset, CocoImage, CocoResult} from "./dataset.js";
import {refused, taken} from "./refusal.js";
import type {Reading} from "./refusal.js";

type Json = Readonly<Record<string, unknown>>;
/** A record read, or what is wrong with it. */
type Parsed<T> = T | string;

/** A ground truth file: an object with images, categories and annotations. */
export function readCocoDataset(text: string, file: string): Reading<CocoDataset> {
  const json = readJson(text, file);
  if (!json.ok) return json;
  if (!isObject(json.value)) return refused(file, "", "not a JSON object with images, categories and annotations");
  const images = readList(json.value.images, "images", file, readImage);
  if (!images.ok) return images;
  const categories = readList(json.value.categories, "categories", file, readCategory);
  if (!categories.ok) return categories;
  const imageIds = new Set(images.value.map(({id}) => id));
  const categoryIds = new Set(categories.value.map(({id}) => id));
  const annotations = readList(json.value.annotations, "annotations", file, (record) =>
    readAnnotation(record, imageIds, categoryIds)
  );
  if (!annotations.ok) return annotations;
  const dataset = {images: images.value, categories: categories.value, annotations: annotations.value};
  for (const name of ["images", "categories", "annotations"] as const) {
    const twice = firstRepeated(dataset[name]);
    if (twice >= 0) return refused(file, `${name}[${twice}]`, `id ${dataset[name][twice]!.id} is already in use`);
  }
  return taken(dataset);
}

/** A results file: a list of detections in images of the ground truth. */
export function readCocoResults(text: string, file: string, {images}: CocoDataset): Reading<readonly CocoResult[]> {
  const json = readJson(text, file);
  if (!json.ok) return json;
  const known = new Set(images.map(({id}) => id));
  return readList(json.value, "", file, (record) => readResult(record, known));
}

function readJson(text: string, file: string): Reading<unknown> {
  try {
    return taken(JSON.parse(text) as unknown);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = /position (\d+)/.exec(message)?.[1];
    const place = at === undefined ? "" : `line ${text.slice(0, Number(at)).split("\n").length}`;
    return refused(file, place, `not valid JSON (${message})`);
  }
}

function readList<T>(list: unknown, name: string, file: string, read: (record: Json) => Parsed<T>): Reading<readonly T[]> {
  if (!Array.isArray(list)) return refused(file, name, list === undefined ? "is missing" : "is not a list");
  const values: T[] = [];
  for (const [i, record] of (list as unknown[]).entries()) {
    const parsed = isObject(record) ? read(record) : "is not an object";
    if (typeof parsed === "string") return refused(file, `${name}[${i}]`, parsed);
    values.push(parsed);
  }
  return taken(values);
}

function readImage({id, width, height, file_name}: Json): Parsed<CocoImage> {
  if (!isId(id)) return "id is not a whole number";
  return {
    id,
    ...(isSize(width) && {width}),
    ...(isSize(height) && {height}),
    ...(typeof file_name === "string" && {file_name})
  };
}

function readCategory({id, name}: Json): Parsed<CocoCategory> {
  if (!isId(id)) return "id is not a whole number";
  return typeof name === "string" ? {id, name} : "name is not a text";
}

function readAnnotation(record: Json, images: ReadonlySet<number>, categories: ReadonlySet<number>): Parsed<CocoAnnotation> {
  const {id, image_id, category_id, iscrowd = 0} = record;
  if (!isId(id)) return "id is not a whole number";
  if (!isId(image_id) || !images.has(image_id)) return `image_id ${String(image_id)} is none of the images`;
  if (!isId(category_id) || !categories.has(category_id)) return `category_id ${String(category_id)} is none of the categories`;
  const bbox = readBox(record.bbox);
  if (typeof bbox === "string") return bbox;
  const area = record.area ?? bbox[2] * bbox[3];
  if (!isSize(area)) return "area is not a number ≥ 0";
  if (iscrowd !== 0 && iscrowd !== 1) return "iscrowd is neither 0 nor 1";
  return {id, image_id, category_id, bbox, area, iscrowd};
}

function readResult({image_id, category_id, bbox: box, score}: Json, images: ReadonlySet<number>): Parsed<CocoResult> {
  if (!isId(image_id) || !images.has(image_id)) return `image_id ${String(image_id)} is none of the ground truth's images`;
  if (!isId(category_id)) return "category_id is not a whole number";
  const bbox = readBox(box);
  if (typeof bbox === "string") return bbox;
  if (typeof score !== "number" || !Number.isFinite(score)) return "score is not a number";
  return {image_id, category_id, bbox, score};
}

function readBox(box: unknown): Parsed<CocoBox> {
  if (!Array.isArray(box) || box.length !== 4) return "bbox is not a list of four numbers [x, y, width, height]";
  if (!box.every((v) => Number.isFinite(v))) return "bbox holds something that is not a number";
  return isSize(box[2]) && isSize(box[3]) ? (box as unknown as CocoBox) : "bbox has a negative width or height";
}

function firstRepeated(records: readonly {readonly id: number}[]): number {
  const seen = new Set<number>();
  return records.findIndex(({id}) => seen.size === seen.add(id).size);
}

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const isId = (value: unknown): value is number => Number.isSafeInteger(value);
const isSize = (value: unknown): value is number => Number.isFinite(value) && (value as number) >= 0;

/** What reads well but does not mean what it seems to. */
export function datasetWarnings({annotations}: CocoDataset, file: string): readonly string[] {
  const zero = annotations.findIndex(({id, iscrowd}) => id === 0 && !iscrowd);
  if (zero < 0) return [];
  return [
    `${file}, annotations[${zero}]: id 0: pycocotools, and so this page, takes a match with id 0 for none: this object can never be found. Number annotations from 1.`
  ];
}
