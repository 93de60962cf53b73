/** Planted features, and what each measure of importance makes of them. */
import {boost} from "./boost.js";
import {importance, permutationImportance} from "./importance.js";
import {gaussian, uniform} from "./sample.js";
import type {Table} from "./table.js";

export const plantedFeatures = ["strong", "twin", "curve", "switch", "noise", "coin"] as const;
export type Planted = (typeof plantedFeatures)[number];
export const measures = ["weight", "gain", "cover", "permutation"] as const;
export type Measure = (typeof measures)[number];

export interface ImportanceConfig {
  readonly features: readonly Planted[];
  /** How close the twin is: 1 for a copy of "strong". */
  readonly likeness: number;
  readonly rows: number;
  readonly rounds: number;
  readonly depth: number;
  readonly seeds: number;
  readonly seed: number;
}

export interface ImportanceSnapshot {
  readonly progress: {readonly done: number; readonly total: number};
  /** By measure, then feature: its share of the measure's sum (permutation: the rise of the log loss), one a seed. */
  readonly shares: Readonly<Record<Measure, readonly (readonly number[])[]>>;
}

/** A snapshot a seed: new data, a new model, all measures; permutation on rows the model has not seen. */
export function* importanceExperiment(config: ImportanceConfig): Generator<ImportanceSnapshot, void> {
  const {features, rounds, depth, seeds, seed, rows} = config;
  const shares = Object.fromEntries(measures.map((measure) => [measure, features.map((): number[] => [])])) as Record<Measure, number[][]>;
  for (let s = 0; s < seeds; s++) {
    const random = uniform(seed * 1000 + s);
    const [train, test] = [planted(config, rows, random), planted(config, rows, random)];
    const training = boost(train, {objective: "binary:logistic", treeMethod: "hist", numBoostRound: rounds, maxDepth: depth, eta: 0.2});
    let step = training.next();
    while (!step.done) step = training.next();
    for (const measure of measures) {
      const values = measure === "permutation" ? permutationImportance(step.value, test, random, 2).mean : importance(step.value, measure);
      const sum = measure === "permutation" ? 1 : values.reduce((a, b) => a + b, 0) || 1;
      values.forEach((value, column) => shares[measure][column]!.push(value / sum));
    }
    yield {progress: {done: s + 1, total: seeds}, shares};
  }
}

/**
 * strong: a straight effect. twin: strong again, or nearly. curve: an effect up and down. switch: 0 or 1, decides
 * alone but rarely is 1. noise: continuous, no effect. coin: 0 or 1, no effect.
 */
function planted({features, likeness}: ImportanceConfig, rows: number, random: () => number): Table {
  const values = new Float32Array(rows * features.length);
  const labels = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const strong = gaussian(random);
    const of: Record<Planted, number> = {
      strong,
      twin: likeness * strong + Math.sqrt(1 - likeness * likeness) * gaussian(random),
      curve: 2 * random() - 1,
      switch: Number(random() < 0.06),
      noise: gaussian(random),
      coin: Number(random() < 0.5)
    };
    const score = 1.6 * of.strong + 1.5 * Math.sin(4 * of.curve) + 7 * of.switch - 0.4;
    labels[row] = Number(random() < 1 / (1 + Math.exp(-score)));
    features.forEach((feature, column) => (values[row * features.length + column] = of[feature]));
  }
  return {features: values, rows, columns: features.length, labels, featureNames: features};
}
