/** Gradient descent of one box towards another, as in the DIoU paper's simulation (Zheng and others, AAAI 2020). */
import {toCorners} from "./box.js";
import type {Box, CenterBox} from "./box.js";
import {boxDistance} from "./distance.js";
import type {DistanceKind} from "./distance.js";
import {boxLoss} from "./loss.js";
import type {LossKind} from "./loss.js";
import {overlap} from "./overlap.js";
import type {LossOptions} from "./penalties/penalty.js";

export type DescentKind = LossKind | DistanceKind;

/**
 * "published" is the gradient of the authors' script, in which, for DIoU and CIoU, the enclosing width falls as the
 * prediction widens wherever the prediction covers the target on both sides (likewise the height); calculus has it rise.
 */
export type Sign = "true" | "published";

export interface Pull {
  /** −∂loss/∂(x, y, w, h), NaN taken as 0. */
  readonly pull: CenterBox;
  readonly iou: number;
  readonly loss: number;
}

// The simulation has no eps but CIoU's own; it never meets an empty box.
const simulation: LossOptions = {eps: 0};

/**
 * Where the loss pulls the box. CIoU's aspect term drops the factor 1/(w² + h²), as the paper says it does for
 * stability; pass `simulation: false` for the gradient that torchvision has, eps included.
 */
export function descentPull(
  kind: DescentKind,
  box: CenterBox,
  target: CenterBox,
  {sign = "true", options = simulation}: {readonly sign?: Sign; readonly options?: LossOptions} = {}
): Pull {
  const prediction = toCorners(box);
  const goal = toCorners(target);
  if (kind === "l1" || kind === "l2") {
    const {value, gradient} = boxDistance(kind, prediction, goal);
    return {pull: alongCenter(gradient), iou: plainIou(prediction, goal), loss: value};
  }
  // The paper's CIoU is DIoU's gradient plus an aspect term of its own.
  const loss = boxLoss(kind === "ciou" ? "diou" : kind, prediction, goal, options);
  const [x, y, w, h] = alongCenter(loss.gradient);
  const iou = plainIou(prediction, goal);
  if (kind !== "diou" && kind !== "ciou") return {pull: [x, y, w, h], iou, loss: loss.value};
  const [flipW, flipH] = sign === "published" ? flippedEnclosing(box, target) : [0, 0];
  const [turnW, turnH, term] = kind === "ciou" ? aspectPull(box, target, iou) : [0, 0, 0];
  return {pull: [x, y, w + flipW + turnW, h + flipH + turnH], iou, loss: loss.value + term};
}

/** −gradient along corners to −gradient along centre and size. */
function alongCenter([x1, y1, x2, y2]: Box): CenterBox {
  return [number(-x1 - x2), number(-y1 - y2), number((x1 - x2) / 2), number((y1 - y2) / 2)];
}

/** 0/0 pulls nowhere. */
function number(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}

function plainIou(prediction: Box, target: Box): number {
  const {intersection, union} = overlap(prediction, target);
  return number(intersection.value / union.value);
}

/** What the script's sign adds to DIoU's pull on w and h. */
function flippedEnclosing([x, y, w, h]: CenterBox, [X, Y, W, H]: CenterBox): readonly [number, number] {
  const enclosingWidth = Math.max(x + w / 2, X + W / 2) - Math.min(x - w / 2, X - W / 2);
  const enclosingHeight = Math.max(y + h / 2, Y + H / 2) - Math.min(y - h / 2, Y - H / 2);
  const distance2 = (x - X) ** 2 + (y - Y) ** 2;
  const factor = (-4 * distance2) / (enclosingWidth ** 2 + enclosingHeight ** 2) ** 2;
  const coversWidth = x - w / 2 < X - W / 2 && x + w / 2 > X + W / 2;
  const coversHeight = y - h / 2 < Y - H / 2 && y + h / 2 > Y + H / 2;
  return [coversWidth ? factor * enclosingWidth : 0, coversHeight ? factor * enclosingHeight : 0];
}

/** CIoU's pull on w and h without the factor 1/(w² + h²), and α v itself. */
function aspectPull([, , w, h]: CenterBox, [, , W, H]: CenterBox, iou: number): readonly [number, number, number] {
  const turn = Math.atan(W / H) - Math.atan(w / h);
  const v = (4 / Math.PI ** 2) * turn * turn;
  const alpha = v / (1 - iou + v + 1e-7);
  const pull = ((alpha * 8) / Math.PI ** 2) * turn;
  return [number(pull * h), number(-pull * w), number(alpha * v)];
}

export interface DescentOptions {
  readonly steps: number;
  /** Learning rate at step k, counted from 0. */
  readonly learningRate: (step: number) => number;
  readonly sign?: Sign;
  /** Whether the pull is multiplied by 2 − IoU, as in the paper: the nearer, the smaller the steps. */
  readonly slowNearTarget?: boolean;
  readonly options?: LossOptions;
}

export interface DescentStep {
  readonly step: number;
  readonly box: CenterBox;
  readonly iou: number;
  readonly loss: number;
  /** Σ|box − target| over x, y, w, h. */
  readonly error: number;
  /** Largest absolute component of the pull: 0 where the loss is blind. */
  readonly steepness: number;
}

/** The paper's schedule: 0.1 for steps 1–160, 0.01 for 161–180, 0.001 for 181–200. */
export function paperLearningRate(step: number): number {
  return step < 160 ? 0.1 : step < 180 ? 0.01 : 0.001;
}

/** Descends from `start`: yields step 0 (the start itself) to `steps`, each before the move that leaves it. */
export function* descend(
  kind: DescentKind,
  start: CenterBox,
  target: CenterBox,
  {steps, learningRate, sign = "true", slowNearTarget = true, options = simulation}: DescentOptions
): Generator<DescentStep, CenterBox> {
  let box = start;
  for (let step = 0; ; step++) {
    const {pull, iou, loss} = descentPull(kind, box, target, {sign, options});
    yield {step, box, iou, loss, error: coordinateError(box, target), steepness: Math.max(...pull.map(Math.abs))};
    if (step === steps) return box;
    box = moved(box, pull, learningRate(step) * (slowNearTarget ? 2 - iou : 1));
  }
}

export function moved(box: CenterBox, pull: CenterBox, rate: number): CenterBox {
  return [box[0] + rate * pull[0], box[1] + rate * pull[1], box[2] + rate * pull[2], box[3] + rate * pull[3]];
}

/** Σ|box − target| over x, y, w, h. */
export function coordinateError(box: CenterBox, target: CenterBox): number {
  return (
    Math.abs(box[0] - target[0]) + Math.abs(box[1] - target[1]) + Math.abs(box[2] - target[2]) + Math.abs(box[3] - target[3])
  );
}
