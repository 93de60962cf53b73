/** XGBoost's `exact` tree method: every split between neighbouring values is tried, then weak splits are pruned. */
import {leafScore, leafWeight, leastGain, noSplit, splitGain} from "./gain.js";
import type {Candidate} from "./gain.js";
import type {Grow, NodeStep} from "./grow.js";
import {sortedColumns} from "./table.js";
import type {Table} from "./table.js";
import {growTree} from "./tree.js";
import type {Growth} from "./tree.js";
import type {XgboostParams} from "./xgboost-params.js";

const f = Math.fround;

/** What is known of the nodes of the tree, by node. */
interface Nodes {
  readonly gradient: number[];
  readonly hessian: number[];
  readonly score: number[];
  readonly best: Candidate[];
  readonly candidates: Candidate[][];
}

/** Prepares the data once; the function returned grows a tree on it, a step for each node. */
export function exactGrower(data: Table, params: XgboostParams): Grow {
  const sorted = sortedColumns(data);
  return function* ({gradient, hessian, rows: taken, columns, trace}) {
    const tree = growTree();
    const nodes: Nodes = {gradient: [], hessian: [], score: [], best: [], candidates: []};
    // Where each row is: a node, or −1 when its node is a leaf for good.
    const position = new Int32Array(data.rows);
    if (taken) position.forEach((_, row) => (position[row] = taken[row] ? 0 : -1));
    let level = [0];
    for (let depth = 0; level.length > 0; depth++) {
      sumNodes(level, nodes, position, gradient, hessian, params);
      for (const node of level) setNode(tree, node, nodes, params);
      if (depth === params.maxDepth) break;
      const scan = {data, params, nodes, position, gradient, hessian, level, trace};
      for (const column of columns) scanColumn(scan, column, sorted[column]!);
      const next: number[] = [];
      for (const node of level) {
        const split = nodes.best[node]!;
        const isSplit = split.gain > leastGain;
        if (isSplit) {
          const left = tree.split(node, split);
          next.push(left, left + 1);
        } else tree.set(node, {gain: split.gain});
        yield stepOf(node, depth, nodes, isSplit);
      }
      move(tree, next, position, data, nodes.best);
      level = next;
    }
    yield* prune(tree, nodes, params);
    return {tree: tree.finish()};
  };
}

/** The sums of each node's rows, in the rows' order, and with them its score. */
function sumNodes(
  level: readonly number[], nodes: Nodes, position: Int32Array, gradient: Float32Array, hessian: Float32Array, params: XgboostParams
): void {
  for (const node of level) {
    nodes.gradient[node] = nodes.hessian[node] = 0;
    nodes.best[node] = noSplit;
    nodes.candidates[node] = [];
  }
  for (let row = 0; row < position.length; row++) {
    const node = position[row]!;
    if (node < 0) continue;
    nodes.gradient[node]! += gradient[row]!;
    nodes.hessian[node]! += hessian[row]!;
  }
  for (const node of level) nodes.score[node] = leafScore(params, nodes.gradient[node]!, nodes.hessian[node]!);
}

function setNode(tree: Growth, node: number, {gradient, hessian}: Nodes, params: XgboostParams): void {
  const weight = leafWeight(params, gradient[node]!, hessian[node]!);
  tree.set(node, {weight, value: f(weight * params.eta), cover: f(hessian[node]!)});
}

interface Scan {
  readonly data: Table;
  readonly params: XgboostParams;
  readonly nodes: Nodes;
  readonly position: Int32Array;
  readonly gradient: Float32Array;
  readonly hessian: Float32Array;
  readonly level: readonly number[];
  readonly trace: boolean;
}

/** Missing values to the right (forward, only where there are any), then to the left (backward). */
function scanColumn(scan: Scan, column: number, sorted: Int32Array): void {
  const {features, rows, columns} = scan.data;
  if (sorted.length === 0) return;
  const first = features[sorted[0]! * columns + column];
  const isConstant = first === features[sorted[sorted.length - 1]! * columns + column];
  if (sorted.length < rows && !isConstant) scanOneWay(scan, column, sorted, false);
  scanOneWay(scan, column, sorted, true);
}

