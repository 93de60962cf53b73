/** One run of a search: its tree, its limits, and the moves that all strategies are made of. */
import type {GiveUpReason, Problem, PruneReason, SearchEvent, SearchNews, SearchOptions, Verdict} from "./search-events.js";

export interface SearchNode<S> {
  readonly id: number;
  readonly parent: SearchNode<S> | undefined;
  readonly depth: number;
  readonly text: string;
  readonly state: S;
  verdict: Verdict | undefined;
  /** Once proposed: its children, those seen before left out. */
  children: readonly SearchNode<S>[] | undefined;
}

/** Thrown by the moves when a limit is met; search() makes the last event of it. */
export class LimitMet extends Error {
  constructor(readonly reason: GiveUpReason) {
    super(reason);
  }
}

export type Events<S, R = void> = AsyncGenerator<SearchEvent<S>, R>;

export type Settings<S> = Required<Omit<SearchOptions<S>, "signal">> & {readonly signal: AbortSignal | undefined};

export interface Run<S> {
  readonly problem: Problem<S>;
  readonly settings: Settings<S>;
  readonly root: SearchNode<S>;
  tell(news: SearchNews<S>): SearchEvent<S>;
  /** Proposes once; gives the children worth a look, telling which were seen before. */
  expand(node: SearchNode<S>): Events<S, readonly SearchNode<S>[]>;
  /** Judges those that have no verdict yet. */
  value(nodes: readonly SearchNode<S>[]): Events<S>;
  prune(node: SearchNode<S>, reason: PruneReason): SearchEvent<S>;
  /** Why a state cannot be gone into, if so. */
  end(node: SearchNode<S>): "depth" | undefined;
}

export function startRun<S>(problem: Problem<S>, options: SearchOptions<S>): Run<S> {
  const settings: Settings<S> = {
    breadth: 5, depth: problem.steps, nodes: 10_000, time: Infinity, threshold: 0.01, visited: true, pruning: true,
    temperature: 1, paths: 10, exploration: 1.5, random: Math.random, ...options, signal: options.signal
  };
  const began = performance.now();
  let [calls, made] = [0, 1];
  const root: SearchNode<S> = {
    id: 0, parent: undefined, depth: 0, text: "", state: problem.start, verdict: undefined, children: undefined
  };
  const seen = new Map([[problem.key(problem.start), 0]]);
  const tell = (news: SearchNews<S>): SearchEvent<S> => ({...news, calls, nodes: made});
  const check = () => {
    if (settings.signal?.aborted) throw new LimitMet("cancelled");
    if (performance.now() - began > settings.time) throw new LimitMet("time");
  };
  return {
    problem, settings, root, tell,
    prune: (node, reason) => tell({kind: "prune", node: node.id, reason}),
    end: (node) => (node.depth >= settings.depth ? "depth" : undefined),
    async *expand(parent) {
      if (parent.children) return parent.children;
      check();
      const thoughts = await problem.propose(parent.state);
      check();
      const room = settings.nodes - made;
      const children = thoughts.slice(0, Math.max(0, room)).map(({text, state}): SearchNode<S> => ({
        id: made++, parent, depth: parent.depth + 1, text, state, verdict: undefined, children: undefined
      }));
      yield tell({kind: "propose", node: parent.id, children: children.map(({id, text, state}) => ({id, text, state}))});
      if (thoughts.length > room) throw new LimitMet("nodes");
      const fresh: SearchNode<S>[] = [];
      for (const child of children) {
        const key = problem.key(child.state);
        const twin = settings.visited ? seen.get(key) : undefined;
        if (twin !== undefined) yield tell({kind: "prune", node: child.id, reason: "seen", twin});
        else fresh.push(child);
        if (!seen.has(key)) seen.set(key, child.id);
      }
      return (parent.children = fresh);
    },
    async *value(nodes) {
      const open = nodes.filter(({verdict}) => !verdict);
      if (open.length === 0) return;
      check();
      const verdicts = await settings.judge(open.map(({state}) => state), settings.signal);
      calls += open.length;
      open.forEach((node, i) => (node.verdict = verdicts[i]!));
      yield tell({kind: "value", verdicts: open.map(({id}, i) => ({node: id, verdict: verdicts[i]!}))});
    }
  };
}

export const valueOfNode = <S>({verdict}: SearchNode<S>): number => verdict?.value ?? 0;

export const probabilityOf = <S>({verdict}: SearchNode<S>): number => 1 / (1 + Math.exp(-(verdict?.logit ?? 0)));

/** Best first; of equals the one proposed first. */
export const ranked = <S>(nodes: readonly SearchNode<S>[], score: (node: SearchNode<S>) => number): readonly SearchNode<S>[] =>
  nodes.map((node) => ({node, value: score(node)})).sort((a, b) => b.value - a.value || a.node.id - b.node.id).map(({node}) => node);
