/** What growing a tree takes, and the steps a reader can look at while it grows. */
import type {Candidate} from "./gain.js";
import type {Tree} from "./tree.js";

/** One tree to grow. */
export interface TreeTask {
  readonly gradient: Float32Array;
  readonly hessian: Float32Array;
  /** 1 for each row that takes part; all do if absent. */
  readonly rows?: Uint8Array | undefined;
  /** The columns that may be split on, ascending. */
  readonly columns: Int32Array;
  /** Keep every candidate of every node, which costs time and memory. */
  readonly trace: boolean;
}

/** A node is decided on (and its split, if it has one, made), or a split is pruned again. */
export interface NodeStep {
  readonly kind: "node" | "pruned";
  readonly node: number;
  readonly depth: number;
  /** G, H and G²/(H + λ) of the node. */
  readonly gradient: number;
  readonly hessian: number;
  readonly score: number;
  /** In the order they were scanned; empty unless traced. */
  readonly candidates: readonly Candidate[];
  /** The split made, or null for a leaf. */
  readonly chosen: Candidate | null;
}

/** A device computes: the next step is there once the promise is settled. Only trees grown on a device wait. */
export interface WaitStep {
  readonly kind: "wait";
  readonly until: Promise<unknown>;
}

/** The leaf that a stretch of `order` ended in. */
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

export interface Grown {
  readonly tree: Tree;
  readonly partition?: Partition;
}

/** Grows a tree, a step for each node. */
export type Grow = (task: TreeTask) => Generator<NodeStep | WaitStep, Grown>;

/** A node that waits to be split or left. */
export interface Open {
  readonly node: number;
  /** Its rows stand at `order[begin…end)`. */
  readonly begin: number;
  readonly end: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly score: number;
  /** What it was split from; null for the root. The two children of a node stand side by side in a level. */
  readonly parent: Open | null;
  best: Candidate;
  /** In the order they were scanned; empty unless traced. */
  candidates: Candidate[];
}

/** What finds the splits of `hist` trees: histograms on the CPU, or on a device. */
export interface SplitSearch {
  /** Row numbers, those of a node side by side. */
  readonly order: Int32Array;
  /** Each row's gradient and hessian. */
  readonly pairs: Float32Array;
  /** Begins a tree, `order` and `pairs` being filled in; returns the root's sums. */
  begin(task: TreeTask): readonly [gradient: number, hessian: number];
  /** Finds the best split of each node of a level, the last level's being split and `order` sorted. */
  find(level: readonly Open[]): Generator<WaitStep, void>;
  /** Frees what it holds outside of JavaScript's memory. */
  dispose?(): void;
}
