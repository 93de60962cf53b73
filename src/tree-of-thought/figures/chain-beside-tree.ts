/** Figure: one puzzle by chain, by vote and by tree; where the probability is, what each method took, what it cost. */
import {html} from "htl";
import type {FigureContext, FigureParts} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {choiceField, numberField, vectorField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {expressionText} from "../expression.js";
import type {Hand} from "../game24.js";
import {usualSampling} from "../methods.js";
import type {Method} from "../methods.js";
import {policyTree} from "../policy-tree.js";
import type {PolicyNode} from "../policy-tree.js";
import {tracePuzzle} from "../trace.training.js";
import type {Trace} from "../trace.js";
import {currentJudge, onJudge} from "./judge-store.js";
import {massPanel, pathsOf} from "./mass-panel.js";

const labels = {
  title: "Chain beside tree",
  caption:
    "Each panel is the same tree of thoughts, first step, second step, third step from left to right. A strip's height is the " +
    "probability that a chain goes that way (the policy, from the judge's own log-odds); what it continues into lies to its " +
    "right. Full colour: states the method went on from; pale: states it only judged; green: the 24 it found.",
  by: "Strips",
  bys: {policy: "as likely as they are", equal: "if all were equally likely"},
  numbers: "Numbers",
  temperature: "Temperature",
  paths: "k",
  seed: "Seed",
  names: {
    chain: "One chain", vote: (k: number) => `${k} chains and a vote`, tree: (b: number) => `Tree, b = ${b}`, dfs: "Tree, depth first"
  },
  working: "Searching…",
  failed: "The search failed: ",
  found: (text: string) => `${text} = 24`,
  missed: {wrong: "ends elsewhere", outvoted: "found 24, outvoted", exhausted: "not found", depth: "not found", nodes: "not found", time: "not found", cancelled: "cancelled"},
  cost: (calls: number, mass: string) => `${calls} states judged; a chain goes one of its whole paths with probability ${mass}`,
  likeliest: (text: string, p: string, equal: string) =>
    `Equally likely? The likeliest first thought, ${text}, has probability ${p}; if all were alike, each would have ${equal}.`
};

const schema = {
  by: choiceField({label: labels.by, default: "policy", options: labels.bys}),
  numbers: vectorField({label: labels.numbers, default: [4, 5, 6, 10], min: 1, max: 99}),
  temperature: numberField({label: labels.temperature, default: 0.7, min: 0, max: 3, step: 0.1}),
  paths: numberField({label: labels.paths, default: 10, min: 2, max: 100, step: 1}),
  seed: numberField({label: labels.seed, default: 1, min: 1, max: 999, step: 1})
};
type State = StateOf<typeof schema>;

const colors = {chain: "var(--c2)", vote: "var(--c10)", tree: "var(--c1)", dfs: "var(--c4)"};

interface Entry {
  readonly name: (state: State) => string;
  readonly color: string;
  readonly method: (state: State) => Method;
}

const entries: readonly Entry[] = [
  {name: () => labels.names.chain, color: colors.chain, method: () => ({strategy: "chain"})},
  {name: ({paths}) => labels.names.vote(paths), color: colors.vote, method: ({paths}) => ({strategy: "vote", paths})},
  ...[1, 2, 3, 4, 5].map((breadth): Entry => ({name: () => labels.names.tree(breadth), color: colors.tree, method: () => ({strategy: "bfs", breadth})})),
  {name: () => labels.names.dfs, color: colors.dfs, method: () => ({strategy: "dfs", breadth: 5})}
];

interface Worked {
  readonly nodes: readonly PolicyNode[];
  readonly traces: readonly Trace<Hand>[];
}

/** Thinner strips than this are nowhere drawn. */
const least = 0.0015;

async function work(state: State): Promise<Worked> {
  const {logits} = currentJudge();
  const {temperature, seed} = state;
  const numbers = state.numbers.map(Math.round);
  const traces: Trace<Hand>[] = [];
  for (const {method} of entries) {
    traces.push(await tracePuzzle(numbers, method(state), {logits, temperature, sampling: {...usualSampling, temperature, seed}}));
    await new Promise((resolve) => setTimeout(resolve));
  }
  const wanted = new Set(traces.flatMap((trace) => [...pathsOf(trace).kept]));
  return {nodes: await policyTree(numbers, logits, temperature, least, wanted), traces};
}

export const chainBesideTree = defineFigure({
  id: "tree-of-thought/chain-beside-tree",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let worked: Worked | undefined;
    let [asked, problem] = ["", ""];
    const panels = entries.map((entry) => {
      const [title, outcome] = [html`<strong></strong>`, html`<p></p>`];
      const panel = massPanel(labels.title, entry.color);
      return {title, outcome, panel, element: html`<div class="mass-method">${title}${panel.element}${outcome}</div>`};
    });
    const grid = html`<div class="mass-grid">${panels.map(({element}) => element)}</div>`;
    const verdict = html`<p class="thought-verdict" role="status"></p>`;
    const body = html`<div>${verdict}${grid}</div>`;
    const begin = (state: State) => {
      const key = JSON.stringify([{...state, by: ""}, currentJudge().version]);
      if (key === asked) return;
      asked = key;
      work(state).then((done) => key === asked && ([worked, problem] = [done, ""]), (error: unknown) => (problem = String(error)))
        .finally(() => !context.signal.aborted && context.redraw());
    };
    onJudge(context.redraw, context.signal);
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update(state) {
        begin(state);
        const perRow = width > 900 ? 4 : width > 560 ? 2 : 1;
        const each = Math.floor((width - 20 * (perRow - 1)) / perRow);
        grid.style.gridTemplateColumns = `repeat(${perRow}, ${each}px)`;
        verdict.textContent = problem ? labels.failed + problem : worked ? likeliest(worked.nodes) : labels.working;
        entries.forEach((entry, i) => {
          const {title, outcome, panel} = panels[i]!;
          title.textContent = entry.name(state);
          panel.element.setAttribute("aria-label", entry.name(state));
          if (!worked) return;
          panel.show({nodes: worked.nodes, by: state.by, trace: worked.traces[i]!, width: each});
          outcome.textContent = outcomeOf(worked.traces[i]!, worked.nodes);
        });
      },
      data: () => entries.map((entry, i) => {
        const trace = worked?.traces[i];
        const last = trace?.events.at(-1);
        return {
          method: entry.name(context.state()), solved: last ? last.kind === "solve" : null, states_judged: last?.calls ?? null,
          probability: worked && trace ? massOf(trace, worked.nodes) : null
        };
      })
    };
  }
});

function likeliest(nodes: readonly PolicyNode[]): string {
  const first = nodes.filter(({depth}) => depth === 1);
  const mass = ({policy}: PolicyNode) => policy[1] - policy[0];
  const top = first.reduce((a, b) => (mass(b) > mass(a) ? b : a));
  return labels.likeliest(top.text, numberText(mass(top), 3), numberText(top.equal[1] - top.equal[0], 3));
}

/** Probability of the whole paths that a method went along to their ends. */
function massOf(trace: Trace<Hand>, nodes: readonly PolicyNode[]): number {
  const {kept} = pathsOf(trace);
  return nodes.filter(({depth, path}) => depth === 3 && kept.has(path)).reduce((sum, {policy}) => sum + policy[1] - policy[0], 0);
}

function outcomeOf(trace: Trace<Hand>, nodes: readonly PolicyNode[]): string {
  const last = trace.events.at(-1);
  if (!last) return "";
  const result = last.kind === "solve" ? `✓ ${labels.found(last.state.map(expressionText).join())}` : last.kind === "give up" ? `✗ ${labels.missed[last.reason]}` : "";
  return `${result}. ${labels.cost(last.calls, numberText(massOf(trace, nodes), 2))}.`;
}
