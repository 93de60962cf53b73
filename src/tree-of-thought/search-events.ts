/** What a search is asked, and what it tells: a problem, a judge, limits; one stream of events for every strategy. */

export interface Thought<S> {
  readonly text: string;
  readonly state: S;
}

/** A task as the search sees it. */
export interface Problem<S> {
  readonly start: S;
  /** Thoughts on the longest path; beyond them nothing is proposed. Infinity where paths may go on for ever. */
  readonly steps: number;
  /** The next thoughts, none at a dead end. */
  propose(state: S): readonly Thought<S>[] | Promise<readonly Thought<S>[]>;
  isSolved(state: S): boolean;
  /** Equal for states from which the same can be reached. */
  key(state: S): string;
  /** What a finished path answers: paths vote for equal answers. Default: the key. */
  answer?(state: S): string;
}

/** What the judge says of a state. */
export interface Verdict {
  /** Log-odds that the goal can be reached from here. */
  readonly logit: number;
  /** Chances that one sample says sure, likely, impossible. */
  readonly chances: readonly [number, number, number];
  /** How many samples said so. */
  readonly votes: readonly [number, number, number];
  /** The samples' worth, 20, 1 or 0.001 each, summed. */
  readonly value: number;
}

/** Judges many states at once. */
export type Judge<S> = (states: readonly S[], signal?: AbortSignal) => readonly Verdict[] | Promise<readonly Verdict[]>;

export const strategies = ["bfs", "beam", "dfs", "best-first", "mcts", "chain", "vote"] as const;
export type Strategy = (typeof strategies)[number];

export interface SearchOptions<S> {
  readonly strategy: Strategy;
  readonly judge: Judge<S>;
  /** How many states a level keeps (bfs, beam), or how many children of a state are gone into (dfs). Default 5. */
  readonly breadth?: number;
  /** Most thoughts on a path. Default: the problem's. */
  readonly depth?: number;
  /** Most states made, the start included. Default 10,000. */
  readonly nodes?: number;
  /** Most milliseconds. Default: no limit. */
  readonly time?: number;
  /** dfs and best-first: states of a lower value are not gone into. Default: what three samples of impossible are worth. */
  readonly threshold?: number;
  /** Whether a state that was met before is left out. Default true. */
  readonly visited?: boolean;
  /** Whether levels are cut to the breadth and low values are left out. Default true. */
  readonly pruning?: boolean;
  /** chain, vote: the policy's temperature. Default 1. */
  readonly temperature?: number;
  /** vote: paths sampled. Default 10. */
  readonly paths?: number;
  /** mcts: how much a visit is drawn to what was seldom visited. Default 1.5. */
  readonly exploration?: number;
  /** Numbers in [0, 1), for chain and vote. */
  readonly random?: () => number;
  readonly signal?: AbortSignal;
}

/** Why a state is not gone into (any further). */
export type PruneReason = "breadth" | "value" | "seen" | "depth" | "dead end" | "not sampled";
export type GiveUpReason = "exhausted" | "depth" | "nodes" | "time" | "outvoted" | "wrong" | "cancelled";

interface Counted {
  /** States judged, and states made, up to and including this event. */
  readonly calls: number;
  readonly nodes: number;
}

export type SearchEvent<S> = Counted & SearchNews<S>;

export type SearchNews<S> =
  | {readonly kind: "propose"; readonly node: number; readonly children: readonly (Thought<S> & {readonly id: number})[]}
  | {readonly kind: "value"; readonly verdicts: readonly {readonly node: number; readonly verdict: Verdict}[]}
  /** The search goes on from this state; `chance`, of a sampled path: the policy's probability of this choice. */
  | {readonly kind: "keep"; readonly node: number; readonly chance?: number}
  | {readonly kind: "prune"; readonly node: number; readonly reason: PruneReason; readonly twin?: number}
  /** Back from a state to one before it; `worth`, of mcts: what the visit brought, 0–1. */
  | {readonly kind: "backtrack"; readonly node: number; readonly to: number; readonly worth?: number}
  /** A sampled path ends; `path` counts them from 1. */
  | {readonly kind: "answer"; readonly node: number; readonly path: number; readonly answer: string}
  | {readonly kind: "solve"; readonly node: number; readonly state: S}
  | {readonly kind: "give up"; readonly reason: GiveUpReason};
