/** Both libraries on a reader's own table, split into training and validation rows. */
import {boost} from "./boost.js";
import type {BoostedTrees} from "./boost.js";
import {boostGbdt, predict as predictGbdt} from "./gbdt.js";
import {importance, permutationImportance} from "./importance.js";
import {filled, fillings} from "./missing-experiment.js";
import {meanLoss} from "./objective.js";
import {shuffled, uniform} from "./sample.js";
import {pickRows} from "./table.js";
import type {Table} from "./table.js";
import {addTree} from "./tree.js";
import {predict} from "./xgboost.js";
import {groupsOf} from "./xgboost-params.js";
import type {Objective} from "./xgboost-params.js";

export interface CsvConfig {
  readonly table: Table;
  /** 0 for a value to be predicted. */
  readonly classes: number;
  readonly rate: number;
  readonly depth: number;
  readonly rounds: number;
  readonly lambda: number;
  /** Share of the rows held out. */
  readonly held: number;
  readonly seed: number;
}

export interface LossCurves {
  readonly train: readonly number[];
  readonly validation: readonly number[];
}

export interface CsvSnapshot {
  readonly progress: {readonly done: number; readonly total: number};
  readonly xgboost: LossCurves;
  /** Empty for more than two classes. */
  readonly gbdt: LossCurves;
  /** When all is done. */
  readonly result?: {
    readonly model: BoostedTrees;
    readonly importances: Readonly<Record<"weight" | "gain" | "cover" | "permutation", readonly number[]>>;
    /** The validation rows, of the table's. */
    readonly validationRows: readonly number[];
  };
}

export const objectiveOf = (classes: number): Objective =>
  classes === 0 ? "reg:squarederror" : classes === 2 ? "binary:logistic" : "multi:softprob";

/** A snapshot a round of each library, importances last. */
export function* csvExperiment(config: CsvConfig): Generator<CsvSnapshot, void> {
  const {table, classes, rate, depth, rounds, lambda, seed} = config;
  const random = uniform(seed);
  const order = shuffled(table.rows, random);
  const held = Math.max(1, Math.min(table.rows - 2, Math.round(config.held * table.rows)));
  const validationRows = [...order.slice(0, held)];
  const [train, validation] = [pickRows(table, order.slice(held)), pickRows(table, validationRows)];
  const total = rounds * (classes > 2 ? 1 : 2) + 1;
  const curves = {xgboost: {train: [] as number[], validation: [] as number[]}, gbdt: {train: [] as number[], validation: [] as number[]}};
  const snapshot = (): CsvSnapshot => ({progress: {done: curves.xgboost.train.length + curves.gbdt.train.length, total}, ...curves});

  const objective = objectiveOf(classes);
  // Started from the mean, as scikit-learn does; XGBoost 1.7's own default is 0.5.
  const baseScore = objective === "reg:squarederror" ? train.labels.reduce((sum, label) => sum + label, 0) / train.rows : 0.5;
  const params = {objective, baseScore, numClass: classes, eta: rate, maxDepth: depth, regLambda: lambda, numBoostRound: rounds, treeMethod: "hist"} as const;
  const groups = groupsOf(params);
  const empty = {objective, baseScore, numClass: classes, columns: table.columns, trees: []};
  const margins = predict(empty, validation, {margin: true});
  const training = boost(train, params);
  let step = training.next();
  for (; !step.done; step = training.next()) {
    if (step.value.kind !== "round") continue;
    step.value.trees.forEach((tree, group) => addTree(tree, validation, margins, {stride: groups, offset: group}));
    curves.xgboost.train.push(meanLoss(objective, train.labels, step.value.margins, groups));
    curves.xgboost.validation.push(meanLoss(objective, validation.labels, margins, groups));
    yield snapshot();
  }
  const model = step.value;
  if (classes <= 2) yield* gbdtRounds(config, train, validation, objective, curves.gbdt, snapshot);
  const importances = {
    weight: [...importance(model, "weight")],
    gain: [...importance(model, "gain")],
    cover: [...importance(model, "cover")],
    permutation: [...permutationImportance(model, validation, random, 3).mean]
  };
  yield {...snapshot(), progress: {done: total, total}, result: {model, importances, validationRows}};
}

/** scikit-learn's, holes filled with the training medians. */
function* gbdtRounds(
  {rate, depth, rounds}: CsvConfig, train: Table, validation: Table, objective: Objective,
  curves: {train: number[]; validation: number[]}, snapshot: () => CsvSnapshot
): Generator<CsvSnapshot, void> {
  const fill = fillings(train, "median");
  const [known, other] = [filled(train, fill), filled(validation, fill)];
  const loss = objective === "reg:squarederror" ? "squared_error" : "log_loss";
  if (loss === "log_loss" && new Set(known.labels).size < 2) return;
  let scores: Float32Array | undefined;
  for (const step of boostGbdt(known, {loss, learningRate: rate, maxDepth: depth, nEstimators: rounds})) {
    if (step.kind !== "round") continue;
    scores ??= predictGbdt({loss, initial: initialOf(known, loss), learningRate: rate, columns: known.columns, trees: []}, other, {margin: true});
    addTree(step.tree, other, scores, {rate});
    curves.train.push(meanLoss(objective, known.labels, Float32Array.from(step.scores), 1));
    curves.validation.push(meanLoss(objective, other.labels, scores, 1));
    yield snapshot();
  }
}

function initialOf({labels, rows}: Table, loss: "squared_error" | "log_loss"): number {
  const mean = labels.reduce((sum, label) => sum + label, 0) / rows;
  return loss === "squared_error" ? mean : Math.log(mean / (1 - mean));
}
