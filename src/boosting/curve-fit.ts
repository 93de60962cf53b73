/** Both libraries on one curve, round by round: what each has learned after every tree, on a grid and held-out points. */
import {boost} from "./boost.js";
import {curveOf} from "./curves.js";
import type {CurveKind} from "./curves.js";
import {boostGbdt} from "./gbdt.js";
import {curveSample} from "./samples.js";
import type {Table} from "./table.js";
import {addTree, leafOf} from "./tree.js";
import type {Tree} from "./tree.js";

export interface CurveParams {
  readonly rate: number;
  readonly depth: number;
  readonly rounds: number;
  /** XGBoost's alone: scikit-learn has no such penalty. */
  readonly lambda: number;
  /** Early stopping: XGBoost's early_stopping_rounds, scikit-learn's n_iter_no_change; 0 for none. */
  readonly patience: number;
}

export interface CurveRound {
  readonly tree: Tree;
  /** The prediction with it, along the grid, and for the training points. */
  readonly grid: Float64Array;
  readonly fitted: Float64Array;
  readonly train: number;
  readonly validation: number;
}

export interface CurveFit {
  readonly start: number;
  readonly rounds: readonly CurveRound[];
  /** Mean squared errors before the first tree. */
  readonly train: number;
  readonly validation: number;
  /** The round, from 1, with the least validation error. */
  readonly best: number;
  /** Whether early stopping ended the training before its last round. */
  readonly stopped: boolean;
}

export interface CurveConfig extends CurveParams {
  readonly shape: CurveKind;
  readonly knots: readonly number[];
  readonly noise: number;
  readonly rows: number;
  readonly seed: number;
}

export interface CurveFits {
  readonly train: Table;
  readonly fits: Readonly<Record<Library, CurveFit>>;
}

/** Both libraries' fits of points around a curve; twice as many are held out. */
export function curveFits({shape, knots, noise, rows, seed, ...params}: CurveConfig): CurveFits {
  const curve = curveOf(shape, knots);
  const [train, validation] = [curveSample(curve, rows, noise, seed), curveSample(curve, 2 * rows, noise, seed + 1000)];
  const fit = (library: Library) => fitCurve(library, train, validation, params);
  return {train, fits: {gbdt: fit("gbdt"), xgboost: fit("xgboost")}};
}

export const gridSize = 201;
export const gridAt = (i: number): number => i / (gridSize - 1);

export type Library = "gbdt" | "xgboost";

/** Trains a library on the curve's points. */
export function fitCurve(library: Library, train: Table, validation: Table, params: CurveParams): CurveFit {
  const {rate} = params;
  const mean = train.labels.reduce((sum, label) => sum + label, 0) / train.rows;
  // XGBoost 1.7 starts from 0.5 unless told otherwise; told the mean, both start alike.
  const start = library === "xgboost" ? Math.fround(mean) : mean;
  const grid = tableOf(Float32Array.from({length: gridSize}, (_, i) => gridAt(i)));
  const scores = {grid: filled(gridSize, start), train: filled(train.rows, start), validation: filled(validation.rows, start)};
  const done: CurveRound[] = [];
  const treeRate = library === "xgboost" ? 1 : rate;
  for (const tree of treesOf(library, train, validation, params, start)) {
    addTree(tree, grid, scores.grid, {rate: treeRate});
    addTree(tree, train, scores.train, {rate: treeRate});
    addTree(tree, validation, scores.validation, {rate: treeRate});
    done.push({
      tree,
      grid: scores.grid.slice(),
      fitted: scores.train.slice(),
      train: squaredError(scores.train, train.labels),
      validation: squaredError(scores.validation, validation.labels)
    });
  }
  return {
    start,
    rounds: done,
    train: squaredError(filled(train.rows, start), train.labels),
    validation: squaredError(filled(validation.rows, start), validation.labels),
    best: 1 + done.reduce((best, round, i) => (round.validation < done[best]!.validation ? i : best), 0),
    stopped: done.length < params.rounds
  };
}

function* treesOf(
  library: Library, train: Table, validation: Table, {rate, depth, rounds, lambda, patience}: CurveParams, start: number
): Generator<Tree> {
  if (library === "gbdt") {
    const params = {learningRate: rate, maxDepth: depth, nEstimators: rounds, nIterNoChange: patience || null};
    for (const step of boostGbdt(train, params, {validation})) if (step.kind === "round") yield step.tree;
  } else {
    const params = {eta: rate, maxDepth: depth, numBoostRound: rounds, regLambda: lambda, baseScore: start};
    for (const step of boost(train, params, {validation, earlyStoppingRounds: patience || undefined}))
      if (step.kind === "round") yield* step.trees;
  }
}

/** The leaf of round `round` (from 1) that holds x: its rows, and its value as the formula has it, without the rate. */
export function leafAt(fit: CurveFit, round: number, x: number, rate: number, library: Library) {
  const {tree} = fit.rounds[round - 1]!;
  const leaf = leafOf(tree, Float32Array.of(x), 1, 0);
  return {rows: tree.cover[leaf]!, value: library === "xgboost" ? tree.value[leaf]! / rate : tree.value[leaf]!};
}

const filled = (length: number, value: number) => new Float64Array(length).fill(value);

const tableOf = (features: Float32Array): Table =>
  ({features, rows: features.length, columns: 1, labels: new Float32Array(features.length)});

function squaredError(scores: Float64Array, labels: Float32Array): number {
  return scores.reduce((sum, score, i) => sum + (score - labels[i]!) ** 2, 0) / labels.length;
}
