/** A search written down: every state with what became of it, and the events in steps that a reader can follow. */
import type {PruneReason, SearchEvent, Verdict} from "./search-events.js";

/** What is known of a state; the numbers are indices of events (see Trace.events), Infinity where it never happens. */
export interface TraceNode<S> {
  readonly id: number;
  readonly parent: number;
  readonly depth: number;
  readonly text: string;
  readonly state: S;
  /** When it was proposed, judged, first gone into, left out. */
  readonly proposed: number;
  valued: number;
  kept: number;
  pruned: number;
  verdict: Verdict | undefined;
  reason: PruneReason | undefined;
  /** The policy's chance of it, where a path was sampled. */
  chance: number | undefined;
  readonly children: number[];
}

export interface Trace<S> {
  readonly nodes: readonly TraceNode<S>[];
  readonly events: readonly SearchEvent<S>[];
  /** Each step's last event, counted from 1: step 0 has seen none. */
  readonly steps: readonly number[];
}

/** Grows a trace by events, in order. */
export function traceWriter<S>(start: S): {add(event: SearchEvent<S>): void; trace(): Trace<S>} {
  const make = (id: number, parent: number, depth: number, text: string, state: S, proposed: number): TraceNode<S> => ({
    id, parent, depth, text, state, proposed, valued: Infinity, kept: Infinity, pruned: Infinity,
    verdict: undefined, reason: undefined, chance: undefined, children: []
  });
  const nodes: TraceNode<S>[] = [make(0, -1, 0, "", start, -1)];
  nodes[0]!.kept = -1;
  const events: SearchEvent<S>[] = [];
  return {
    add(event) {
      const at = events.push(event) - 1;
      if (event.kind === "propose") {
        const parent = nodes[event.node]!;
        for (const {id, text, state} of event.children) {
          nodes[id] = make(id, event.node, parent.depth + 1, text, state, at);
          parent.children.push(id);
        }
      } else if (event.kind === "value") {
        for (const {node, verdict} of event.verdicts) Object.assign(nodes[node]!, {verdict, valued: at});
      } else if (event.kind === "keep") {
        const node = nodes[event.node]!;
        node.kept = Math.min(node.kept, at);
        node.chance = event.chance ?? node.chance;
      } else if (event.kind === "prune") Object.assign(nodes[event.node]!, {pruned: at, reason: event.reason});
    },
    trace: () => ({nodes, events, steps: stepEnds(events)})
  };
}

const choosing = (kind: string | undefined) => kind === "keep" || kind === "prune";

/** What is seen before goes with the proposal that made it; what is kept and what is left out are one choice. */
function stepEnds<S>(events: readonly SearchEvent<S>[]): readonly number[] {
  const ends: number[] = [0];
  events.forEach((event, i) => {
    const next = events[i + 1];
    const goesOn = next?.kind === "prune" && next.reason === "seen" ? true : choosing(event.kind) && !isSeen(event) && choosing(next?.kind);
    if (!goesOn) ends.push(i + 1);
  });
  return ends;
}

const isSeen = <S>(event: SearchEvent<S>): boolean => event.kind === "prune" && event.reason === "seen";

/** The states from the start to this one. */
export function pathTo<S>(nodes: readonly TraceNode<S>[], id: number): readonly TraceNode<S>[] {
  const path: TraceNode<S>[] = [];
  for (let node = nodes[id]; node; node = nodes[node.parent]) path.unshift(node);
  return path;
}
