/** The strategies that order and cut: breadth first (and beam), depth first, best first. */
import {probabilityOf, ranked, valueOfNode} from "./search-run.js";
import type {Events, Run, SearchNode} from "./search-run.js";

/** Level by level; `by` says what a level is cut by: each state's own value or its whole path's probability. */
export async function* breadthFirst<S>(run: Run<S>, by: "value" | "path"): Events<S> {
  const {breadth, depth, pruning} = run.settings;
  const paths = new Map([[run.root, 0]]);
  let level: readonly SearchNode<S>[] = [run.root];
  for (let at = 0; at < depth; at++) {
    const candidates: SearchNode<S>[] = [];
    for (const node of level) {
      const children = yield* run.expand(node);
      if (children.length === 0) yield run.prune(node, "dead end");
      candidates.push(...children);
    }
    if (candidates.length === 0) return yield run.tell({kind: "give up", reason: "exhausted"});
    yield* run.value(candidates);
    for (const node of candidates) paths.set(node, paths.get(node.parent!)! + Math.log(probabilityOf(node)));
    const order = ranked(candidates, by === "value" ? valueOfNode : (node) => paths.get(node)!);
    level = pruning ? order.slice(0, breadth) : order;
    for (const node of level) yield run.tell({kind: "keep", node: node.id});
    for (const node of order.slice(level.length)) yield run.prune(node, "breadth");
    const solved = level.find(({state}) => run.problem.isSolved(state));
    if (solved) return yield run.tell({kind: "solve", node: solved.id, state: solved.state});
  }
  yield run.tell({kind: "give up", reason: depth < run.problem.steps ? "depth" : "exhausted"});
}

/** The best child first; back where none is left. */
export async function* depthFirst<S>(run: Run<S>): Events<S> {
  const {breadth, threshold, pruning} = run.settings;
  let cut = false;
  async function* visit(node: SearchNode<S>): Events<S, boolean> {
    if (run.problem.isSolved(node.state)) {
      yield run.tell({kind: "solve", node: node.id, state: node.state});
      return true;
    }
    if (run.end(node)) {
      cut ||= node.depth < run.problem.steps;
      yield run.prune(node, node.depth < run.problem.steps ? "depth" : "dead end");
      return false;
    }
    const children = yield* run.expand(node);
    if (children.length === 0) yield run.prune(node, "dead end");
    yield* run.value(children);
    const order = ranked(children, valueOfNode);
    const wanted = pruning ? order.slice(0, breadth).filter((child) => valueOfNode(child) >= threshold) : order;
    for (const [place, child] of order.entries())
      if (!wanted.includes(child)) yield run.prune(child, place < breadth ? "value" : "breadth");
    for (const child of wanted) {
      yield run.tell({kind: "keep", node: child.id});
      if (yield* visit(child)) return true;
      yield run.tell({kind: "backtrack", node: child.id, to: node.id});
    }
    return false;
  }
  if (!(yield* visit(run.root))) yield run.tell({kind: "give up", reason: cut ? "depth" : "exhausted"});
}

/** The most valuable open state, wherever it is; of equals the deeper one. */
export async function* bestFirst<S>(run: Run<S>): Events<S> {
  const {threshold, pruning} = run.settings;
  let open: readonly SearchNode<S>[] = [run.root];
  let cut = false;
  for (;;) {
    const [best, ...rest] = [...open].sort((a, b) => valueOfNode(b) - valueOfNode(a) || b.depth - a.depth || a.id - b.id);
    if (!best) return yield run.tell({kind: "give up", reason: cut ? "depth" : "exhausted"});
    open = rest;
    if (best !== run.root) yield run.tell({kind: "keep", node: best.id});
    if (run.problem.isSolved(best.state)) return yield run.tell({kind: "solve", node: best.id, state: best.state});
    if (run.end(best)) {
      cut ||= best.depth < run.problem.steps;
      yield run.prune(best, best.depth < run.problem.steps ? "depth" : "dead end");
      continue;
    }
    const children = yield* run.expand(best);
    if (children.length === 0) yield run.prune(best, "dead end");
    yield* run.value(children);
    const low = children.filter((child) => pruning && valueOfNode(child) < threshold);
    for (const child of low) yield run.prune(child, "value");
    open = [...open, ...children.filter((child) => !low.includes(child))];
  }
}
