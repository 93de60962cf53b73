import {ratio, squared, sum} from "../sloped.js";
import type {Penalty, PenaltyInput} from "./penalty.js";

/** DIoU: squared centre distance over squared enclosing diagonal, ρ² / c² (Zheng and others, AAAI 2020). */
export function centerDistance({shared, options: {eps}}: PenaltyInput): Penalty {
  const {dx, dy, enclosingWidth, enclosingHeight} = shared;
  const rho2 = sum(squared(dx), squared(dy));
  const diagonal2 = sum(squared(enclosingWidth), squared(enclosingHeight));
  const distance = ratio(rho2, diagonal2, eps);
  return {
    value: distance.value,
    slope: distance.slope,
    terms: () => ({
      dx: dx.value,
      dy: dy.value,
      centerDistance2: rho2.value,
      enclosingWidth: enclosingWidth.value,
      enclosingHeight: enclosingHeight.value,
      diagonal2: diagonal2.value,
      distanceTerm: distance.value
    })
  };
}
