/** scikit-learn's regression tree as gradient boosting grows it: depth first, the best split of all features. */
import {introsort} from "./introsort.js";
import type {Table} from "./table.js";
import {growTree} from "./tree.js";
import type {Tree} from "./tree.js";

export type Criterion = "friedman_mse" | "squared_error";

export interface GbdtTreeParams {
  readonly maxDepth: number;
  readonly minSamplesLeaf: number;
  readonly minSamplesSplit: number;
  readonly criterion: Criterion;
}

/** A place where a node may be split: sums of the residuals and counts on both sides. */
export interface GbdtCandidate {
  readonly feature: number;
  readonly threshold: number;
  readonly leftSum: number;
  readonly leftCount: number;
  readonly rightSum: number;
  readonly rightCount: number;
  /** What the criterion makes of it; −∞ where min_samples_leaf forbids it. */
  readonly gain: number;
}

export interface GbdtNodeStep {
  readonly kind: "node";
  readonly node: number;
  readonly depth: number;
  readonly sum: number;
  readonly count: number;
  readonly impurity: number;
  /** In the order of the scan; empty unless traced. */
  readonly candidates: readonly GbdtCandidate[];
  readonly chosen: GbdtCandidate | null;
}

export interface GbdtTreeTask {
  readonly residuals: Float64Array;
  /** The rows that take part, ascending. */
  readonly rows: Int32Array;
  /** Whole numbers in [low, high): the order in which features are looked at. */
  readonly randomInt: (low: number, high: number) => number;
  readonly trace: boolean;
}

/** Two values nearer than this are one to the library. */
const leastStep = Math.fround(1e-7);
const epsilon = 2 ** -52;

interface Pending {
  readonly node: number;
  readonly depth: number;
  readonly start: number;
  readonly end: number;
  readonly constants: number;
  /** As its parent's split left it; rounding may make it differ from that of the node's own sums. */
  readonly impurity?: number;
}

/** Grows one tree on the residuals, a step for each node; returns it and the rows of its leaves. */
export function* growGbdtTree(
  data: Table,
  params: GbdtTreeParams,
  {residuals, rows, randomInt, trace}: GbdtTreeTask
): Generator<GbdtNodeStep, {readonly tree: Tree; readonly leaves: ReadonlyMap<number, Int32Array>}> {
  const tree = growTree({double: true, inclusive: true});
  const samples = Int32Array.from(rows);
  const search = splitSearch(data, params, residuals, samples, randomInt, trace);
  const leaves = new Map<number, Int32Array>();
  const stack: Pending[] = [{node: 0, depth: 0, start: 0, end: samples.length, constants: 0}];
  const values: number[] = [];
  for (let open = stack.pop(); open; open = stack.pop()) {
    const {node, depth, start, end} = open;
    const count = end - start;
    const {sum, squares} = sumsOf(residuals, samples, start, end);
    const impurity = open.impurity ?? impurityOf(sum, squares, count);
    values[node] = sum / count;
    tree.set(node, {value: sum / count, weight: sum / count, cover: count});
    const isClosed =
      depth >= params.maxDepth || count < params.minSamplesSplit || count < 2 * params.minSamplesLeaf || impurity <= epsilon;
    const found = isClosed ? {best: null, candidates: [], constants: 0} : search(start, end, open.constants, sum);
    const {best} = found;
    if (best) {
      const {feature, threshold, leftCount, gain} = best;
      const left = tree.split(node, {feature, threshold, defaultLeft: false, gain});
      const middle = partition(data, samples, start, end, feature, threshold);
      if (middle !== start + leftCount) throw new Error("a split does not part the rows as it was measured");
      const both = {depth: depth + 1, constants: found.constants};
      const impurities = childImpurities(residuals, samples, start, middle, end, sum, squares);
      stack.push({...both, node: left + 1, start: middle, end, impurity: impurities[1]});
      stack.push({...both, node: left, start, end: middle, impurity: impurities[0]});
    } else leaves.set(node, samples.slice(start, end));
    yield {kind: "node", node, depth, sum, count, impurity, candidates: found.candidates, chosen: best};
  }
  values.forEach((value, node) => tree.set(node, {value}));
  return {tree: tree.finish(), leaves};
}

function sumsOf(residuals: Float64Array, samples: Int32Array, start: number, end: number) {
  let [sum, squares] = [0, 0];
  for (let i = start; i < end; i++) {
    const residual = residuals[samples[i]!]!;
    sum += residual;
    squares += residual * residual;
  }
  return {sum, squares};
}

const impurityOf = (sum: number, squares: number, count: number) => squares / count - (sum / count) ** 2;

