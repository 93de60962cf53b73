/** Which file and export holds each figure, read from the catalogue's own text: a module of one figure imports no other. */
import {readFileSync} from "node:fs";
import {figureIds, figureTitle} from "../src/figures.js";
import type {FigureId} from "../src/figures.js";

export interface CataloguedFigure {
  readonly id: FigureId;
  readonly title: string;
  /** Height kept free for it, in pixels. */
  readonly height: number;
  /** Its file below src/, such as "iou/figures/box-playground.js". */
  readonly file: string;
  /** The name it is exported under. */
  readonly name: string;
  /** Whether that is a function to call for the figure: one whose data comes with it. */
  readonly called: boolean;
}

const entry = /"([\w-]+\/[\w-]+)":\s*\{[^}]*?height:\s*(\d+),\s*load:[^}]*?import\("\.\/([^"]+)"\)[^}]*?=>\s*module\.(\w+)(\(\))?/g;

/** @throws Error naming the figures whose entry is written some other way */
export function catalogue(): readonly CataloguedFigure[] {
  const source = readFileSync("src/figures.ts", "utf8");
  const found = [...source.matchAll(entry)].map(([, id, height, file, name, call]) => ({
    id: id as FigureId,
    title: figureTitle(id as FigureId),
    height: Number(height),
    file: file!,
    name: name!,
    called: call !== undefined
  }));
  const missing = figureIds.filter((id) => !found.some((figure) => figure.id === id));
  if (missing.length > 0) throw new Error(`src/figures.ts: no import found in the entry of ${missing.join(", ")}`);
  return found;
}
