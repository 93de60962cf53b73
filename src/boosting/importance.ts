/** Which features matter, by XGBoost's measures on the trees and by permutation on data. */
import type {BoostedTrees} from "./boost.js";
import {meanLoss} from "./objective.js";
import {shuffled} from "./sample.js";
import type {Table} from "./table.js";
import {predict} from "./xgboost.js";
import {groupsOf} from "./xgboost-params.js";

export type ImportanceType = "weight" | "gain" | "cover" | "total_gain" | "total_cover";

/** As the library's get_score: splits on each column, their mean or total gain or cover; 0 where there is no split. */
export function importance({trees, columns}: BoostedTrees, type: ImportanceType): Float64Array {
  const [sum, count] = [new Float64Array(columns), new Float64Array(columns)];
  for (const {left, feature, gain, cover} of trees) {
    left.forEach((child, node) => {
      if (child < 0) return;
      count[feature[node]!]!++;
      sum[feature[node]!]! += type.endsWith("gain") ? gain[node]! : cover[node]!;
    });
  }
  if (type === "weight") return count;
  return type.startsWith("total") ? sum : sum.map((total, column) => (count[column] ? total / count[column] : 0));
}

/** How much the mean loss rises when a column's values change places between the rows: its mean over `repeats`. */
export function permutationImportance(
  model: BoostedTrees, data: Table, random: () => number, repeats = 5
): {readonly mean: Float64Array; readonly deviation: Float64Array} {
  const groups = groupsOf(model);
  const lossOf = (features: Float32Array) =>
    meanLoss(model.objective, data.labels, predict(model, {...data, features}, {margin: true}), groups);
  const base = lossOf(data.features);
  const [mean, deviation] = [new Float64Array(data.columns), new Float64Array(data.columns)];
  for (let column = 0; column < data.columns; column++) {
    const rises = Array.from({length: repeats}, () => {
      const features = data.features.slice();
      shuffled(data.rows, random).forEach((from, row) => {
        features[row * data.columns + column] = data.features[from * data.columns + column]!;
      });
      return lossOf(features) - base;
    });
    mean[column] = rises.reduce((a, b) => a + b) / repeats;
    deviation[column] = Math.sqrt(rises.reduce((sum, rise) => sum + (rise - mean[column]!) ** 2, 0) / repeats);
  }
  return {mean, deviation};
}
