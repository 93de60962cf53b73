/** Both libraries on points in a plane: their trees, and each round's scores on a grid. */
import {boost} from "./boost.js";
import {boostGbdt} from "./gbdt.js";
import {pickRows} from "./table.js";
import type {Table} from "./table.js";
import {planeSample} from "./plane-samples.js";
import type {PlaneData, PlaneSet} from "./plane-samples.js";
import {addTree, leafOf, pathOf} from "./tree.js";
import type {Tree} from "./tree.js";
import type {Library} from "./curve-fit.js";

export interface PlaneParams {
  readonly rate: number;
  readonly depth: number;
  readonly rounds: number;
  readonly lambda: number;
  readonly gamma: number;
}

/** The ends of the plane shown, with a margin around the points. */
export interface Frame {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

export interface PlaneFit {
  readonly library: Library;
  readonly start: number;
  /** What a tree's values are multiplied with. */
  readonly rate: number;
  readonly trees: readonly Tree[];
  /** Scores on the grid after each round, from 0, row by row from the top. */
  readonly grids: readonly Float32Array[];
  /** Mean log loss on the rows that the library can take, after each round from 0. */
  readonly losses: readonly number[];
  /** Rows left out: scikit-learn takes none with missing values. */
  readonly dropped: number;
}

export const gridColumns = 54;
export const gridRows = 45;

/** The ends of an axis: half a word beyond words, a little beyond numbers. */
export function frameOf({places, axes}: PlaneData): Frame {
  const ends = (column: 0 | 1): readonly [number, number] => {
    const {words} = axes[column];
    if (words) return [-0.5, words.length - 0.5];
    let [low, high] = [Infinity, -Infinity];
    for (let i = column; i < places.length; i += 2) {
      const value = places[i]!;
      if (Number.isNaN(value)) continue;
      [low, high] = [Math.min(low, value), Math.max(high, value)];
    }
    const margin = 0.06 * (high - low);
    return [low - margin, high + margin];
  };
  return {x: ends(0), y: ends(1)};
}

export interface PlaneConfig extends PlaneParams {
  readonly data: PlaneSet;
  readonly count: number;
  readonly noise: number;
  readonly seed: number;
}

/** Both libraries' fits of a set of points. */
export function planeFits(config: PlaneConfig): Readonly<Record<Library, PlaneFit>> {
  const plane = planeSample(config.data, config.count, config.noise, config.seed);
  return {gbdt: fitPlane("gbdt", plane, config), xgboost: fitPlane("xgboost", plane, config)};
}

function fitPlane(library: Library, plane: PlaneData, params: PlaneParams): PlaneFit {
  const data = plane.table;
  const complete = Array.from(data.labels, (_, row) => row).filter((row) => !lacksValue(data, row));
  const train = library === "gbdt" ? pickRows(data, complete) : data;
  const {rate, rounds, depth, lambda, gamma} = params;
  const share = train.labels.reduce((sum, label) => sum + label, 0) / train.rows;
  const start = library === "gbdt" ? Math.log(share / (1 - share)) : 0;
  const trees: Tree[] = [];
  if (library === "gbdt") {
    for (const step of boostGbdt(train, {loss: "log_loss", learningRate: rate, maxDepth: depth, nEstimators: rounds}))
      if (step.kind === "round") trees.push(step.tree);
  } else {
    const given = {objective: "binary:logistic", eta: rate, maxDepth: depth, numBoostRound: rounds, regLambda: lambda, gamma} as const;
    for (const step of boost(train, given)) if (step.kind === "round") trees.push(...step.trees);
  }
  const treeRate = library === "gbdt" ? rate : 1;
  const grid = gridTable(plane);
  const scores = {grid: new Float32Array(grid.rows).fill(start), train: new Float32Array(train.rows).fill(start)};
  const grids = [scores.grid.slice()];
  const losses = [logLoss(scores.train, train.labels)];
  for (const tree of trees) {
    addTree(tree, grid, scores.grid, {rate: treeRate});
    addTree(tree, train, scores.train, {rate: treeRate});
    grids.push(scores.grid.slice());
    losses.push(logLoss(scores.train, train.labels));
  }
  return {library, start, rate: treeRate, trees, grids, losses, dropped: data.rows - train.rows};
}

/** What each of the first `count` trees adds to the score of a row. */
export function contributions({trees, rate}: PlaneFit, data: Table, row: number, count: number): readonly number[] {
  return trees.slice(0, count).map((tree) => rate * tree.value[leafOf(tree, data.features, data.columns, row)]!);
}

/** The rows of the data that come to a node of a tree. */
export function rowsAt(tree: Tree, node: number, data: Table): ReadonlySet<number> {
  const rows = Array.from(data.labels, (_, row) => row);
  return new Set(rows.filter((row) => pathOf(tree, data.features, data.columns, row).includes(node)));
}

/** Whether a row has a missing value: scikit-learn's trees have no way for it. */
export function lacksValue({features, columns}: Table, row: number): boolean {
  return features.subarray(row * columns, (row + 1) * columns).some(Number.isNaN);
}

function gridTable(plane: PlaneData): Table {
  const {x, y} = frameOf(plane);
  const rows = Array.from({length: gridColumns * gridRows}, (_, i) =>
    plane.featuresAt(
      x[0] + ((i % gridColumns) + 0.5) * ((x[1] - x[0]) / gridColumns),
      y[1] - (Math.floor(i / gridColumns) + 0.5) * ((y[1] - y[0]) / gridRows)
    ));
  return {features: Float32Array.from(rows.flat()), rows: rows.length, columns: plane.table.columns, labels: new Float32Array(0)};
}

function logLoss(scores: Float32Array, labels: Float32Array): number {
  return scores.reduce((sum, score, i) => sum + Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) - labels[i]! * score, 0) / labels.length;
}
