/** What growing a tree takes, and the steps a reader can look at while it grows. */
import type {Candidate} from "./gain.js";

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