/** By the library's own sums: of the left side, or of all less those of the right one, whichever has fewer rows. */
function childImpurities(
  residuals: Float64Array, samples: Int32Array, start: number, middle: number, end: number, sum: number, squares: number
): readonly [number, number] {
  const left = sumsOf(residuals, samples, start, middle);
  let leftSum = left.sum;
  if (middle - start > end - middle) {
    leftSum = sum;
    for (let i = end - 1; i >= middle; i--) leftSum -= residuals[samples[i]!]!;
  }
  return [impurityOf(leftSum, left.squares, middle - start), impurityOf(sum - leftSum, squares - left.squares, end - middle)];
}

/** Rows up to the threshold come first, in place, swapping from the end. */
function partition({features, columns}: Table, samples: Int32Array, start: number, end: number, feature: number, threshold: number) {
  let [i, stop] = [start, end];
  while (i < stop) {
    if (features[samples[i]! * columns + feature]! <= threshold) i++;
    else {
      stop--;
      [samples[i], samples[stop]] = [samples[stop]!, samples[i]!];
    }
  }
  return i;
}

/** Features are drawn in random order; those found constant in a node are not looked at below it again. */
function splitSearch(
  data: Table, params: GbdtTreeParams, residuals: Float64Array, samples: Int32Array,
  randomInt: (low: number, high: number) => number, trace: boolean
) {
  const features = Int32Array.from({length: data.columns}, (_, column) => column);
  const constantFeatures = new Int32Array(data.columns);
  const values = new Float32Array(data.rows);
  const swap = (i: number, j: number) => ([features[i], features[j]] = [features[j]!, features[i]!]);
  return (start: number, end: number, known: number, sum: number) => {
    const candidates: GbdtCandidate[] = [];
    let best: GbdtCandidate | null = null;
    let [undrawn, drawnConstants, found] = [data.columns, 0, 0];
    while (undrawn > known + found) {
      let drawn = randomInt(drawnConstants, undrawn - found);
      if (drawn < known) {
        swap(drawnConstants++, drawn);
        continue;
      }
      drawn += found;
      const feature = features[drawn]!;
      for (let i = start; i < end; i++) values[i] = data.features[samples[i]! * data.columns + feature]!;
      introsort(values, samples, start, end);
      if (values[end - 1]! <= Math.fround(values[start]! + leastStep)) {
        swap(drawn, known + found++);
        continue;
      }
      swap(--undrawn, drawn);
      best = scan(feature, values, samples, residuals, start, end, sum, params, best, trace ? candidates : null);
    }
    features.set(constantFeatures.subarray(0, known));
    constantFeatures.set(features.subarray(known, known + found), known);
    return {best, candidates, constants: known + found};
  };
}

/**
 * The splits between neighbouring values; sums run from the nearer end, as in the library. Returns the best of them and
 * `best`; all go to `candidates`, if given.
 */
function scan(
  feature: number, values: Float32Array, samples: Int32Array, residuals: Float64Array, start: number, end: number,
  sum: number, {minSamplesLeaf, criterion}: GbdtTreeParams, best: GbdtCandidate | null, candidates: GbdtCandidate[] | null
): GbdtCandidate | null {
  let found = best;
  let [at, leftSum] = [start, 0];
  for (let p = start; p < end; ) {
    while (p + 1 < end && values[p + 1]! <= Math.fround(values[p]! + leastStep)) p++;
    p++;
    if (p >= end) break;
    const leftCount = p - start;
    const rightCount = end - p;
    const isAllowed = leftCount >= minSamplesLeaf && rightCount >= minSamplesLeaf;
    if (!isAllowed && !candidates) continue;
    if (isAllowed) {
      if (p - at <= end - p) for (; at < p; at++) leftSum += residuals[samples[at]!]!;
      else {
        leftSum = sum;
        for (at = end - 1; at >= p; at--) leftSum -= residuals[samples[at]!]!;
      }
      at = p;
    }
    const rightSum = sum - leftSum;
    const gain = isAllowed ? proxy(criterion, leftSum, leftCount, rightSum, rightCount) : -Infinity;
    const isBetter = gain > (found?.gain ?? -Infinity);
    if (!isBetter && !candidates) continue;
    const middle = values[p - 1]! / 2 + values[p]! / 2;
    const threshold = middle === values[p] ? values[p - 1]! : middle;
    const candidate = {feature, threshold, leftSum, leftCount, rightSum, rightCount, gain};
    candidates?.push(candidate);
    if (isBetter) found = candidate;
  }
  return found;
}

/** n_l·n_r·(mean_l − mean_r)² up to a factor of the node's own, or what splitting leaves of the squared error. */
function proxy(criterion: Criterion, leftSum: number, left: number, rightSum: number, right: number): number {
  if (criterion === "squared_error") return (leftSum * leftSum) / left + (rightSum * rightSum) / right;
  const difference = right * leftSum - left * rightSum;
  return (difference * difference) / (left * right);
}
