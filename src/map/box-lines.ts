/** Reads text files of one box a line: YOLO's (shares of the image, by centre) and plain pixels (x y width height). */
import type {CocoBox} from "./dataset.js";
import {refused, taken} from "./refusal.js";
import type {Reading} from "./refusal.js";

export interface BoxLine {
  /** A name, or YOLO's number of the class. */
  readonly label: string;
  readonly bbox: CocoBox;
  /** Null in a file of ground truths. */
  readonly score: number | null;
}

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** YOLO: `class cx cy w h [score]`, coordinates as shares of the image. */
export function readYolo(text: string, file: string, {width, height}: ImageSize): Reading<readonly BoxLine[]> {
  return readLines(text, file, ([label = "", ...words]) => {
    if (!/^\d+$/.test(label)) return `class "${label}" is not a whole number`;
    if (words.length !== 4 && words.length !== 5) return `has ${words.length + 1} values, not 5 or 6 (class cx cy w h [score])`;
    const [cx = 0, cy = 0, w = 0, h = 0, score = null] = words.map(Number);
    if ([cx, cy, w, h].some((v) => v < 0 || v > 1)) return "a coordinate is not a share between 0 and 1";
    return {label, bbox: [(cx - w / 2) * width, (cy - h / 2) * height, w * width, h * height], score};
  });
}

/** Pixels: `class x y w h`, or `class score x y w h`, as Padilla's samples have them. */
export function readPixelLines(text: string, file: string): Reading<readonly BoxLine[]> {
  return readLines(text, file, ([label = "", ...words]) => {
    if (words.length !== 4 && words.length !== 5) return `has ${words.length + 1} values, not 5 or 6 (class [score] x y w h)`;
    const numbers = words.map(Number);
    const [x = 0, y = 0, w = 0, h = 0] = numbers.slice(-4);
    if (w < 0 || h < 0) return "negative width or height";
    return {label, bbox: [x, y, w, h], score: numbers.length === 5 ? numbers[0]! : null};
  });
}

function readLines(
  text: string,
  file: string,
  read: (words: readonly string[]) => BoxLine | string
): Reading<readonly BoxLine[]> {
  const boxes: BoxLine[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const words = line.trim().split(/\s+/);
    const odd = words.slice(1).find((word) => !Number.isFinite(Number(word)));
    const box = odd === undefined ? read(words) : `"${odd}" is not a number`;
    if (typeof box === "string") return refused(file, `line ${i + 1}`, box);
    boxes.push(box);
  }
  return taken(boxes);
}
