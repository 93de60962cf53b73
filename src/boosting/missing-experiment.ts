/** What missing values cost: XGBoost's learned directions against filling in and dropping rows, over rates and seeds. */
import {boost} from "./boost.js";
import type {BoostedTrees} from "./boost.js";
import {drain} from "./drain.js";
import {boostGbdt, predict as predictGbdt} from "./gbdt.js";
import {answersOfComplete, filled, fillings} from "./imputation.js";
import {gaussian, uniform} from "./sample.js";
import type {Table} from "./table.js";
import {predict} from "./xgboost.js";

export type Mechanism = "random" | "large" | "label";
export const methods = ["xgboost", "mean", "median", "frequent", "deletion"] as const;
export type Method = (typeof methods)[number];
export const missingRates: readonly number[] = [0, 0.15, 0.3, 0.45, 0.6];

export interface MissingConfig {
  readonly mechanism: Mechanism;
  readonly rows: number;
  readonly seeds: number;
  readonly seed: number;
}

export interface MissingSnapshot {
  readonly progress: {readonly done: number; readonly total: number};
  /** Held-out log loss, by method, then rate: a number for each seed so far. */
  readonly losses: Readonly<Record<Method, readonly (readonly number[])[]>>;
  /** Of XGBoost's splits on each feature at the highest rate, how many send missing values left, and right. */
  readonly directions: readonly (readonly [left: number, right: number])[];
}

export const missingFeatures: readonly string[] = ["x₁", "x₂", "x₃", "x₄"];
const columns = 4;

/** A snapshot after each method at each rate; seed after seed, so that all curves are there early. */
export function* missingExperiment({mechanism, rows, seeds, seed}: MissingConfig): Generator<MissingSnapshot, void> {
  const losses = Object.fromEntries(methods.map((method) => [method, missingRates.map((): number[] => [])])) as Record<Method, number[][]>;
  let directions: readonly (readonly [number, number])[] = [];
  const total = seeds * missingRates.length * methods.length;
  let done = 0;
  for (let s = 0; s < seeds; s++) {
    const random = uniform(seed * 1000 + s);
    const whole = [sample(rows, random), sample(2 * rows, random)] as const;
    for (const [r, rate] of missingRates.entries()) {
      const [train, test] = whole.map((table) => withHoles(table, rate, mechanism, random)) as [Table, Table];
      for (const method of methods) {
        const {scores, model} = predictions(method, train, test);
        losses[method][r]!.push(logLoss(scores, test.labels));
        if (model && r === missingRates.length - 1) directions = directionsOf(model);
        yield {progress: {done: ++done, total}, losses, directions};
      }
    }
  }
}

/** Class 1 with a chance that depends on three of the four features, one by its sign, two together. */
function sample(rows: number, random: () => number): Table {
  const features = Float32Array.from({length: rows * columns}, () => gaussian(random));
  const labels = Float32Array.from({length: rows}, (_, row) => {
    const [a = 0, b = 0, c = 0] = features.subarray(row * columns, row * columns + 3);
    return Number(random() < 1 / (1 + Math.exp(-(2.5 * a + 2 * b * c))));
  });
  return {features, rows, columns, labels, featureNames: missingFeatures};
}

/** Removes values at a rate: anywhere, the larger the likelier, or in class 1 twice as often as it would be. */
function withHoles(table: Table, rate: number, mechanism: Mechanism, random: () => number): Table {
  const features = table.features.map((value, i) => {
    const label = table.labels[Math.floor(i / columns)]!;
    const chance =
      mechanism === "random" ? rate
      : mechanism === "large" ? Math.min(1, 2 * rate / (1 + Math.exp(-2.5 * value)))
      : Math.min(1, rate * (label === 1 ? 1.5 : 0.5));
    return random() < chance ? NaN : value;
  });
  return {...table, features};
}

const share = (labels: Float32Array) => labels.reduce((sum, label) => sum + label, 0) / labels.length;

function predictions(method: Method, train: Table, test: Table): {scores: Float32Array; model?: BoostedTrees} {
  if (method === "xgboost") {
    const model = drain(boost(train, {objective: "binary:logistic", numBoostRound: 40, maxDepth: 3, eta: 0.15}));
    return {scores: predict(model, test), model};
  }
  // Who has a hole where rows with holes are dropped is given the base rate: there is no better answer without its values.
  if (method === "deletion") {
    const prior = Float32Array.of(share(train.labels));
    return {scores: answersOfComplete(train, test, prior, (whole, known) => (isMixed(whole) ? trainAndPredict(whole, known) : undefined))};
  }
  const fill = fillings(train, method);
  return {scores: trainAndPredict(filled(train, fill), filled(test, fill))};
}

const isMixed = ({labels}: Table) => share(labels) > 0 && share(labels) < 1;

function trainAndPredict(train: Table, test: Table): Float32Array {
  const model = drain(boostGbdt(train, {loss: "log_loss", nEstimators: 40, maxDepth: 3, learningRate: 0.15}));
  return predictGbdt(model, test);
}

/** Of a model's splits on each column, how many send missing values left, and right. */
export function directionsOf({trees, columns: width}: BoostedTrees): readonly (readonly [number, number])[] {
  const counts = Array.from({length: width}, (): [number, number] => [0, 0]);
  for (const {left, feature, defaultLeft} of trees)
    left.forEach((child, node) => {
      if (child >= 0) counts[feature[node]!]![defaultLeft[node] ? 0 : 1]++;
    });
  return counts;
}

function logLoss(scores: Float32Array, labels: Float32Array): number {
  return scores.reduce((sum, score, i) => {
    const p = Math.min(1 - 1e-7, Math.max(1e-7, score));
    return sum - (labels[i] === 1 ? Math.log(p) : Math.log(1 - p));
  }, 0) / labels.length;
}
