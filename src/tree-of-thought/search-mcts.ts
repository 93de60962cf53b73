/** Monte-Carlo tree search: visits from the root, guided by the judge as prior and by what visits have brought (PUCT). */
import {probabilityOf} from "./search-run.js";
import type {Events, Run, SearchNode} from "./search-run.js";

interface Stats {
  visits: number;
  worth: number;
  /** Nothing below is left to try. */
  done: boolean;
}

/**
 * A visit goes down to a state that was not visited yet, judges its children, and takes the judge's probability of that
 * state up to the root; a dead end brings 0. The search ends with the first solution, or when all is tried.
 */
export async function* monteCarlo<S>(run: Run<S>): Events<S> {
  const known = new Map<SearchNode<S>, Stats>();
  const stats = (node: SearchNode<S>): Stats => {
    let of = known.get(node);
    if (!of) known.set(node, (of = {visits: 0, worth: 0, done: false}));
    return of;
  };
  const choose = (node: SearchNode<S>): SearchNode<S> => {
    const open = node.children!.filter((child) => !stats(child).done);
    const priors = open.reduce((sum, child) => sum + probabilityOf(child), 0) || 1;
    const score = (child: SearchNode<S>): number => {
      const {visits, worth} = stats(child);
      const drawn = (run.settings.exploration * probabilityOf(child) * Math.sqrt(stats(node).visits)) / priors / (1 + visits);
      return (visits ? worth / visits : 0) + drawn;
    };
    return open.reduce((best, child) => (score(child) > score(best) ? child : best));
  };
  let cut = false;
  while (!stats(run.root).done) {
    let node = run.root;
    while (node.children && node.children.length > 0) node = choose(node);
    if (node !== run.root) yield run.tell({kind: "keep", node: node.id});
    if (run.problem.isSolved(node.state)) return yield run.tell({kind: "solve", node: node.id, state: node.state});
    let worth = probabilityOf(node);
    const ends = run.end(node) !== undefined;
    const children = ends ? [] : yield* run.expand(node);
    if (children.length === 0) {
      const early = ends && node.depth < run.problem.steps;
      cut ||= early;
      worth = 0;
      stats(node).done = true;
      yield run.prune(node, early ? "depth" : "dead end");
    }
    yield* run.value(children);
    for (let up: SearchNode<S> | undefined = node; up; up = up.parent) {
      const of = stats(up);
      of.visits++;
      of.worth += worth;
      if (up.children && up.children.every((child) => stats(child).done)) of.done = true;
    }
    if (node !== run.root) yield run.tell({kind: "backtrack", node: node.id, to: 0, worth});
  }
  yield run.tell({kind: "give up", reason: cut ? "depth" : "exhausted"});
}
