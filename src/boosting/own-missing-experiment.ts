/** Missing values of a reader's own table: XGBoost's learned directions against filling in and dropping rows, over seeds. */
import type {BoostedTrees} from "./boost.js";
import {boostGbdt, predict as predictGbdt} from "./gbdt.js";
import {paramsFor, splitRows} from "./csv-experiment.js";
import {answersOfComplete, filled, fillings} from "./imputation.js";
import {directionsOf, methods} from "./missing-experiment.js";
import type {Method} from "./missing-experiment.js";
import {uniform} from "./sample.js";
import type {Table} from "./table.js";
import {predict, trainXgboost} from "./xgboost.js";

export interface OwnMissingConfig {
  readonly table: Table;
  /** 0 for a value to be predicted. */
  readonly classes: number;
  readonly rate: number;
  readonly depth: number;
  readonly rounds: number;
  readonly lambda: number;
  readonly held: number;
  /** Share of the values that are removed beside those that are missing. */
  readonly remove: number;
  readonly seeds: number;
  readonly seed: number;
}

export interface OwnMissingSnapshot {
  readonly progress: {readonly done: number; readonly total: number};
  /** Held-out loss (mean squared error or log loss) by method: a number for each seed so far. */
  readonly losses: Readonly<Record<Method, readonly number[]>>;
  /** By column: missing values, and XGBoost's splits that send them left, and right, of all seeds so far. */
  readonly columns: readonly {readonly missing: number; readonly left: number; readonly right: number}[];
}

/** A snapshot a method and seed. */
export async function* ownMissingExperiment(config: OwnMissingConfig): AsyncGenerator<OwnMissingSnapshot, void> {
  const {seeds, seed, remove} = config;
  const losses = Object.fromEntries(methods.map((method) => [method, [] as number[]])) as Record<Method, number[]>;
  const directions = Array.from({length: config.table.columns}, () => ({left: 0, right: 0}));
  const total = seeds * methods.length;
  for (let s = 0; s < seeds; s++) {
    const random = uniform(seed * 1000 + s);
    const features = config.table.features.map((value) => (random() < remove ? NaN : value));
    const table = {...config.table, features};
    const {train, validation} = splitRows(table, config.held, random);
    for (const method of methods) {
      const {answers, model} = await answersBy(method, config, train, validation);
      losses[method].push(lossOf(answers, validation.labels, config.classes));
      if (model) directionsOf(model).forEach(([left, right], i) => {
        directions[i]!.left += left;
        directions[i]!.right += right;
      });
      const columns = directions.map(({left, right}, i) => ({missing: missingIn(table, i), left, right}));
      yield {progress: {done: s * methods.length + methods.indexOf(method) + 1, total}, losses, columns};
    }
  }
}

function missingIn({features, columns}: Table, column: number): number {
  let count = 0;
  for (let i = column; i < features.length; i += columns) count += Number(Number.isNaN(features[i]!));
  return count;
}

/** Values, or probabilities: of class 1, or of each class. Filled tables go to scikit-learn's boosting, or for more than two classes to XGBoost. */
async function answersBy(
  method: Method, config: OwnMissingConfig, train: Table, test: Table
): Promise<{readonly answers: Float32Array; readonly model?: BoostedTrees}> {
  const {classes, rate, depth, rounds} = config;
  const params = paramsFor({...config, alpha: 0, gamma: 0, child: 1}, train);
  if (method === "xgboost") {
    const model = await trainXgboost(train, params, {device: "cpu"});
    return {answers: predict(model, test), model};
  }
  const byGbdt = (known: Table, other: Table) => {
    const loss = classes === 0 ? "squared_error" : "log_loss";
    if (loss === "log_loss" && new Set(known.labels).size < 2) return undefined;
    const training = boostGbdt(known, {loss, learningRate: rate, maxDepth: depth, nEstimators: rounds});
    let step = training.next();
    while (!step.done) step = training.next();
    return predictGbdt(step.value, other);
  };
  const byXgboost = async (known: Table, other: Table) => predict(await trainXgboost(known, params, {device: "cpu"}), other);
  const prior = priorOf(train.labels, classes);
  if (method === "deletion") {
    if (classes <= 2) return {answers: answersOfComplete(train, test, prior, byGbdt)};
    const tables: [Table, Table][] = [];
    answersOfComplete(train, test, prior, (known, other) => void tables.push([known, other]));
    const [both] = tables;
    const given = both && (await byXgboost(...both));
    return {answers: answersOfComplete(train, test, prior, () => given)};
  }
  const fill = fillings(train, method);
  const [known, other] = [filled(train, fill), filled(test, fill)];
  const answers = classes <= 2 ? byGbdt(known, other) : await byXgboost(known, other);
  return {answers: answers ?? answersOfComplete(known, other, prior, () => undefined)};
}

/** What is answered without a look at a row: the mean, or the classes' shares. */
function priorOf(labels: Float32Array, classes: number): Float32Array {
  if (classes <= 2) return Float32Array.of(labels.reduce((sum, label) => sum + label, 0) / labels.length);
  const prior = new Float32Array(classes);
  for (const label of labels) prior[label]! += 1 / labels.length;
  return prior;
}

function lossOf(answers: Float32Array, labels: Float32Array, classes: number): number {
  const least = 1e-7;
  const each = (label: number, row: number) => {
    if (classes === 0) return (answers[row]! - label) ** 2;
    const p = classes === 2 ? (label === 1 ? answers[row]! : 1 - answers[row]!) : answers[row * classes + label]!;
    return -Math.log(Math.max(least, p));
  };
  return labels.reduce((sum, label, row) => sum + each(label, row), 0) / labels.length;
}
