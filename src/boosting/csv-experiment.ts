/** Both libraries on a reader's own table, split into training and validation rows. */
import {boost} from "./boost.js";
import type {BoostedTrees} from "./boost.js";
import {boostGbdt} from "./gbdt.js";
import type {GbdtModel} from "./gbdt.js";
import type {Candidate} from "./gain.js";
import {filled, fillings} from "./imputation.js";
import {importance, permutationImportance} from "./importance.js";
import {meanLoss} from "./objective.js";
import {shuffled, uniform} from "./sample.js";
import {pickRows} from "./table.js";
import type {Table} from "./table.js";
import {trainRounds} from "./xgboost.js";
import type {Objective, TrainDevice, XgboostParams} from "./xgboost.js";
import {groupsOf} from "./xgboost-params.js";

export interface CsvConfig {
  readonly table: Table;
  /** 0 for a value to be predicted. */
  readonly classes: number;
  readonly rate: number;
  readonly depth: number;
  readonly rounds: number;
  /** XGBoost's penalties, its γ and min_child_weight. */
  readonly lambda: number;
  readonly alpha: number;
  readonly gamma: number;
  readonly child: number;
  /** Rounds after which early stopping stops; 0 for none. */
  readonly patience: number;
  readonly device: TrainDevice | "auto";
  /** Share of the rows held out. */
  readonly held: number;
  readonly seed: number;
}

export interface LossCurves {
  readonly train: readonly number[];
  readonly validation: readonly number[];
}

/** The root of the first tree: its sums, and all splits that were weighed. */
export interface RootSplits {
  readonly gradient: number;
  readonly hessian: number;
  readonly score: number;
  readonly candidates: readonly Candidate[];
  readonly chosen: Candidate | null;
}

export interface CsvSnapshot {
  readonly progress: {readonly done: number; readonly total: number};
  readonly xgboost: LossCurves;
  /** Empty for more than two classes. */
  readonly gbdt: LossCurves;
  readonly device: TrainDevice;
  /** When all is done. */
  readonly result?: CsvResult;
}

export interface CsvResult {
  readonly model: BoostedTrees;
  /** scikit-learn's, and what its holes were filled with. */
  readonly gbdt?: GbdtModel;
  readonly fill: Float32Array;
  readonly importances: Readonly<Record<"weight" | "gain" | "cover" | "permutation", readonly number[]>>;
  readonly root: RootSplits;
  /** The validation rows, of the table's. */
  readonly validationRows: readonly number[];
}

export const objectiveOf = (classes: number): Objective =>
  classes === 0 ? "reg:squarederror" : classes === 2 ? "binary:logistic" : "multi:softprob";

/** Training and validation rows by chance. */
export function splitRows(table: Table, share: number, random: () => number) {
  const order = shuffled(table.rows, random);
  const held = Math.max(1, Math.min(table.rows - 2, Math.round(share * table.rows)));
  const validationRows = [...order.slice(0, held)];
  return {train: pickRows(table, order.slice(held)), validation: pickRows(table, validationRows), validationRows};
}

/** XGBoost's parameters. It starts from the mean, as scikit-learn does; 1.7's own default is 0.5. */
export function paramsFor(
  {classes, rate, depth, rounds, lambda, alpha, gamma, child}: Omit<CsvConfig, "table" | "patience" | "device" | "held" | "seed">, train: Table
): Partial<XgboostParams> & Pick<XgboostParams, "objective" | "numClass"> {
  const objective = objectiveOf(classes);
  const baseScore = objective === "reg:squarederror" ? train.labels.reduce((sum, label) => sum + label, 0) / train.rows : 0.5;
  return {
    objective, baseScore, numClass: classes, eta: rate, maxDepth: depth, numBoostRound: rounds, treeMethod: "hist",
    regLambda: lambda, regAlpha: alpha, gamma, minChildWeight: child
  };
}

/** A snapshot a round of each library, importances last. */
export async function* csvExperiment(config: CsvConfig): AsyncGenerator<CsvSnapshot, void> {
  const {table, classes, rounds, patience, device} = config;
  const random = uniform(config.seed);
  const {train, validation, validationRows} = splitRows(table, config.held, random);
  const total = rounds * (classes > 2 ? 1 : 2) + 1;
  const curves = {xgboost: {train: [] as number[], validation: [] as number[]}, gbdt: {train: [] as number[], validation: [] as number[]}};
  let used: TrainDevice = "cpu";
  const snapshot = (): CsvSnapshot =>
    ({progress: {done: curves.xgboost.train.length + curves.gbdt.train.length, total}, ...curves, device: used});

  const params = paramsFor(config, train);
  const training = trainRounds(train, params, {
    device, validation, ...(patience > 0 && {earlyStoppingRounds: patience}), onDevice: (next) => (used = next)
  });
  let step = await training.next();
  for (; !step.done; step = await training.next()) {
    curves.xgboost.train.push(meanLoss(params.objective, train.labels, step.value.margins, groupsOf(params)));
    curves.xgboost.validation.push(step.value.validation!);
    yield snapshot();
  }
  const model = step.value;
  const fill = fillings(train, "median");
  const gbdt = classes <= 2 ? yield* gbdtRounds(config, filled(train, fill), filled(validation, fill), curves.gbdt, snapshot) : undefined;
  const importances = {
    weight: [...importance(model, "weight")],
    gain: [...importance(model, "gain")],
    cover: [...importance(model, "cover")],
    permutation: [...permutationImportance(model, validation, random, 3).mean]
  };
  const result = {model, fill, importances, validationRows, root: rootOf(train, params), ...(gbdt && {gbdt})};
  yield {...snapshot(), progress: {done: total, total}, result};
}

function* gbdtRounds(
  {rate, depth, rounds, classes, patience}: CsvConfig, train: Table, validation: Table,
  curves: {train: number[]; validation: number[]}, snapshot: () => CsvSnapshot
): Generator<CsvSnapshot, GbdtModel | undefined> {
  const loss = classes === 0 ? "squared_error" : "log_loss";
  if (loss === "log_loss" && new Set(train.labels).size < 2) return undefined;
  const params = {loss, learningRate: rate, maxDepth: depth, nEstimators: rounds, nIterNoChange: patience || null} as const;
  const training = boostGbdt(train, params, {validation});
  let step = training.next();
  for (; !step.done; step = training.next()) {
    if (step.value.kind !== "round") continue;
    curves.train.push(meanLoss(objectiveOf(classes), train.labels, Float32Array.from(step.value.scores), 1));
    // The library's own measure is twice the log loss.
    curves.validation.push(step.value.validation! / (loss === "log_loss" ? 2 : 1));
    yield snapshot();
  }
  return step.value;
}

function rootOf(train: Table, params: Partial<XgboostParams>): RootSplits {
  for (const step of boost(train, {...params, numBoostRound: 1, maxDepth: 1}, {trace: true}))
    if (step.kind === "node") {
      const {gradient, hessian, score, candidates, chosen} = step;
      return {gradient, hessian, score, candidates, chosen};
    }
  throw new Error("a tree without a root");
}