function scanOneWay(scan: Scan, column: number, sorted: Int32Array, backward: boolean): void {
  const {data, position, gradient, hessian, level, nodes} = scan;
  const sumG = new Float64Array(nodes.score.length);
  const sumH = new Float64Array(nodes.score.length);
  const last = new Float32Array(nodes.score.length);
  for (let k = 0; k < sorted.length; k++) {
    const row = sorted[backward ? sorted.length - 1 - k : k]!;
    const node = position[row]!;
    if (node < 0) continue;
    const value = data.features[row * data.columns + column]!;
    if (sumH[node] !== 0 && value !== last[node]) {
      const middle = f(f(value + last[node]!) * 0.5);
      consider(scan, node, column, middle === value ? last[node]! : middle, backward, sumG[node]!, sumH[node]!);
    }
    sumG[node]! += gradient[row]!;
    sumH[node]! += hessian[row]!;
    last[node] = value;
  }
  // At last all that have a value against all that have none.
  for (const node of level) {
    const gap = f(Math.abs(last[node]!) + leastGain);
    consider(scan, node, column, f(last[node]! + (backward ? -gap : gap)), backward, sumG[node]!, sumH[node]!);
  }
}

/** Weighs one split; `g` and `h` are the sums of what was scanned, the right side when scanning backward. */
function consider(
  {params, nodes, trace}: Scan, node: number, feature: number, threshold: number, backward: boolean, g: number, h: number
): void {
  const restG = nodes.gradient[node]! - g;
  const restH = nodes.hessian[node]! - h;
  const allowed = h >= params.minChildWeight && restH >= params.minChildWeight;
  if (!allowed && !trace) return;
  const [gl, hl, gr, hr] = backward ? [restG, restH, g, h] : [g, h, restG, restH];
  const gain = allowed ? splitGain(params, gl, hl, gr, hr, nodes.score[node]!) : -Infinity;
  if (trace) nodes.candidates[node]!.push({feature, threshold, defaultLeft: backward, gl, hl, gr, hr, gain});
  if (gain > nodes.best[node]!.gain && gain < Infinity)
    nodes.best[node] = {feature, threshold, defaultLeft: backward, gl, hl, gr, hr, gain};
}

/** Sends the rows of split nodes to the children. */
function move(
  tree: Growth, next: readonly number[], position: Int32Array, {features, columns}: Table, best: readonly Candidate[]
): void {
  const alive = new Set(next);
  for (let row = 0; row < position.length; row++) {
    const node = position[row]!;
    if (node < 0) continue;
    const [left, right] = tree.children(node);
    if (!alive.has(left)) {
      position[row] = -1;
      continue;
    }
    const {feature, threshold, defaultLeft} = best[node]!;
    const value = features[row * columns + feature]!;
    position[row] = (Number.isNaN(value) ? defaultLeft : value < threshold) ? left : right;
  }
}

function stepOf(node: number, depth: number, nodes: Nodes, isSplit: boolean): NodeStep {
  return {
    kind: "node",
    node,
    depth,
    gradient: nodes.gradient[node]!,
    hessian: nodes.hessian[node]!,
    score: nodes.score[node]!,
    candidates: nodes.candidates[node]!,
    chosen: isSplit ? nodes.best[node]! : null
  };
}

/** From the leaves up: a split of two leaves that gains less than γ is taken back. */
function* prune(tree: Growth, nodes: Nodes, {gamma, eta}: XgboostParams): Generator<NodeStep> {
  for (let leaf = 0; leaf < tree.count; leaf++) {
    if (!tree.isLeaf(leaf)) continue;
    for (let node = tree.parentOf(leaf); node >= 0; node = tree.parentOf(node)) {
      const [left, right] = tree.children(node);
      if (left < 0 || !tree.isLeaf(left) || !tree.isLeaf(right) || !(tree.get(node, "gain") < gamma)) break;
      tree.prune(node, f(eta * tree.get(node, "weight")));
      yield {...stepOf(node, -1, nodes, true), kind: "pruned"};
    }
  }
}
