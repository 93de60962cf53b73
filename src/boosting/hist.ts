/** XGBoost's `hist` tree method: splits between bins, found in histograms of gradients. */
import type {Bins} from "./bins.js";
import {leafScore, leafWeight, leastGain} from "./gain.js";
import type {Candidate} from "./gain.js";
import type {NodeStep, TreeTask} from "./grow.js";
import {findSplit, noSplit} from "./hist-scan.js";
import type {Searched} from "./hist-scan.js";
import {emptyHistogram, histogramBuilder, subtract} from "./histogram.js";
import type {Builder} from "./histogram.js";
import {growTree} from "./tree.js";
import type {Growth, Tree} from "./tree.js";
import type {XgboostParams} from "./xgboost-params.js";

const f = Math.fround;

/** A node that waits to be split or left. */
interface Open extends Searched {
  readonly node: number;
  /** Its rows stand at `order[begin…end)`. */
  readonly begin: number;
  readonly end: number;
  histogram: Float64Array;
}

/** The leaf a stretch of `order` ended in. */
export interface LeafRows {
  readonly node: number;
  readonly begin: number;
  readonly end: number;
}

/** What of a grown tree makes it quick to add to the scores: rows in the order of their leaves. */
export interface Partition {
  readonly order: Int32Array;
  readonly leaves: readonly LeafRows[];
}

/** Prepares memory once; the function returned grows a tree, a step for each node, level by level. */
export function histGrower(bins: Bins, params: XgboostParams) {
  const builder = histogramBuilder(bins);
  const {order, pairs} = builder;
  const spare = new Int32Array(bins.rows + 1);
  const pool: Float64Array[] = [];
  const spareHistogram = () => pool.pop() ?? emptyHistogram(bins);

  return function* (task: TreeTask): Generator<NodeStep, Tree & {readonly partition: Partition}> {
    fillIn(order, pairs, task);
    const tree = growTree();
    const leaves: LeafRows[] = [];
    let level = [rootOf(tree, bins, params, builder, spareHistogram())];
    for (let depth = 0; level.length > 0; depth++) {
      const next: Open[] = [];
      for (const open of level) {
        const {node, begin, end} = open;
        findSplit(open, bins, params, task.columns, task.trace);
        const isSplit = isWorthIt(open.best, params.gamma);
        if (isSplit) {
          const middle = partition(bins, order, spare, begin, end, open.best);
          const children = split(tree, open, middle, params);
          if (depth + 1 < params.maxDepth) next.push(...withHistograms(open, children, builder, spareHistogram()));
          else {
            leaves.push(...children);
            pool.push(open.histogram);
          }
        } else {
          leaves.push({node, begin, end});
          pool.push(open.histogram);
        }
        yield stepOf(open, depth, isSplit);
      }
      level = next;
    }
    return Object.assign(tree.finish(), {partition: {order, leaves}});
  };
}

/** All rows, in their order; those that take no part weigh nothing. */
function fillIn(order: Int32Array, pairs: Float32Array, {gradient, hessian, rows}: TreeTask): void {
  for (let row = 0; row < order.length; row++) {
    const taken = !rows || rows[row] === 1;
    order[row] = row;
    pairs[2 * row] = taken ? gradient[row]! : 0;
    pairs[2 * row + 1] = taken ? hessian[row]! : 0;
  }
}

function rootOf(tree: Growth, bins: Bins, params: XgboostParams, {pairs, build}: Builder, histogram: Float64Array): Open {
  build(0, bins.rows, histogram);
  let [gradient, hessian] = [0, 0];
  // As the library does: by the first column's bins where no value is missing, which adds in another order.
  const [sums, end] = bins.sparse ? [pairs, pairs.length] : [histogram, 2 * bins.starts[1]!];
  for (let i = 0; i < end; i += 2) {
    gradient += sums[i]!;
    hessian += sums[i + 1]!;
  }
  const weight = leafWeight(params, gradient, hessian);
  tree.set(0, {weight, value: f(params.eta * weight), cover: f(hessian)});
  return open(0, 0, bins.rows, gradient, hessian, params, histogram);
}

function open(
  node: number, begin: number, end: number, gradient: number, hessian: number, params: XgboostParams, histogram: Float64Array
): Open {
  const score = leafScore(params, gradient, hessian);
  return {node, begin, end, gradient, hessian, score, histogram, best: noSplit, candidates: []};
}

function isWorthIt({gain, hl, hr}: Candidate, gamma: number): boolean {
  return gain > leastGain && hl !== 0 && hr !== 0 && gain >= gamma;
}

/** Sorts a node's rows into left and right, each in its order; returns where the right ones start. */
export function partition(
  {columnCodes, starts, cuts}: Bins, order: Int32Array, spare: Int32Array, begin: number, end: number,
  {feature, threshold, defaultLeft}: Candidate
): number {
  const codes = columnCodes[feature]!;
  const [first, missing] = [starts[feature]!, starts[feature + 1]! - starts[feature]!];
  // The bins below this one hold values below the threshold.
  let firstRight = 0;
  while (firstRight < missing && cuts[first + firstRight]! <= threshold) firstRight++;
  const missingLeft = Number(defaultLeft);
  let [left, right] = [begin, 0];
  // A difference's sign bit says the side: which way a row goes nobody can guess, and a wrong guess costs much.
  for (let i = begin; i < end; i++) {
    const row = order[i]!;
    const code = codes[row]!;
    const isLeft = ((code - firstRight) >>> 31) | (((missing - 1 - code) >>> 31) & missingLeft);
    order[left] = row;
    spare[right] = row;
    left += isLeft;
    right += 1 - isLeft;
  }
  order.set(spare.subarray(0, right), left);
  return left;
}

function split(tree: Growth, {node, begin, end, best}: Open, middle: number, params: XgboostParams): [Open, Open] {
  const {gl, hl, gr, hr} = best;
  const weight = leafWeight(params, gl + gr, hl + hr);
  tree.set(node, {weight, cover: f(hl + hr)});
  const left = tree.split(node, best);
  const unset = new Float64Array(0);
  const children: [Open, Open] = [
    open(left, begin, middle, gl, hl, params, unset),
    open(left + 1, middle, end, gr, hr, params, unset)
  ];
  for (const {node: child, gradient, hessian} of children) {
    const value = f(leafWeight(params, gradient, hessian) * params.eta);
    tree.set(child, {value, weight: value, cover: f(hessian)});
  }
  return children;
}

/** Builds the histogram of the lighter child; the other's is what is left of the parent's. */
function withHistograms(
  parent: Open, [left, right]: [Open, Open], {build}: Builder, histogram: Float64Array
): [Open, Open] {
  const [built, rest] = right.hessian < left.hessian ? [right, left] : [left, right];
  build(built.begin, built.end, histogram);
  built.histogram = histogram;
  rest.histogram = subtract(parent.histogram, histogram);
  return [left, right];
}

function stepOf({node, gradient, hessian, score, candidates, best}: Open, depth: number, isSplit: boolean): NodeStep {
  return {kind: "node", node, depth, gradient, hessian, score, candidates, chosen: isSplit ? best : null};
}
