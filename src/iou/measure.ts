/** The measures as torchvision.ops defines them: box_iou, generalized_, distance_ and complete_box_iou. */
import type {Box} from "./box.js";
import {overlap} from "./overlap.js";
import {aspect} from "./penalties/aspect.js";
import {centerDistance} from "./penalties/center-distance.js";
import {emptyShare} from "./penalties/empty-share.js";
import type {Penalty, PenaltyInput} from "./penalties/penalty.js";
import {ratio} from "./sloped.js";

/** torchvision's eps in distance_box_iou and complete_box_iou; the other two have none. */
const eps = 1e-7;

function input(prediction: Box, target: Box, eps: number): PenaltyInput {
  const shared = overlap(prediction, target);
  const iou = ratio(shared.intersection, shared.union);
  return {prediction, target, shared, iou, options: {eps, imageWidth: 640, imageHeight: 640, alpha: 3}};
}

function less(parts: PenaltyInput, ...penalties: readonly ((parts: PenaltyInput) => Penalty)[]): number {
  return penalties.reduce((value, penalty) => value - penalty(parts).value, parts.iou.value);
}

/** Intersection over union, in [0, 1]; NaN where both areas are zero, as torchvision's box_iou. */
export function iou(a: Box, b: Box): number {
  return input(a, b, 0).iou.value;
}

/** Generalised IoU, in (−1, 1]; torchvision's generalized_box_iou. */
export function giou(a: Box, b: Box): number {
  return less(input(a, b, 0), emptyShare);
}

/** Distance IoU, in (−1, 1]; torchvision's distance_box_iou. */
export function diou(a: Box, b: Box): number {
  return less(input(a, b, eps), centerDistance);
}

/** Complete IoU; torchvision's complete_box_iou. NaN where a box has neither width nor height. */
export function ciou(a: Box, b: Box): number {
  return less(input(a, b, eps), centerDistance, aspect);
}
