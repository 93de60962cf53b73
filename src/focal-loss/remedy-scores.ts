/** What a trained network's answers on unseen points are worth. */
import {areaOf, precisionRecallCurve} from "./average-precision.js";
import {expectedCalibrationError, reliabilityBins} from "./calibration.js";
import type {ReliabilityBin} from "./calibration.js";
import {sigmoid} from "./sigmoid.js";

export interface Scores {
  readonly averagePrecision: number;
  /** At probability ½: the share of rare points found, and of alarms that are right (NaN when there is none). */
  readonly recall: number;
  readonly precision: number;
  readonly accuracy: number;
  /** Expected calibration error, and the mean probability of the rare class. */
  readonly calibrationError: number;
  readonly meanProbability: number;
  readonly bins: readonly ReliabilityBin[];
  /** Precision at recalls 0, 1/50, …, 1: the best that any threshold of at least that recall has. */
  readonly precisionAt: Float64Array;
}

export const recallGrid = Array.from({length: 51}, (_, i) => i / 50);

/** @param logits, labels one each a point */
export function scoresOf(logits: ArrayLike<number>, labels: ArrayLike<number>): Scores {
  const {precision, recall} = precisionRecallCurve(logits, labels);
  const probabilities = Float64Array.from(logits as ArrayLike<number>, sigmoid);
  let [alarms, hits, right, rare, mass] = [0, 0, 0, 0, 0];
  for (let i = 0; i < probabilities.length; i++) {
    const [alarm, label] = [probabilities[i]! >= 0.5, labels[i] === 1];
    alarms += Number(alarm);
    hits += Number(alarm && label);
    right += Number(alarm === label);
    rare += Number(label);
    mass += probabilities[i]!;
  }
  const bins = reliabilityBins(probabilities, labels);
  return {
    averagePrecision: areaOf({precision, recall}),
    recall: hits / Math.max(1, rare),
    precision: hits / alarms,
    accuracy: right / probabilities.length,
    calibrationError: expectedCalibrationError(bins),
    meanProbability: mass / probabilities.length,
    bins,
    precisionAt: onGrid(precision, recall)
  };
}

/** Recall falls along the curve, so the best precision at recall ≥ r is a running maximum from its beginning. */
function onGrid(precision: Float64Array, recall: Float64Array): Float64Array {
  const values = new Float64Array(recallGrid.length);
  let [best, at] = [0, 0];
  for (let k = recallGrid.length - 1; k >= 0; k--) {
    while (at < recall.length && recall[at]! >= recallGrid[k]! - 1e-12) best = Math.max(best, precision[at++]!);
    values[k] = best;
  }
  return values;
}
