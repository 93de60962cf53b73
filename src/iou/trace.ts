/** A loss, one term at a time: the same computation as boxLoss, told in the order in which it is taught. */
import type {Box} from "./box.js";
import {boxLoss} from "./loss.js";
import type {Loss, LossKind} from "./loss.js";
import type {LossOptions} from "./penalties/penalty.js";

export type Term =
  | "intersection"
  | "union"
  | "iou"
  | "enclosing"
  | "empty-share"
  | "center-distance"
  | "diagonal"
  | "distance-term"
  | "aspect-angles"
  | "v"
  | "alpha"
  | "size-terms"
  | "angle-cost"
  | "distance-cost"
  | "shape-cost"
  | "power"
  | "corner-distances"
  | "loss";

export interface TraceStep {
  readonly term: Term;
  /** Every number of the computation: corners (x1…, of the target tx1…), the loss's terms, its value. */
  readonly values: Readonly<Record<string, number>>;
}

const beginning: readonly Term[] = ["intersection", "union", "iou"];
const distance: readonly Term[] = ["center-distance", "diagonal", "distance-term"];
const order: Readonly<Record<LossKind, readonly Term[]>> = {
  iou: [],
  giou: ["enclosing", "empty-share"],
  diou: distance,
  ciou: [...distance, "aspect-angles", "v", "alpha"],
  eiou: [...distance, "size-terms"],
  siou: ["center-distance", "angle-cost", "distance-cost", "shape-cost"],
  "alpha-iou": ["power"],
  mpdiou: ["corner-distances"]
};

/** Yields the terms of a loss in order and returns what boxLoss returns. */
export function* traceLoss(
  kind: LossKind,
  prediction: Box,
  target: Box,
  options: LossOptions = {}
): Generator<TraceStep, Loss> {
  const loss = boxLoss(kind, prediction, target, options);
  const [x1, y1, x2, y2] = prediction;
  const [tx1, ty1, tx2, ty2] = target;
  const values = {x1, y1, x2, y2, tx1, ty1, tx2, ty2, ...loss.terms(), loss: loss.value};
  for (const term of [...beginning, ...order[kind], "loss"] as const) yield {term, values};
  return loss;
}
