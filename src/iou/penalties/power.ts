import {through} from "../sloped.js";
import type {Penalty, PenaltyInput} from "./penalty.js";

/** α-IoU: 1 − IoU^α instead of 1 − IoU, that is IoU − IoU^α more (He and others, NeurIPS 2021, arXiv 2110.13675). */
export function power({iou, options: {alpha}}: PenaltyInput): Penalty {
  const raised = iou.value ** alpha;
  const {value, slope} = through(iou, iou.value - raised, 1 - alpha * iou.value ** (alpha - 1));
  return {value, slope, terms: () => ({power: alpha, raisedIou: raised})};
}
