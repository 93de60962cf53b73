/**
 * The losses of the IoU family, float64: value, gradient with respect to the prediction's corners, and every named
 * intermediate on the way, so that what the stepper shows is what was computed.
 */
import type {Box} from "./box.js";
import {overlap} from "./overlap.js";
import {aspect} from "./penalties/aspect.js";
import {centerDistance} from "./penalties/center-distance.js";
import {cornerDistance} from "./penalties/corner-distance.js";
import {emptyShare} from "./penalties/empty-share.js";
import {bothPenalties, noPenalty} from "./penalties/penalty.js";
import type {LossOptions, Penalty, PenaltyInput, Terms} from "./penalties/penalty.js";
import {power} from "./penalties/power.js";
import {siouCosts} from "./penalties/siou.js";
import {sizeDifference} from "./penalties/size-difference.js";
import {combine, ratio} from "./sloped.js";

export const lossKinds = ["iou", "giou", "diou", "ciou", "eiou", "siou", "alpha-iou", "mpdiou"] as const;
export type LossKind = (typeof lossKinds)[number];

export interface Loss {
  readonly value: number;
  /** ∂loss/∂(x1, y1, x2, y2) of the prediction. */
  readonly gradient: Box;
  /** Every named intermediate of this very computation. */
  terms(): Terms;
}

const defaults: Required<LossOptions> = {eps: 1e-7, imageWidth: 640, imageHeight: 640, alpha: 3};

const penalties: Readonly<Record<LossKind, (input: PenaltyInput) => Penalty>> = {
  iou: () => noPenalty,
  giou: emptyShare,
  diou: centerDistance,
  ciou: (input) => bothPenalties(centerDistance(input), aspect(input)),
  eiou: (input) => bothPenalties(centerDistance(input), sizeDifference(input)),
  siou: siouCosts,
  "alpha-iou": power,
  mpdiou: cornerDistance
};

/**
 * The loss 1 − IoU + penalty of a prediction against a target. giou, diou and ciou are torchvision's
 * `*_box_iou_loss`; the others follow their papers, with eps placed alike. NaN where the formula is 0/0 (whyUndefined
 * says why).
 */
export function boxLoss(kind: LossKind, prediction: Box, target: Box, options: LossOptions = defaults): Loss {
  const settings = options === defaults ? defaults : {...defaults, ...options};
  const shared = overlap(prediction, target);
  const iou = ratio(shared.intersection, shared.union, settings.eps);
  const penalty = penalties[kind]({prediction, target, shared, iou, options: settings});
  return {
    value: 1 - iou.value + penalty.value,
    gradient: combine(penalty.slope, iou.slope, -1),
    terms: () => ({
      overlapWidth: shared.overlapWidth,
      overlapHeight: shared.overlapHeight,
      intersection: shared.intersection.value,
      predictionArea: shared.predictionArea,
      targetArea: shared.targetArea,
      union: shared.union.value,
      iou: iou.value,
      ...penalty.terms()
    })
  };
}
