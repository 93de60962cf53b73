/** Figure: can a path run for ever? Two jugs, whose states come round again; what stops a search from going round. */
import {html} from "htl";
import type {FigureContext, FigureParts} from "../../notebook/figure.js";
import {choiceField, flagField, numberField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import type {Step} from "../../notebook/step.js";
import {isMeasurable, jugs, ruleOfNearness} from "../jugs.js";
import type {Jugs} from "../jugs.js";
import {search} from "../search.js";
import {traceWriter} from "../trace.js";
import type {Trace, TraceNode} from "../trace.js";
import {litAt, stepsOfTrace} from "./trace-steps.js";
import {treeView} from "./tree-view.js";

const mostStates = 150;

const labels = {
  title: "Can it run for ever?",
  caption:
    "Two jugs, A and B; a thought fills, empties or pours; wanted are so many litres in either. Every state can be left again, so " +
    "paths go round. The judge is a rule, not a network: sure within a litre of the target, impossible beyond three, likely " +
    `between. A box says A | B. The page itself stops at ${mostStates} states, and says whether the search would have ended.`,
  visited: "Visited set",
  limit: "Depth limit",
  pruning: "Pruning by the judge",
  depth: "Limit",
  strategy: "Search",
  strategies: {dfs: "depth first", bfs: "breadth first", "best-first": "best first"},
  sizeA: "A holds",
  sizeB: "B holds",
  target: "Wanted",
  litres: "litres",
  step: "Step",
  start: "Both empty",
  left: ({a, b}: Jugs) => `${a} | ${b}`,
  working: "Searching…",
  solved: (steps: number, states: number) => `Measured in ${steps} steps; ${states} states were made.`,
  stopped: `Stopped by the page at ${mostStates} states. `,
  met: (times: number) => `The state met most often was met ${times} times.`,
  ever: "It would run for ever. ",
  bounded: "It would have ended, for what it may look at is limited. ",
  later: "It would have found the way: it tries all short paths before long ones. ",
  depthEnd: "The depth limit ended it: nothing found within it. A path cannot run for ever any more, but what lies deeper is never seen.",
  exhausted: "It ended with everything tried that was not cut.",
  pruned: " Pruning may have cut the only way: the rule says impossible of states that the solution goes through.",
  impossible: "This target cannot be measured with these jugs at all.",
  words: {
    start: "Both jugs are empty.", propose: "Fill, empty, pour: whatever changes something.",
    value: "The rule looks at how far the nearer jug is from the target.", solve: "The target stands in one of the jugs."
  }
};

const schema = {
  visited: flagField({label: labels.visited, default: true}),
  limit: flagField({label: labels.limit, default: false}),
  pruning: flagField({label: labels.pruning, default: false}),
  depth: numberField({label: labels.depth, default: 6, min: 1, max: 20, step: 1, when: ({limit}) => limit === true}),
  strategy: choiceField({label: labels.strategy, default: "dfs", options: labels.strategies}),
  sizeA: numberField({label: labels.sizeA, default: 3, min: 1, max: 12, step: 1, unit: labels.litres}),
  sizeB: numberField({label: labels.sizeB, default: 5, min: 1, max: 12, step: 1, unit: labels.litres}),
  target: numberField({label: labels.target, default: 4, min: 1, max: 12, step: 1, unit: labels.litres}),
  step: numberField({label: labels.step, default: 6, min: 0, max: 1000, step: 1, control: false})
};
type State = StateOf<typeof schema>;

async function traceJugs({visited, limit, pruning, depth, strategy, ...task}: State): Promise<Trace<Jugs>> {
  const problem = jugs(task);
  const writer = traceWriter(problem.start);
  const options = {strategy, visited, pruning, breadth: 6, judge: ruleOfNearness(task), nodes: mostStates, ...(limit && {depth})};
  for await (const event of search(problem, options)) writer.add(event);
  return writer.trace();
}

export const forEver = defineFigure({
  id: "tree-of-thought/for-ever",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let trace: Trace<Jugs> | undefined;
    let steps: readonly Step[] = [];
    let asked = "";
    const view = treeView<Jugs>({
      start: labels.start, remains: ({state}) => labels.left(state),
      solved: ({state}) => state.a === context.state().target || state.b === context.state().target,
      onChoose: (id) => {
        view.fold(id);
      }
    });
    const verdict = html`<p class="thought-verdict" role="status"></p>`;
    const body = html`<div>${view.element}<div data-stepper></div>${verdict}</div>`;
    const begin = (state: State) => {
      const key = JSON.stringify({...state, step: 0});
      if (key === asked) return;
      asked = key;
      void traceJugs(state).then((done) => {
        if (key !== asked || context.signal.aborted) return;
        trace = done;
        steps = stepsOfTrace(done, words);
        context.redraw();
      });
    };
    return {
      body,
      update(state) {
        begin(state);
        verdict.textContent = trace ? endOf(state, trace) : labels.working;
        if (!trace) return;
        const step = Math.min(state.step, trace.steps.length - 1);
        view.show({trace, upTo: trace.steps[step]!, chosen: -1, lit: litAt(trace, step)});
      },
      data: () => (trace?.nodes ?? []).map(({id, parent, depth, text, state, verdict: judged, kept, reason}) => ({
        id, parent, depth, thought: text, a: state.a, b: state.b, value: judged?.value ?? null, kept: kept < Infinity, reason: reason ?? null
      })),
      steps: () => steps
    };
  }
});

const words = {
  name: ({state}: TraceNode<Jugs>) => labels.left(state), size: () => 2,
  solution: ({a, b}: Jugs) => `A = ${a},\\ B = ${b}`,
  start: {formula: "(A, B) = ([[a|a_0]], [[b|b_0]])", values: {a: 0, b: 0}},
  words: labels.words
};

function endOf(state: State, {events, nodes}: Trace<Jugs>): string {
  const last = events.at(-1);
  if (!last) return "";
  const never = isMeasurable(state) ? "" : ` ${labels.impossible}`;
  if (last.kind === "solve") return labels.solved(nodes[last.node]!.depth, last.nodes);
  if (last.kind !== "give up") return "";
  if (last.reason === "nodes") return labels.stopped + outlook(state, nodes) + labels.met(mostRepeated(nodes)) + never;
  const end = last.reason === "depth" ? labels.depthEnd : labels.exhausted;
  return end + (state.pruning && !never ? labels.pruned : "") + never;
}

/** Whether a search that the page stopped would have ended, where that is certain. */
function outlook(state: State, nodes: readonly TraceNode<Jugs>[]): string {
  if (state.visited || state.limit) return labels.bounded;
  if (state.strategy === "bfs" && !state.pruning && isMeasurable(state)) return labels.later;
  // Below a state that stands above itself everything comes again. Depth first goes there, whoever has nothing to find goes everywhere.
  return (state.strategy === "dfs" || !isMeasurable(state)) && goesRound(nodes) ? labels.ever : "";
}

/** Whether a state that was gone into stands above itself on its path. */
function goesRound(nodes: readonly TraceNode<Jugs>[]): boolean {
  const parents = new Set(nodes.map(({parent}) => parent));
  return nodes.some(({id, parent, state}) => {
    if (!parents.has(id)) return false;
    for (let above = nodes[parent]; above; above = nodes[above.parent])
      if (labels.left(above.state) === labels.left(state)) return true;
    return false;
  });
}

function mostRepeated(nodes: readonly TraceNode<Jugs>[]): number {
  const counts = new Map<string, number>();
  for (const {state} of nodes) counts.set(labels.left(state), (counts.get(labels.left(state)) ?? 0) + 1);
  return Math.max(...counts.values());
}
