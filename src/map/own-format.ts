/** Which format a file of the reader's is in, by its name and its first lines. */
import type {ImageSize} from "./box-lines.js";
import {stemOf} from "./side-files.js";

export interface OwnText {
  readonly name: string;
  readonly text: string;
}

/** What may come beside the box files. */
export interface SideInformation {
  /** Names of YOLO's classes, by number. */
  readonly names: readonly string[];
  /** By the images' names without extension. */
  readonly sizes: ReadonlyMap<string, ImageSize>;
  /** The size of every image that `sizes` does not have. */
  readonly size: ImageSize | null;
}

export type OwnFormat = "coco" | "voc" | "yolo" | "pixels" | "voc-results";

/** @param images the ground truth's images, in a file of detections: six values a line that begin with one are VOC's results */
export function formatOf({name, text}: OwnText, images?: ReadonlySet<string>): OwnFormat {
  if (/\.json$/i.test(name) || /^[\s\uFEFF]*[[{]/.test(text)) return "coco";
  if (/\.xml$/i.test(name) || /^[\s\uFEFF]*</.test(text)) return "voc";
  const lines = text.split(/\r?\n/, 50).map((line) => line.trim().split(/\s+/)).filter(([word]) => word !== "");
  if (/_det_/i.test(name) || lines.some(([word = "", ...rest]) => rest.length === 5 && images?.has(stemOf(word)))) return "voc-results";
  const isYolo = lines.every(([label = "", ...words]) => /^\d+$/.test(label) && words.every((word) => Number(word) >= 0 && Number(word) <= 1));
  return isYolo && lines.length > 0 ? "yolo" : "pixels";
}

/** Whether a file says something about the others, and what. */
export function sideOf(name: string): "names" | "sizes" | "image" | null {
  if (/(?:^|[/\\])(?:classes|labels|names|obj)\.(?:txt|names)$|\.names$|\.ya?ml$/i.test(name)) return "names";
  if (/(?:^|[/\\])(?:image[-_]?)?sizes?\.(?:txt|csv|tsv)$|\.csv$/i.test(name)) return "sizes";
  return /\.(?:jpe?g|png|webp|gif|bmp)$/i.test(name) ? "image" : null;
}
