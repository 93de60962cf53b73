/** How the room names and colours its losses: the same in every figure, control and sentence. */
import type {DistanceKind, LossKind} from "../iou.js";

export type AnyKind = LossKind | DistanceKind;

export const lossNames: Readonly<Record<LossKind, string>> = {
  iou: "IoU",
  giou: "GIoU",
  diou: "DIoU",
  ciou: "CIoU",
  eiou: "EIoU",
  siou: "SIoU",
  "alpha-iou": "α-IoU",
  mpdiou: "MPDIoU"
};

export const distanceNames: Readonly<Record<DistanceKind, string>> = {l1: "L1", l2: "L2"};

export const kindNames: Readonly<Record<AnyKind, string>> = {...lossNames, ...distanceNames};

export const kindColors: Readonly<Record<AnyKind, string>> = {
  iou: "var(--c11)",
  giou: "var(--c2)",
  diou: "var(--c3)",
  ciou: "var(--c8)",
  eiou: "var(--c4)",
  siou: "var(--c9)",
  "alpha-iou": "var(--c12)",
  mpdiou: "var(--c10)",
  l1: "var(--c7)",
  l2: "var(--c6)"
};

/** The two boxes keep these colours on the whole page; losses never use them. */
export const predictionColor = "var(--c1)";
export const targetColor = "var(--ink)";
