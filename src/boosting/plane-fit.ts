/** Both libraries on points in a plane: their trees, and each round's scores on a grid. */
import {boost} from "./boost.js";
import {boostGbdt} from "./gbdt.js";
import {pickRows} from "./table.js";
import type {Table} from "./table.js";
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

export const gridColumns = 56;
export const gridRows = 42;

export function frameOf({features, rows}: Table): Frame {
  const ends = (column: number): readonly [number, number] => {
    let [low, high] = [Infinity, -Infinity];
    for (let row = 0; row < rows; row++) {
      const value = features[2 * row + column]!;
      if (Number.isNaN(value)) continue;
      [low, high] = [Math.min(low, value), Math.max(high, value)];
    }
    const margin = 0.06 * (high - low);
    return [low - margin, high + margin];
  };
  return {x: ends(0), y: ends(1)};
}

export function fitPlane(library: Library, data: Table, params: PlaneParams, frame: Frame): PlaneFit {
  const complete = Array.from(data.labels, (_, row) => row).filter((row) =>
    !Number.isNaN(data.features[2 * row]!) && !Number.isNaN(data.features[2 * row + 1]!));
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
  const grid = gridTable(frame);
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

function gridTable({x, y}: Frame): Table {
  const features = new Float32Array(2 * gridColumns * gridRows);
  for (let i = 0; i < gridColumns * gridRows; i++) {
    features[2 * i] = x[0] + ((i % gridColumns) + 0.5) * ((x[1] - x[0]) / gridColumns);
    features[2 * i + 1] = y[1] - (Math.floor(i / gridColumns) + 0.5) * ((y[1] - y[0]) / gridRows);
  }
  return {features, rows: gridColumns * gridRows, columns: 2, labels: new Float32Array(0)};
}

function logLoss(scores: Float32Array, labels: Float32Array): number {
  return scores.reduce((sum, score, i) => sum + Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) - labels[i]! * score, 0) / labels.length;
}
