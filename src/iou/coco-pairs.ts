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

const measures = {iou, giou, diou, ciou};
export type RankedMeasure = keyof typeof measures;

export interface RankedPair extends CocoPair {
  /** The pair's place among all pairs by each measure, 1 the best. */
  readonly ranks: Readonly<Record<RankedMeasure, number>>;
  /** How many places the measures lie apart. */
  readonly disagreement: number;
}

/** The pairs, those first on whose place among all the measures disagree most. */
export function rankByDisagreement(pairs: readonly CocoPair[]): readonly RankedPair[] {
  const names = Object.keys(measures) as RankedMeasure[];
  const places = names.map((name) => placesOf(pairs.map((pair) => measures[name](pair.prediction, pair.target))));
  return pairs
    .map((pair, i) => {
      const mine = places.map((place) => place[i]!);
      const ranks = Object.fromEntries(names.map((name, k) => [name, mine[k]])) as Record<RankedMeasure, number>;
      return {...pair, ranks, disagreement: Math.max(...mine) - Math.min(...mine)};
    })
    .sort((a, b) => b.disagreement - a.disagreement);
}

/** Place of each value from the largest down, 1 first; equal values share the mean place, undefined ones come last. */
export function placesOf(values: readonly number[]): readonly number[] {
  const order = values.map((value, i) => ({value: Number.isNaN(value) ? -Infinity : value, i}));
  order.sort((a, b) => b.value - a.value);
  const places = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && order[end]!.value === order[start]!.value) end++;
    for (let k = start; k < end; k++) places[order[k]!.i] = (start + 1 + end) / 2;
    start = end;
  }
  return places;
}
