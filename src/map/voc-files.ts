/** Reads Pascal VOC's files: an XML of an image's objects, and the devkit's text of a class's detections. */
import type {BoxLine} from "./box-lines.js";
import type {CocoBox} from "./dataset.js";
import {refused, taken} from "./refusal.js";
import type {Reading} from "./refusal.js";
import {parseXml} from "./xml.js";
import type {XmlNode} from "./xml.js";

export interface VocObject {
  readonly label: string;
  readonly bbox: CocoBox;
  readonly difficult: boolean;
}

export interface VocImage {
  /** The file's `filename`; empty where it has none. */
  readonly fileName: string;
  /** Null where the file does not say. */
  readonly size: {readonly width: number; readonly height: number} | null;
  readonly objects: readonly VocObject[];
}

/** Pixels xmin to xmax belong to the box and are counted from 1, as in the devkit: the box begins at xmin − 1. */
export const vocBox = (xmin: number, ymin: number, xmax: number, ymax: number): CocoBox => [xmin - 1, ymin - 1, xmax - xmin + 1, ymax - ymin + 1];

/** An annotation file: `<annotation>` with `<object>`s, each with `<name>` and `<bndbox>`. */
export function readVocXml(text: string, file: string): Reading<VocImage> {
  const root = parseXml(text);
  if ("reason" in root) return refused(file, `line ${root.line}`, `not valid XML (${root.reason})`);
  if (root.name !== "annotation") return refused(file, `line ${root.line}`, `the root is <${root.name}>, not <annotation>`);
  const objects: VocObject[] = [];
  for (const [i, node] of childrenOf(root, "object").entries()) {
    const object = readObject(node);
    if (typeof object === "string") return refused(file, `object ${i + 1} at line ${node.line}`, object);
    objects.push(object);
  }
  const size = childrenOf(root, "size")[0];
  const [width, height] = [numberIn(size, "width"), numberIn(size, "height")];
  return taken({
    fileName: childrenOf(root, "filename")[0]?.text ?? "",
    size: width !== null && height !== null && width > 0 && height > 0 ? {width, height} : null,
    objects
  });
}

function readObject(node: XmlNode): VocObject | string {
  const label = childrenOf(node, "name")[0]?.text;
  if (!label) return "has no <name>";
  const box = childrenOf(node, "bndbox")[0];
  if (!box) return "has no <bndbox>";
  const sides = ["xmin", "ymin", "xmax", "ymax"] as const;
  const numbers = sides.map((side) => numberIn(box, side));
  const missing = sides.find((_, i) => numbers[i] === null);
  if (missing) return `<${missing}> is missing or not a number`;
  const [xmin = 0, ymin = 0, xmax = 0, ymax = 0] = numbers as number[];
  if (xmax < xmin || ymax < ymin) return `ends before it begins (${xmin} to ${xmax}, ${ymin} to ${ymax})`;
  return {label, bbox: vocBox(xmin, ymin, xmax, ymax), difficult: childrenOf(node, "difficult")[0]?.text === "1"};
}

/** A detection of the devkit's results, with the image that it is in. */
export interface VocLine extends BoxLine {
  readonly image: string;
}

/** A results file of one class, `image score xmin ymin xmax ymax`: the class is what the name ends in, as in comp4_det_test_car.txt. */
export function readVocResults(text: string, file: string): Reading<readonly VocLine[]> {
  const label = vocClassOf(file);
  const lines: VocLine[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const words = line.trim().split(/\s+/);
    const place = `line ${i + 1}`;
    if (words.length !== 6) return refused(file, place, `has ${words.length} values, not 6 (image score xmin ymin xmax ymax)`);
    const odd = words.slice(1).find((word) => !Number.isFinite(Number(word)));
    if (odd !== undefined) return refused(file, place, `"${odd}" is not a number`);
    const [score = 0, xmin = 0, ymin = 0, xmax = 0, ymax = 0] = words.slice(1).map(Number);
    if (xmax < xmin || ymax < ymin) return refused(file, place, "the box ends before it begins");
    lines.push({image: words[0]!, label, bbox: vocBox(xmin, ymin, xmax, ymax), score});
  }
  return taken(lines);
}

/** "car" of "comp4_det_test_car.txt" or "car.txt". */
export const vocClassOf = (file: string): string => file.replace(/\.\w+$/, "").replace(/^.*_det_(?:[a-z0-9]+_)?/i, "");

const childrenOf = (node: XmlNode | undefined, name: string) => node?.children.filter((child) => child.name === name) ?? [];

function numberIn(node: XmlNode | undefined, name: string): number | null {
  const text = childrenOf(node, name)[0]?.text;
  const value = text ? Number(text) : NaN;
  return Number.isFinite(value) ? value : null;
}
