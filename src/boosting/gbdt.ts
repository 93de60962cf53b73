/** Gradient boosting as scikit-learn trains it: Friedman's method, squared error or log loss. Missing values it cannot. */
import {taskBreaks} from "../compute/frame.js";
import {exactExp} from "./exact-exp.js";
import {growGbdtTree} from "./gbdt-tree.js";
import type {Criterion, GbdtNodeStep} from "./gbdt-tree.js";
import {mersenneTwister, randomSeed, xorshift} from "./mersenne-twister.js";
import {pairwiseSum} from "./pairwise-sum.js";
import {shuffled, uniform} from "./sample.js";
import {checkTable, hasMissing} from "./table.js";
import type {Table} from "./table.js";
import {addTree} from "./tree.js";
import type {Tree} from "./tree.js";

export type {Criterion, GbdtCandidate, GbdtNodeStep} from "./gbdt-tree.js";
export type {Table} from "./table.js";

export interface GbdtParams {
  readonly loss: "squared_error" | "log_loss";
  readonly nEstimators: number;
  readonly learningRate: number;
  readonly maxDepth: number;
  readonly minSamplesLeaf: number;
  readonly minSamplesSplit: number;
  readonly criterion: Criterion;
  /** Share of the rows each tree sees, drawn anew. */
  readonly subsample: number;
  /** scikit-learn's random_state: decides between splits that are equally good, and the rows of a subsample. */
  readonly seed: number;
}

export const gbdtDefaults: GbdtParams = {
  loss: "squared_error",
  nEstimators: 100,
  learningRate: 0.1,
  maxDepth: 3,
  minSamplesLeaf: 1,
  minSamplesSplit: 2,
  criterion: "friedman_mse",
  subsample: 1,
  seed: 0
};

/** A trained model, plain data: score = initial + learningRate · Σ trees. */
export interface GbdtModel {
  readonly loss: GbdtParams["loss"];
  readonly initial: number;
  readonly learningRate: number;
  readonly columns: number;
  readonly trees: readonly Tree[];
  readonly featureNames?: readonly string[];
}

export type GbdtTreeStep = GbdtNodeStep & {readonly round: number};

export interface GbdtRoundStep {
  readonly kind: "round";
  readonly round: number;
  readonly tree: Tree;
  /** Every row's score (the array goes on being used). */
  readonly scores: Float64Array;
}

/** All parameters; throws an Error that names one out of its range. */
export function gbdtParams(given: Partial<GbdtParams> = {}): GbdtParams {
  const known = Object.entries(given).filter(([name, value]) => name in gbdtDefaults && value !== undefined);
  const params = {...gbdtDefaults, ...Object.fromEntries(known)} as GbdtParams;
  const {nEstimators, maxDepth, minSamplesLeaf, minSamplesSplit, learningRate, subsample} = params;
  const wholes = {nEstimators: [nEstimators, 1], maxDepth: [maxDepth, 1], minSamplesLeaf: [minSamplesLeaf, 1], minSamplesSplit: [minSamplesSplit, 2]};
  for (const [name, [value, least]] of Object.entries(wholes))
    if (!Number.isInteger(value) || value! < least!) throw new Error(`${name} is ${value}; it has to be whole and at least ${least}`);
  if (!(learningRate > 0)) throw new Error(`learningRate is ${learningRate}; it has to be above 0`);
  if (!(subsample > 0 && subsample <= 1)) throw new Error(`subsample is ${subsample}; it has to be in 0–1`);
  return params;
}

export interface GbdtOptions {
  readonly trace?: boolean;
  /** A model to go on from, trained with the same parameters and no subsample: its rounds count. */
  readonly resume?: GbdtModel;
}

