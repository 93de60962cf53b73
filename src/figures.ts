/** The catalogue: every figure's id, title, and where its code is. A figure not listed here cannot be embedded. */
import type {Figure} from "./notebook/figure.js";
import {lazyFigure} from "./notebook/lazy-figure.js";

interface Entry {
  readonly title: string;
  /** Height kept free while the figure loads, in pixels at full width. */
  readonly height: number;
  readonly load: () => Promise<unknown>;
}

const entries = {
  "iou/box-playground": {
    title: "Two boxes, every measure",
    height: 980,
    load: () => import("./iou/figures/box-playground.js").then((module) => module.boxPlayground)
  },
  "iou/same-distance": {
    title: "Same distance, different IoU",
    height: 530,
    load: () => import("./iou/figures/same-distance.js").then((module) => module.sameDistance)
  },
  "iou/regression-race": {
    title: "Regression race",
    height: 780,
    load: () => import("./iou/figures/regression-race.js").then((module) => module.regressionRace)
  },
  "iou/loss-surface": {
    title: "The loss as a landscape",
    height: 420,
    load: () => import("./iou/figures/loss-surface.js").then((module) => module.lossSurface)
  },
  "iou/regression-experiment": {
    title: "1,715,000 boxes, regressed at once",
    height: 800,
    load: () => import("./iou/figures/regression-experiment.js").then((module) => module.regressionExperiment)
  },
  "relu/functions": {
    title: "Function and derivative",
    height: 860,
    load: () => import("./relu/figures/functions.js").then((module) => module.functions)
  },
  "relu/signal-depth": {
    title: "Signal through depth",
    height: 960,
    load: () => import("./relu/figures/signal-depth.js").then((module) => module.signalDepth)
  },
  "relu/one-network": {
    title: "One network, opened",
    height: 1100,
    load: () => import("./relu/figures/one-network.js").then((module) => module.oneNetwork)
  },
  "relu/born-dead": {
    title: "Born dead",
    height: 640,
    load: () => import("./relu/figures/born-dead.js").then((module) => module.bornDead)
  }
} satisfies Record<string, Entry>;

export type FigureId = keyof typeof entries;

export const figureIds = Object.keys(entries) as FigureId[];

export const figureTitle = (id: FigureId): string => entries[id].title;

/** Loads a figure's code. @throws Error naming the ids that exist, when `id` is none of them */
export async function loadFigure(id: string): Promise<Figure> {
  if (!Object.hasOwn(entries, id)) throw new Error(`no figure ${id}; there are ${figureIds.join(", ")}`);
  // Figures differ in their schema; whoever loads one by its id treats the state as plain JSON.
  return (await entries[id as FigureId].load()) as unknown as Figure;
}

/** A figure for a page, loaded when the reader comes near it. */
export function figure(id: FigureId, invalidation: Promise<unknown>): HTMLElement {
  return lazyFigure(() => loadFigure(id), {id, ...entries[id], invalidation});
}
