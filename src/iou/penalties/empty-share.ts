import {difference, product, ratio} from "../sloped.js";
import type {Penalty, PenaltyInput} from "./penalty.js";

/** GIoU: the share of the enclosing box that neither box fills, (C − U) / C (Rezatofighi and others, CVPR 2019). */
export function emptyShare({shared, options: {eps}}: PenaltyInput): Penalty {
  const {union, enclosingWidth, enclosingHeight} = shared;
  const enclosing = product(enclosingWidth, enclosingHeight);
  const share = ratio(difference(enclosing, union), enclosing, eps);
  return {
    value: share.value,
    slope: share.slope,
    terms: () => ({
      enclosingWidth: enclosingWidth.value,
      enclosingHeight: enclosingHeight.value,
      enclosingArea: enclosing.value,
      emptyShare: share.value
    })
  };
}
