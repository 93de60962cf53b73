/** Real pairs of detection and ground truth, and how differently the measures judge them. */
import {ciou, diou, giou, iou} from "./iou.js";
import type {Box} from "./iou.js";

/** Boxes in pixels of the image, outlines as flat lists x, y, x, y, … */
export interface CocoPair {
  readonly image: number;
  readonly width: number;
  readonly height: number;
  readonly category: string;
  readonly score: number;
  readonly prediction: Box;
  readonly target: Box;
  readonly outline: readonly (readonly number[])[];
}

export type RankedMeasure = "iou" | "giou" | "diou" | "ciou";

export interface RankedPair extends CocoPair {
  readonly values: Readonly<Record<RankedMeasure, number>>;
  /** Largest value less smallest: all four measures are 1 for a perfect fit, so what is between them is disagreement. */
  readonly disagreement: number;
}

/** The pairs, those first about which the measures disagree most. */
export function rankByDisagreement(pairs: readonly CocoPair[]): readonly RankedPair[] {
  return pairs
    .map((pair) => {
      const {prediction, target} = pair;
      const values = {
        iou: iou(prediction, target),
        giou: giou(prediction, target),
        diou: diou(prediction, target),
        ciou: ciou(prediction, target)
      };
      const all = Object.values(values);
      return {...pair, values, disagreement: Math.max(...all) - Math.min(...all)};
    })
    .sort((a, b) => b.disagreement - a.disagreement);
}
