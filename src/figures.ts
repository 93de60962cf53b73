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
  "map/step-through": {
    title: "Step through AP",
    height: 1010,
    load: () => import("./map/figures/step-through.js").then((module) => module.stepThrough)
  },
  "map/mean": {
    title: "The mean in mAP",
    height: 860,
    load: () => import("./map/figures/mean.js").then((module) => module.mean)
  },
  "map/bring-your-own": {
    title: "Bring your own",
    height: 960,
    load: () => import("./map/figures/bring-your-own.js").then((module) => module.bringYourOwn)
  },
  "map/misleads": {
    title: "Where mAP misleads",
    height: 740,
    load: () => import("./map/figures/misleads.js").then((module) => module.misleads)
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
  "relu/train-ensemble": {
    title: "Hundreds of networks at once",
    height: 860,
    load: () => import("./relu/figures/train-ensemble.js").then((module) => module.trainEnsemble)
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
  },
  "boosting/round-by-round": {
    title: "Boosting, round by round",
    height: 1000,
    load: () => import("./boosting/figures/round-by-round.js").then((module) => module.roundByRound)
  },
  "boosting/one-split": {
    title: "One split, worked through",
    height: 900,
    load: () => import("./boosting/figures/one-split.js").then((module) => module.oneSplitFigure)
  },
  "boosting/two-dimensions": {
    title: "In two dimensions",
    height: 1050,
    load: () => import("./boosting/figures/two-dimensions.js").then((module) => module.twoDimensions)
  },
  "boosting/missing-values": {
    title: "Missing values",
    height: 640,
    load: () => import("./boosting/figures/missing-values.js").then((module) => module.missingValues)
  },
  "boosting/importance": {
    title: "Which features matter",
    height: 560,
    load: () => import("./boosting/figures/importance.js").then((module) => module.importanceFigure)
  },
  "boosting/speed": {
    title: "Speed",
    height: 620,
    load: () => import("./boosting/figures/speed.js").then((module) => module.speedFigure)
  },
  "boosting/bring-your-own": {
    title: "Bring your own CSV",
    height: 980,
    load: () => import("./boosting/figures/bring-your-own.js").then((module) => module.bringYourOwn)
  },
  "focal-loss/loss-opened": {
    title: "Focal loss, opened",
    height: 760,
    load: () => import("./focal-loss/figures/loss-opened.js").then((module) => module.lossOpened)
  },
  "focal-loss/remedies": {
    title: "Remedies, side by side",
    height: 1000,
    load: () => import("./focal-loss/figures/remedies.js").then((module) => module.remedies)
  },
  "focal-loss/who-makes-the-loss": {
    title: "Who makes the loss",
    height: 560,
    load: () => import("./focal-loss/figures/who-makes-the-loss.js").then((module) => module.whoMakesTheLoss)
  },
  "focal-loss/prior": {
    title: "The prior at initialisation",
    height: 620,
    load: () => import("./focal-loss/figures/prior.js").then((module) => module.prior)
  },
  "focal-loss/multi-label": {
    title: "Several labels at once",
    height: 560,
    load: () => import("./focal-loss/figures/multi-label.js").then((module) => module.multiLabel)
  },
  "focal-loss/multi-label-training": {
    title: "Several labels, trained",
    height: 470,
    load: () => import("./focal-loss/figures/multi-label-training.js").then((module) => module.multiLabelTraining)
  },
  "lstm/one-step": {
    title: "One step of one cell",
    height: 720,
    load: () => import("./lstm/figures/one-step.js").then((module) => module.oneStep)
  },
  "lstm/gradient-flow": {
    title: "Where the gradient goes",
    height: 560,
    load: () => import("./lstm/figures/gradient-flow.js").then((module) => module.gradientFlowFigure)
  },
  "lstm/train-memory": {
    title: "Train it to remember",
    height: 900,
    load: () => import("./lstm/figures/train-memory.js").then((module) => module.trainMemory)
  },
  "lstm/parallel": {
    title: "What runs in parallel",
    height: 760,
    load: () => import("./lstm/figures/parallel.js").then((module) => module.parallelFigure)
  },
  "tree-of-thought/tree": {
    title: "The tree, step by step",
    height: 1000,
    load: () => import("./tree-of-thought/figures/tree.js").then((module) => module.tree)
  },
  "tree-of-thought/chain-beside-tree": {
    title: "Chain beside tree",
    height: 800,
    load: () => import("./tree-of-thought/figures/chain-beside-tree.js").then((module) => module.chainBesideTree)
  },
  "tree-of-thought/many-puzzles": {
    title: "Over many puzzles",
    height: 700,
    load: () => import("./tree-of-thought/figures/many-puzzles.js").then((module) => module.manyPuzzles)
  },
  "tree-of-thought/gpt-4-runs": {
    title: "The paper's own runs, replayed",
    height: 1150,
    load: () => import("./tree-of-thought/figures/gpt-4-runs.js").then((module) => module.loadGpt4Runs())
  },
  "tree-of-thought/for-ever": {
    title: "Can it run for ever?",
    height: 980,
    load: () => import("./tree-of-thought/figures/for-ever.js").then((module) => module.forEver)
  },
  "tree-of-thought/judge": {
    title: "Train the judge yourself",
    height: 520,
    load: () => import("./tree-of-thought/figures/judge-figure.js").then((module) => module.judgeFigure)
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
