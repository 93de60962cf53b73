/** Both libraries on one curve, round by round: what each has learned after every tree, on a grid and held-out points. */
import {boost} from "./boost.js";
import {boostGbdt} from "./gbdt.js";
import type {Table} from "./table.js";
import {addTree, leafOf} from "./tree.js";
import type {Tree} from "./tree.js";

export interface CurveParams {
  readonly rate: number;
  readonly depth: number;
  readonly rounds: number;
  /** XGBoost's alone: scikit-learn has no such penalty. */
  readonly lambda: number;
}

export interface CurveRound {
  readonly tree: Tree;
  /** What the tree adds, learning rate included, along the grid. */
  readonly added: Float64Array;
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
  /** The round, from 1, with the least validation error so far when `patience` rounds brought nothing better. */
  readonly stop: number | null;
}

export const gridSize = 201;
export const gridAt = (i: number): number => i / (gridSize - 1);

export type Library = "gbdt" | "xgboost";

/** Trains a library on the curve's points. */
export function fitCurve(library: Library, train: Table, validation: Table, params: CurveParams, patience: number): CurveFit {
  const {rate, depth, rounds, lambda} = params;
  const mean = train.labels.reduce((sum, label) => sum + label, 0) / train.rows;
  // XGBoost 1.7 starts from 0.5 unless told otherwise; told the mean, both start alike.
  const start = library === "xgboost" ? Math.fround(mean) : mean;
  const grid = tableOf(Float32Array.from({length: gridSize}, (_, i) => gridAt(i)));
  const scores = {grid: filled(gridSize, start), train: filled(train.rows, start), validation: filled(validation.rows, start)};
  const done: CurveRound[] = [];
  const treeRate = library === "xgboost" ? 1 : rate;
  for (const tree of treesOf(library, train, {rate, depth, rounds, lambda}, start)) {
    const before = scores.grid.slice();
    addTree(tree, grid, scores.grid, {rate: treeRate});
    addTree(tree, train, scores.train, {rate: treeRate});
    addTree(tree, validation, scores.validation, {rate: treeRate});
    done.push({
      tree,
      grid: scores.grid.slice(),
      added: scores.grid.map((score, i) => score - before[i]!),
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
    stop: stopOf(done, patience)
  };
}

function* treesOf(library: Library, train: Table, {rate, depth, rounds, lambda}: CurveParams, start: number): Generator<Tree> {
  if (library === "gbdt") {
    const params = {learningRate: rate, maxDepth: depth, nEstimators: rounds};
    for (const step of boostGbdt(train, params)) if (step.kind === "round") yield step.tree;
  } else {
    const params = {eta: rate, maxDepth: depth, numBoostRound: rounds, regLambda: lambda, baseScore: start};
    for (const step of boost(train, params)) if (step.kind === "round") yield* step.trees;
  }
}

/** The leaf of round `round` (from 1) that holds x: its rows, and its value as the formula has it, without the rate. */
export function leafAt(fit: CurveFit, round: number, x: number, rate: number, library: Library) {
  const {tree} = fit.rounds[round - 1]!;
  const leaf = leafOf(tree, Float32Array.of(x), 1, 0);
  return {rows: tree.cover[leaf]!, value: library === "xgboost" ? tree.value[leaf]! / rate : tree.value[leaf]!};
}

/** Early stopping: the best round, once so many after it were no better. */
function stopOf(rounds: readonly CurveRound[], patience: number): number | null {
  let best = 0;
  for (let i = 1; i < rounds.length; i++) {
    if (rounds[i]!.validation < rounds[best]!.validation) best = i;
    else if (i - best >= patience) return best + 1;
  }
  return null;
}

const filled = (length: number, value: number) => new Float64Array(length).fill(value);

const tableOf = (features: Float32Array): Table =>
  ({features, rows: features.length, columns: 1, labels: new Float32Array(features.length)});

function squaredError(scores: Float64Array, labels: Float32Array): number {
  return scores.reduce((sum, score, i) => sum + (score - labels[i]!) ** 2, 0) / labels.length;
}
