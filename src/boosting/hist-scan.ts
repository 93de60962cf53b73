/** The search for a node's best split in its histogram. */
import type {Bins} from "./bins.js";
import {splitGain} from "./gain.js";
import type {Candidate} from "./gain.js";
import type {Open} from "./grow.js";
import {slotOf} from "./histogram.js";
import type {XgboostParams} from "./xgboost-params.js";

/** Scans the bins of every column from both ends: missing values go with the far side. */
export function findSplit(
  node: Open, histogram: Float64Array, bins: Bins, params: XgboostParams, columns: Int32Array, trace: boolean
): void {
  for (const column of columns) {
    const forward = scan(node, histogram, bins, params, column, false, trace);
    if (forward.g !== node.gradient || forward.h !== node.hessian) scan(node, histogram, bins, params, column, true, trace);
  }
}

function scan(
  node: Open, histogram: Float64Array, bins: Bins, params: XgboostParams, feature: number, backward: boolean, trace: boolean
) {
  const {gradient, hessian, score} = node;
  const {minChildWeight, regLambda, regAlpha, maxDeltaStep} = params;
  const isPlain = !trace && regAlpha === 0 && maxDeltaStep === 0;
  const count = bins.starts[feature + 1]! - bins.starts[feature]!;
  const step = backward ? -2 : 2;
  let at = 2 * (slotOf(bins, feature) + (backward ? count - 1 : 0));
  let g = 0;
  let h = 0;
  let best = node.best.gain;
  let found = -1;
  let [foundG, foundH] = [0, 0];
  for (let i = 0; i < count; i++, at += step) {
    g += histogram[at]!;
    h += histogram[at + 1]!;
    const restG = gradient - g;
    const restH = hessian - h;
    if (h < minChildWeight || restH < minChildWeight) {
      if (trace) node.candidates.push(candidateAt(node, bins, feature, backward, i, g, h, -Infinity));
      continue;
    }
    if (isPlain) {
      // Most candidates are far from the best, which shows without a division; the margin is wider than all rounding.
      const a = h + regLambda;
      const b = restH + regLambda;
      if ((g * g * b + restG * restG * a) * 1.000001 < (best + score) * a * b) continue;
    }
    const gain = backward ? splitGain(params, restG, restH, g, h, score) : splitGain(params, g, h, restG, restH, score);
    if (trace) node.candidates.push(candidateAt(node, bins, feature, backward, i, g, h, gain));
    if (gain > best && gain < Infinity) {
      best = gain;
      found = i;
      foundG = g;
      foundH = h;
    }
  }
  if (found >= 0) node.best = candidateAt(node, bins, feature, backward, found, foundG, foundH, best);
  return {g, h};
}

/** The split whose near side, the one scanned first, ends with the `i`-th bin scanned and sums up to g and h. */
function candidateAt(
  {gradient, hessian}: Open, {starts, below, cuts}: Bins, feature: number, backward: boolean, i: number,
  g: number, h: number, gain: number
): Candidate {
  const [restG, restH] = [gradient - g, hessian - h];
  if (!backward) return {feature, threshold: cuts[starts[feature]! + i]!, defaultLeft: false, gl: g, hl: h, gr: restG, hr: restH, gain};
  const bin = starts[feature + 1]! - 1 - i;
  const threshold = bin === starts[feature] ? below[feature]! : cuts[bin - 1]!;
  return {feature, threshold, defaultLeft: true, gl: restG, hl: restH, gr: g, hr: h, gain};
}
