/** Why a measure has no value: the page explains these instead of printing NaN. */
import type {Box} from "./box.js";
import type {LossKind} from "./loss.js";

export type Undefined = "zero-area-both" | "zero-size-aspect";

/**
 * The reason that `kind` is 0/0 for these boxes, as it is in torchvision, or null where it has a value: intersection
 * over union of two boxes without area, or the aspect ratio of a box with neither width nor height.
 */
export function whyUndefined(kind: LossKind, prediction: Box, target: Box): Undefined | null {
  if (area(prediction) === 0 && area(target) === 0) return "zero-area-both";
  if (kind === "ciou" && (isPoint(prediction) || isPoint(target))) return "zero-size-aspect";
  return null;
}

function area([x1, y1, x2, y2]: Box): number {
  return (x2 - x1) * (y2 - y1);
}

function isPoint([x1, y1, x2, y2]: Box): boolean {
  return x1 === x2 && y1 === y2;
}
