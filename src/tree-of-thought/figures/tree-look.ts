/** Words and colours of verdicts: the same in every figure of the page. */
import type {PruneReason, Strategy} from "../search-events.js";

export const labelNames = ["sure", "likely", "impossible"] as const;
export const labelColors = ["var(--c3)", "var(--c12)", "var(--c6)"] as const;

export const strategyNames: Readonly<Record<Strategy, string>> = {
  bfs: "breadth first, b best of a level (the paper's)",
  beam: "beam: b likeliest paths",
  dfs: "depth first, with backtracking",
  "best-first": "best first",
  mcts: "Monte-Carlo tree search",
  chain: "one chain",
  vote: "ten chains and a vote"
};

export const reasonTexts: Readonly<Record<PruneReason, string>> = {
  breadth: "not among the b best",
  value: "judged too low",
  seen: "the same numbers were met before",
  depth: "the depth limit",
  "dead end": "a dead end",
  "not sampled": "not sampled"
};
