/** XGBoost's `hist` tree method: splits between bins, level by level. */
import type {Bins} from "./bins.js";
import {leafScore, leafWeight, leastGain, noSplit} from "./gain.js";
import type {Candidate} from "./gain.js";
import type {Grow, LeafRows, NodeStep, Open, SplitSearch, TreeTask} from "./grow.js";
import {histogramSearch} from "./hist-search.js";
import {partition} from "./partition.js";
import {growTree} from "./tree.js";
import type {Growth} from "./tree.js";
import type {XgboostParams} from "./xgboost-params.js";

const f = Math.fround;

/** Prepares memory once; the function returned grows a tree, a step for each node, level by level. */
export function histGrower(bins: Bins, params: XgboostParams, search: SplitSearch = histogramSearch(bins, params)): Grow {
  const {order, pairs} = search;
  const spare = new Int32Array(bins.rows + 1);

  return function* (task) {
    fillIn(order, pairs, task);
    const tree = growTree();
    const leaves: LeafRows[] = [];
    let level = [rootOf(tree, params, search.begin(task), bins.rows)];
    for (let depth = 0; level.length > 0; depth++) {
      yield* search.find(level);
      const next: Open[] = [];
      for (const open of level) {
        const isSplit = isWorthIt(open.best, params.gamma);
        if (isSplit) {
          const middle = partition(bins, order, spare, open.begin, open.end, open.best);
          const children = split(tree, open, middle, params);
          if (depth + 1 < params.maxDepth) next.push(...children);
          else leaves.push(...children);
        } else leaves.push(open);
        yield stepOf(open, depth, isSplit);
      }
      level = next;
    }
    return {tree: tree.finish(), partition: {order, leaves}};
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

function rootOf(tree: Growth, params: XgboostParams, [gradient, hessian]: readonly [number, number], rows: number): Open {
  const weight = leafWeight(params, gradient, hessian);
  tree.set(0, {weight, value: f(params.eta * weight), cover: f(hessian)});
  return open(0, 0, rows, gradient, hessian, params, null);
}

function open(
  node: number, begin: number, end: number, gradient: number, hessian: number, params: XgboostParams, parent: Open | null
): Open {
  const score = leafScore(params, gradient, hessian);
  return {node, begin, end, gradient, hessian, score, parent, best: noSplit, candidates: []};
}

function isWorthIt({gain, hl, hr}: Candidate, gamma: number): boolean {
  return gain > leastGain && hl !== 0 && hr !== 0 && gain >= gamma;
}

function split(tree: Growth, parent: Open, middle: number, params: XgboostParams): readonly [Open, Open] {
  const {node, begin, end, best} = parent;
  const {gl, hl, gr, hr} = best;
  const weight = leafWeight(params, gl + gr, hl + hr);
  tree.set(node, {weight, cover: f(hl + hr)});
  const left = tree.split(node, best);
  const children = [
    open(left, begin, middle, gl, hl, params, parent),
    open(left + 1, middle, end, gr, hr, params, parent)
  ] as const;
  for (const {node: child, gradient, hessian} of children) {
    const value = f(leafWeight(params, gradient, hessian) * params.eta);
    tree.set(child, {value, weight: value, cover: f(hessian)});
  }
  return children;
}

function stepOf({node, gradient, hessian, score, candidates, best}: Open, depth: number, isSplit: boolean): NodeStep {
  return {kind: "node", node, depth, gradient, hessian, score, candidates, chosen: isSplit ? best : null};
}
