/** Many puzzles by many methods: what is asked, and what came out. */
import type {Sampling} from "./judge.js";
import type {Method} from "./methods.js";

export const sweepMethods = {
  chain: {strategy: "chain"},
  vote: {strategy: "vote", paths: 10},
  bfs1: {strategy: "bfs", breadth: 1},
  bfs2: {strategy: "bfs", breadth: 2},
  bfs3: {strategy: "bfs", breadth: 3},
  bfs4: {strategy: "bfs", breadth: 4},
  bfs5: {strategy: "bfs", breadth: 5},
  beam5: {strategy: "beam", breadth: 5},
  dfs: {strategy: "dfs", breadth: 5},
  bestFirst: {strategy: "best-first"},
  mcts: {strategy: "mcts"}
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof sweepMethods;
export const methodNames = Object.keys(sweepMethods) as MethodName[];

export interface SweepConfig {
  /** Rank and numbers. */
  readonly puzzles: readonly {readonly rank: number; readonly numbers: readonly number[]}[];
  readonly methods: readonly MethodName[];
  /** Each puzzle is gone about once for each of the seeds 1, 2, … */
  readonly seeds: number;
  readonly sampling: Omit<Sampling, "seed">;
  readonly temperature: number;
  readonly parameters: Float32Array;
}

export interface SweepRow {
  readonly method: MethodName;
  readonly rank: number;
  readonly seed: number;
  readonly solved: boolean;
  readonly calls: number;
}

export interface MethodSummary {
  readonly method: MethodName;
  /** Share solved, by seed. */
  readonly rates: readonly number[];
  readonly mean: number;
  /** States judged a puzzle. */
  readonly calls: number;
}

/** One method's results over the seeds that are complete or under way; undefined before its first. */
export function summaryOf(rows: readonly SweepRow[], method: MethodName): MethodSummary | undefined {
  const mine = rows.filter((row) => row.method === method);
  if (mine.length === 0) return undefined;
  const seeds = [...new Set(mine.map(({seed}) => seed))];
  const share = (list: readonly SweepRow[]) => list.filter(({solved}) => solved).length / list.length;
  return {
    method, rates: seeds.map((seed) => share(mine.filter((row) => row.seed === seed))), mean: share(mine),
    calls: mine.reduce((sum, {calls}) => sum + calls, 0) / mine.length
  };
}

/** Share of the attempts that were solved within so many states judged: [calls, share], ascending. */
export function solvedWithin(rows: readonly SweepRow[], method: MethodName): readonly (readonly [number, number])[] {
  const mine = rows.filter((row) => row.method === method);
  const solved = mine.filter((row) => row.solved).map(({calls}) => calls).sort((a, b) => a - b);
  return solved.map((calls, i) => [calls, (i + 1) / mine.length]);
}
