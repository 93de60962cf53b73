/** Tree of Thoughts: propose, judge, keep, prune, go back. One generator of events for every strategy. */
import {bestFirst, breadthFirst, depthFirst} from "./search-exhaustive.js";
import {monteCarlo} from "./search-mcts.js";
import {samplePaths} from "./search-paths.js";
import {LimitMet, startRun} from "./search-run.js";
import type {Events, Run} from "./search-run.js";
import type {Problem, SearchEvent, SearchOptions, Strategy} from "./search-events.js";

export {strategies} from "./search-events.js";
export type {Judge, Problem, SearchEvent, SearchOptions, Strategy, Thought, Verdict} from "./search-events.js";

const strategyOf: Readonly<Record<Strategy, <S>(run: Run<S>) => Events<S>>> = {
  bfs: (run) => breadthFirst(run, "value"),
  beam: (run) => breadthFirst(run, "path"),
  dfs: depthFirst,
  "best-first": bestFirst,
  mcts: monteCarlo,
  chain: (run) => samplePaths(run, 1),
  vote: (run) => samplePaths(run, run.settings.paths)
};

/**
 * Searches, telling everything that happens; the last event is "solve" or "give up". Leaving the loop ends the search.
 *
 * - `bfs`: level by level, each level cut to the `breadth` states of the highest value, as in the paper.
 * - `beam`: the same, cut by the path's probability, the product of the judge's probabilities along it.
 * - `dfs`: into the best child first, back where values fall below `threshold`.
 * - `best-first`: always the most valuable state that is open anywhere.
 * - `mcts`: visits that balance what the judge says with what visits brought (PUCT).
 * - `chain`: one path, each step sampled by the judge's policy; `vote`: `paths` of them, the commonest answer.
 *
 * An error of the judge or of the proposals ends the search with that error.
 */
export async function* search<S>(problem: Problem<S>, options: SearchOptions<S>): AsyncGenerator<SearchEvent<S>, void> {
  const run = startRun(problem, options);
  try {
    yield* strategyOf[options.strategy](run);
  } catch (error) {
    if (!(error instanceof LimitMet)) throw error;
    yield run.tell({kind: "give up", reason: error.reason});
  }
}