/** Trains step by step: every node as it is decided on, every round as it is done. Returns the model. */
export function* boostGbdt(
  data: Table,
  given: Partial<GbdtParams> = {},
  {trace = false, resume}: GbdtOptions = {}
): Generator<GbdtTreeStep | GbdtRoundStep, GbdtModel> {
  const params = gbdtParams(given);
  checkTable(data);
  if (hasMissing(data)) throw new Error("scikit-learn's gradient boosting takes no missing values: fill them in or drop their rows");
  const {loss, learningRate, subsample} = params;
  if (loss === "log_loss" && data.labels.some((label) => label !== 0 && label !== 1))
    throw new Error("log_loss needs labels 0 and 1");
  const {rows, labels} = data;
  const initial = initialScore(loss, labels);
  const scores = new Float64Array(rows).fill(initial);
  const trees: Tree[] = [...(resume?.trees ?? [])];
  for (const tree of trees) addTree(tree, data, scores, {rate: learningRate});
  const random = mersenneTwister(params.seed);
  const residuals = new Float64Array(rows);
  for (let round = 0; round < params.nEstimators; round++) {
    const randomInt = xorshift(randomSeed(random));
    if (round < trees.length) continue;
    for (let row = 0; row < rows; row++)
      residuals[row] = labels[row]! - (loss === "log_loss" ? expit(scores[row]!) : scores[row]!);
    const sampled = sampleOf(rows, subsample, params.seed * 7919 + round);
    const growing = growGbdtTree(data, params, {residuals, rows: sampled, randomInt, trace});
    let step = growing.next();
    for (; !step.done; step = growing.next()) yield {...step.value, round};
    const {tree, leaves} = step.value;
    if (loss === "log_loss") for (const [leaf, members] of leaves) tree.value[leaf] = newtonStep(labels, residuals, members);
    addTree(tree, data, scores, {rate: learningRate});
    trees.push(tree);
    yield {kind: "round", round, tree, scores};
  }
  const {columns, featureNames} = data;
  return {loss, initial, learningRate, columns, trees, ...(featureNames && {featureNames})};
}

/** The mean (of float32 labels, in float32), or the log-odds of the labels' mean. */
function initialScore(loss: GbdtParams["loss"], labels: Float32Array): number {
  if (loss === "squared_error") return Math.fround(pairwiseSum(labels, Math.fround) / labels.length);
  const mean = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const share = Math.min(Math.max(mean, 2 ** -23), 1 - 2 ** -23);
  return Math.log(share / (1 - share));
}

/** One Newton step of a leaf's log loss: Σr / Σp(1 − p). */
function newtonStep(labels: Float32Array, residuals: Float64Array, members: Int32Array): number {
  // As the library puts it: with p = y − r, the denominator is Σ(y − r)(1 − y + r).
  const numerator = pairwiseSum(Float64Array.from(members, (row) => residuals[row]!));
  const denominator = pairwiseSum(Float64Array.from(members, (row) => (labels[row]! - residuals[row]!) * (1 - labels[row]! + residuals[row]!)));
  return Math.abs(denominator) < 1e-150 ? 0 : numerator / denominator;
}

function sampleOf(rows: number, share: number, seed: number): Int32Array {
  if (share >= 1) return Int32Array.from({length: rows}, (_, row) => row);
  return shuffled(rows, uniform(seed)).slice(0, Math.max(1, Math.floor(share * rows))).sort();
}

export function expit(score: number): number {
  return 1 / (1 + exactExp(-score));
}

/** Trains. Throws an Error that names what does not fit. */
export async function trainGbdt(
  data: Table,
  params: Partial<GbdtParams> = {},
  {signal, onRound}: {signal?: AbortSignal; onRound?: (round: number, scores: Float64Array) => void} = {}
): Promise<GbdtModel> {
  const taskBreak = taskBreaks();
  const training = boostGbdt(data, params);
  for (;;) {
    signal?.throwIfAborted();
    const step = training.next();
    if (step.done) return step.value;
    if (step.value.kind === "round") onRound?.(step.value.round, step.value.scores);
    await taskBreak();
  }
}

/** Predictions: values, or the probability of the positive class; with `margin` the scores they come from. */
export function predict(
  model: GbdtModel,
  data: Pick<Table, "features" | "rows" | "columns">,
  {margin = false}: {readonly margin?: boolean} = {}
): Float32Array {
  if (data.columns !== model.columns)
    throw new Error(`the model was trained on ${model.columns} columns, the data have ${data.columns}`);
  const scores = new Float64Array(data.rows).fill(model.initial);
  for (const tree of model.trees) addTree(tree, data, scores, {rate: model.learningRate});
  return Float32Array.from(scores, (score) => (margin || model.loss === "squared_error" ? score : expit(score)));
}
