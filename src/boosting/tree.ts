/** A regression tree in arrays, one number a node; node 0 is the root. */
import type {Table} from "./table.js";

export interface Tree {
  /** What goes left: values below the threshold (XGBoost) or up to it (scikit-learn). */
  readonly left: Int32Array;
  /** −1 at a leaf, as in `left`. */
  readonly right: Int32Array;
  /** −1 at the root. */
  readonly parent: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float32Array | Float64Array;
  /** What a leaf adds to the score (XGBoost, η included; 0 elsewhere), or any node's value before the learning rate. */
  readonly value: Float32Array | Float64Array;
  /** 1 where missing values go left. */
  readonly defaultLeft: Uint8Array;
  /** What the node's split gains, 0 at a leaf. */
  readonly gain: Float32Array | Float64Array;
  /** Sum of the hessians (XGBoost) or count of the rows (scikit-learn). */
  readonly cover: Float32Array | Float64Array;
  /** XGBoost's optimal weight of the node as if it were a leaf, as the library stores it. */
  readonly weight: Float32Array | Float64Array;
  readonly inclusive: boolean;
}

/** The leaf that row `row` of the features (row-major) falls into. */
export function leafOf(tree: Tree, features: Float32Array, columns: number, row: number): number {
  const {left, right, feature, threshold, defaultLeft, inclusive} = tree;
  let node = 0;
  while (left[node]! >= 0) {
    const value = features[row * columns + feature[node]!]!;
    const isLeft = Number.isNaN(value)
      ? defaultLeft[node] === 1
      : inclusive
        ? value <= threshold[node]!
        : value < threshold[node]!;
    node = isLeft ? left[node]! : right[node]!;
  }
  return node;
}

/** The nodes from the root to the leaf of a row. */
export function pathOf(tree: Tree, features: Float32Array, columns: number, row: number): readonly number[] {
  const path = [];
  for (let node = leafOf(tree, features, columns, row); node >= 0; node = tree.parent[node]!) path.push(node);
  return path.reverse();
}

/** Adds `rate` times the tree's value of each row to `scores[row × stride + offset]`, in float32 if scores are. */
export function addTree(
  tree: Tree,
  {features, rows, columns}: Pick<Table, "features" | "rows" | "columns">,
  scores: Float32Array | Float64Array,
  {stride = 1, offset = 0, rate = 1}: {readonly stride?: number; readonly offset?: number; readonly rate?: number} = {}
): void {
  for (let row = 0; row < rows; row++)
    scores[row * stride + offset]! += rate * tree.value[leafOf(tree, features, columns, row)]!;
}

/** Depth of each node, 0 at the root. Parents stand before their children. */
export function depths({parent}: Tree): Int32Array {
  const depth = new Int32Array(parent.length);
  for (let node = 1; node < parent.length; node++) depth[node] = depth[parent[node]!]! + 1;
  return depth;
}

/** A tree that grows. */
export interface Growth {
  readonly count: number;
  /** Makes two children of `node`, whose value becomes 0: returns the left one's number, the right one's is the next. */
  split(node: number, at: {feature: number; threshold: number; defaultLeft: boolean; gain: number}): number;
  /** Sets what a node is worth, apart from its split. */
  set(node: number, values: Partial<Record<"value" | "cover" | "weight" | "gain", number>>): void;
  isLeaf(node: number): boolean;
  children(node: number): readonly [left: number, right: number];
  parentOf(node: number): number;
  get(node: number, what: "value" | "cover" | "weight" | "gain"): number;
  /** Turns a node whose children are leaves into a leaf of that value. */
  prune(node: number, value: number): void;
  /** The tree without pruned nodes, in arrays of `Numbers`. */
  finish(): Tree;
}

export function growTree({double = false, inclusive = false}: {double?: boolean; inclusive?: boolean} = {}): Growth {
  const nodes: {
    left: number; right: number; parent: number; feature: number; threshold: number; defaultLeft: boolean;
    value: number; gain: number; cover: number; weight: number; gone: boolean;
  }[] = [];
  const add = (parent: number) => {
    nodes.push({
      left: -1, right: -1, parent, feature: 0, threshold: 0, defaultLeft: false,
      value: 0, gain: 0, cover: 0, weight: 0, gone: false
    });
    return nodes.length - 1;
  };
  add(-1);
  return {
    get count() {
      return nodes.length;
    },
    split(node, at) {
      const left = add(node);
      const right = add(node);
      const {feature, threshold, defaultLeft, gain} = at;
      Object.assign(nodes[node]!, {feature, threshold, defaultLeft, gain, left, right, value: 0});
      return left;
    },
    set: (node, values) => void Object.assign(nodes[node]!, values),
    isLeaf: (node) => nodes[node]!.left < 0,
    children: (node) => [nodes[node]!.left, nodes[node]!.right],
    parentOf: (node) => nodes[node]!.parent,
    get: (node, what) => nodes[node]![what],
    prune(node, value) {
      const {left, right} = nodes[node]!;
      nodes[left]!.gone = nodes[right]!.gone = true;
      Object.assign(nodes[node]!, {left: -1, right: -1, feature: 0, threshold: 0, defaultLeft: false, gain: 0, value});
    },
    finish() {
      const kept = nodes.filter(({gone}) => !gone);
      const place = new Map(kept.map((node, i) => [node, i]));
      const at = (index: number) => (index < 0 ? -1 : place.get(nodes[index]!)!);
      const numbers = (of: (node: (typeof nodes)[number]) => number) =>
        double ? Float64Array.from(kept, of) : Float32Array.from(kept, of);
      return {
        left: Int32Array.from(kept, ({left}) => at(left)),
        right: Int32Array.from(kept, ({right}) => at(right)),
        parent: Int32Array.from(kept, ({parent}) => at(parent)),
        feature: Int32Array.from(kept, ({feature}) => feature),
        threshold: numbers(({threshold}) => threshold),
        value: numbers(({value}) => value),
        defaultLeft: Uint8Array.from(kept, ({defaultLeft}) => Number(defaultLeft)),
        gain: numbers(({gain}) => gain),
        cover: numbers(({cover}) => cover),
        weight: numbers(({weight}) => weight),
        inclusive
      };
    }
  };
}
