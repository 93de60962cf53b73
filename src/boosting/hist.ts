/** XGBoost's `hist` tree method: splits between bins, found in histograms of gradients. */
import type {Bins} from "./bins.js";
import {leafScore, leafWeight, leastGain, splitGain} from "./gain.js";
import type {Candidate} from "./gain.js";
import type {NodeStep, TreeTask} from "./grow.js";
import {addRows, emptyHistogram, subtract} from "./histogram.js";
import {growTree} from "./tree.js";
import type {Growth, Tree} from "./tree.js";
import type {XgboostParams} from "./xgboost-params.js";

const f = Math.fround;

/** A node that waits to be split or left. */
interface Open {
  readonly node: number;
  /** Its rows stand at `order[begin…end)`. */
  readonly begin: number;
  readonly end: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly score: number;
  histogram: Float64Array;
  best: Candidate;
  candidates: Candidate[];
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

const none: Candidate = {feature: 0, threshold: 0, defaultLeft: false, gl: 0, hl: 0, gr: 0, hr: 0, gain: 0};

/** Prepares memory once; the function returned grows a tree, a step for each node, level by level. */
export function histGrower(bins: Bins, params: XgboostParams) {
  const order = new Int32Array(bins.rows);
  const spare = new Int32Array(bins.rows);
  const pairs = new Float32Array(2 * bins.rows);
  const pool: Float64Array[] = [];
  const empty = () => pool.pop()?.fill(0) ?? emptyHistogram(bins);

  return function* (task: TreeTask): Generator<NodeStep, Tree & {readonly partition: Partition}> {
    for (let row = 0; row < bins.rows; row++) {
      order[row] = row;
      const taken = !task.rows || task.rows[row] === 1;
      pairs[2 * row] = taken ? task.gradient[row]! : 0;
      pairs[2 * row + 1] = taken ? task.hessian[row]! : 0;
    }
    const tree = growTree();
    const leaves: LeafRows[] = [];
    let level = [rootOf(tree, bins, params, order, pairs, empty())];
    for (let depth = 0; level.length > 0; depth++) {
      const next: Open[] = [];
      for (const open of level) {
        const {node, begin, end} = open;
        findSplit(open, bins, params, task);
        const isSplit = isWorthIt(open.best, params.gamma);
        if (isSplit) {
          const middle = partition(bins, order, spare, begin, end, open.best);
          const children = split(tree, open, middle, params);
          if (depth + 1 < params.maxDepth) next.push(...withHistograms(open, children, bins, order, pairs, empty));
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

function rootOf(
  tree: Growth, bins: Bins, params: XgboostParams, order: Int32Array, pairs: Float32Array, histogram: Float64Array
): Open {
  addRows(bins, order, 0, bins.rows, pairs, histogram);
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
  return {node, begin, end, gradient, hessian, score, histogram, best: none, candidates: []};
}

function isWorthIt({gain, hl, hr}: Candidate, gamma: number): boolean {
  return gain > leastGain && hl !== 0 && hr !== 0 && gain >= gamma;
}

/** Scans the bins of every column from both ends: missing values go with the far side. */
function findSplit(open: Open, bins: Bins, params: XgboostParams, {columns, trace}: TreeTask): void {
  for (const column of columns) {
    const forward = scan(open, bins, params, column, false, trace);
    if (forward.g !== open.gradient || forward.h !== open.hessian) scan(open, bins, params, column, true, trace);
  }
}

function scan(open: Open, bins: Bins, params: XgboostParams, feature: number, backward: boolean, trace: boolean) {
  const {histogram, gradient, hessian, score} = open;
  const {minChildWeight} = params;
  const [first, last] = [bins.starts[feature]!, bins.starts[feature + 1]! - 1];
  let [g, h, best, bestBin, bestG, bestH] = [0, 0, open.best.gain, -1, 0, 0];
  const thresholdAt = (bin: number) =>
    backward ? (bin === first ? bins.below[feature]! : bins.cuts[bin - 1]!) : bins.cuts[bin]!;
  const candidate = (bin: number, sumG: number, sumH: number, gain: number): Candidate => {
    const sides = {near: [sumG, sumH], far: [gradient - sumG, hessian - sumH]} as const;
    const [[gl, hl], [gr, hr]] = backward ? [sides.far, sides.near] : [sides.near, sides.far];
    return {feature, threshold: thresholdAt(bin), defaultLeft: backward, gl, hl, gr, hr, gain};
  };
  for (let i = first; i <= last; i++) {
    const bin = backward ? first + last - i : i;
    g += histogram[2 * bin]!;
    h += histogram[2 * bin + 1]!;
    if (h < minChildWeight || hessian - h < minChildWeight) {
      if (trace) open.candidates.push(candidate(bin, g, h, -Infinity));
      continue;
    }
    const gain = backward
      ? splitGain(params, gradient - g, hessian - h, g, h, score)
      : splitGain(params, g, h, gradient - g, hessian - h, score);
    if (trace) open.candidates.push(candidate(bin, g, h, gain));
    if (gain > best && gain < Infinity) [best, bestBin, bestG, bestH] = [gain, bin, g, h];
  }
  if (bestBin >= 0) open.best = candidate(bestBin, bestG, bestH, best);
  return {g, h};
}

/** Sorts a node's rows into left and right, each in its order; returns where the right ones start. */
export function partition(
  {places, columns, starts, cuts, missing}: Bins, order: Int32Array, spare: Int32Array, begin: number, end: number,
  {feature, threshold, defaultLeft}: Candidate
): number {
  // The bins below this one hold values below the threshold.
  let firstRight = starts[feature]!;
  while (firstRight < starts[feature + 1]! && cuts[firstRight]! <= threshold) firstRight++;
  const firstRightPlace = 2 * firstRight;
  let [left, right] = [begin, 0];
  for (let i = begin; i < end; i++) {
    const row = order[i]!;
    const place = places[row * columns + feature]!;
    if (place === missing ? defaultLeft : place < firstRightPlace) order[left++] = row;
    else spare[right++] = row;
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
  parent: Open, [left, right]: [Open, Open], bins: Bins, order: Int32Array, pairs: Float32Array,
  empty: () => Float64Array
): [Open, Open] {
  const [built, rest] = right.hessian < left.hessian ? [right, left] : [left, right];
  built.histogram = empty();
  addRows(bins, order, built.begin, built.end, pairs, built.histogram);
  rest.histogram = subtract(parent.histogram, built.histogram);
  return [left, right];
}

function stepOf({node, gradient, hessian, score, candidates, best}: Open, depth: number, isSplit: boolean): NodeStep {
  return {kind: "node", node, depth, gradient, hessian, score, candidates, chosen: isSplit ? best : null};
}
