/** Figure: success against budget, every method on many puzzles, beside what the paper has for GPT-4. */
import {html} from "htl";
import type {FigureContext, FigureParts} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {numberField, setField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {usualSampling} from "../methods.js";
import {testedRange} from "../puzzles.js";
import type {Puzzle} from "../puzzles.js";
import {methodNames, solvedWithin, summaryOf, sweepMethods} from "../sweep.js";
import type {MethodName, MethodSummary} from "../sweep.js";
import type {SweepSnapshot} from "../sweep.training.js";
import {budgetChart} from "./budget-chart.js";
import type {BudgetPoint} from "./budget-chart.js";
import {driveRunner} from "./drive-runner.js";
import {currentJudge, onJudge} from "./judge-store.js";
import {loadPuzzles} from "./puzzle-data.js";

const labels = {
  title: "Over many puzzles",
  caption:
    "Points: methods with a fixed budget; the whisker spans the seeds. Curves: methods that go on until they succeed, by what " +
    "they had spent. A state judged several times counts once. The right column is GPT-4's, in the paper, on puzzles 901–1000: " +
    "another judge and another proposer. Heights do not compare, nor at b = 1 the order: a chain here follows the judge's exact " +
    "odds, b = 1 three coarse verdicts.",
  methods: "Methods",
  names: {
    chain: "one chain", vote: "vote of 10", bfs1: "BFS b = 1", bfs2: "b = 2", bfs3: "b = 3", bfs4: "b = 4", bfs5: "BFS b = 5",
    beam5: "beam b = 5", dfs: "DFS", bestFirst: "best first", mcts: "MCTS"
  },
  marks: {chain: "chain", bfs1: "b = 1", bfs2: "2", bfs3: "3", bfs4: "4", bfs5: "5"} as Partial<Record<MethodName, string>>,
  first: "First puzzle",
  last: "Last puzzle",
  seeds: "Seeds",
  samples: "Samples a state",
  temperature: "Temperature",
  chart: {chart: "Share of puzzles solved against states judged", x: "states judged a puzzle", y: "solved"},
  loading: "Loading the puzzles…",
  running: (done: number, total: number) => `${done} of ${total} attempts`,
  done: (attempts: number, seconds: string, positions: number, dispatches: number) =>
    `${attempts} attempts in ${seconds} s; the network was asked about ${positions} positions in ${dispatches} dispatches.`,
  none: "Choose at least one method.",
  seen: "Puzzles outside 901–1000 may have lent positions to the training.",
  judge: {shipped: "The shipped judge.", trained: "Your judge."},
  table: {method: "method", solved: "solved, mean (range)", calls: "judged a puzzle", paper: "GPT-4, paper"},
  paper: {chain: "4.0 % (CoT)", vote: "9.0 % (CoT-SC, k = 100)", bfs1: "45 %", bfs5: "74 %"} as Partial<Record<MethodName, string>>
};

const colors: Readonly<Record<MethodName, string>> = {
  chain: "var(--c2)", vote: "var(--c10)", bfs1: "var(--c1)", bfs2: "var(--c1)", bfs3: "var(--c1)", bfs4: "var(--c1)", bfs5: "var(--c1)",
  beam5: "var(--c5)", dfs: "var(--c4)", bestFirst: "var(--c7)", mcts: "var(--c8)"
};
const sides: Readonly<Partial<Record<MethodName, BudgetPoint["side"]>>> = {
  chain: "left", bfs1: "left", bfs2: "above left", bfs3: "above left", bfs4: "above left", bfs5: "above left", beam5: "above right"
};
const goesOn: readonly MethodName[] = ["dfs", "bestFirst", "mcts"];

const schema = {
  methods: setField({label: labels.methods, default: methodNames, options: labels.names, colors}),
  first: numberField({label: labels.first, default: testedRange[0], min: 1, max: 1362, step: 1}),
  last: numberField({label: labels.last, default: testedRange[1], min: 1, max: 1362, step: 1}),
  seeds: numberField({label: labels.seeds, default: 3, min: 1, max: 10, step: 1}),
  samples: numberField({label: labels.samples, default: usualSampling.samples, min: 1, max: 10, step: 1}),
  temperature: numberField({label: labels.temperature, default: usualSampling.temperature, min: 0, max: 3, step: 0.1})
};
type State = StateOf<typeof schema>;

const rangeOf = ({first, last}: State): readonly [number, number] => [Math.min(first, last), Math.max(first, last)];

export const manyPuzzles = defineFigure({
  id: "tree-of-thought/many-puzzles",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 560;
    let puzzles: readonly Puzzle[] | undefined;
    let ran = "";
    let seen = false;
    const keyOf = (state: State) => JSON.stringify([state, currentJudge().version]);
    const runner = driveRunner<SweepSnapshot>({
      signal: context.signal, visible: context.onVisible, onChange: context.redraw,
      async begin(options) {
        const state = context.state();
        ran = keyOf(state);
        const [{runSweep}, all] = await Promise.all([import("../sweep.training.js"), loadPuzzles()]);
        puzzles = all;
        const [first, last] = rangeOf(state);
        const {methods, seeds, samples, temperature} = state;
        return runSweep({
          puzzles: all.slice(first - 1, last), methods, seeds, temperature,
          sampling: {...usualSampling, samples, temperature}, parameters: currentJudge().parameters
        }, options);
      }
    });
    context.onVisible((visible) => {
      if (!visible || seen) return;
      seen = true;
      runner.start();
    });
    onJudge(context.redraw, context.signal);
    const chart = budgetChart(labels.chart);
    const table = html`<div class="sweep-table"></div>`;
    const place = html`<div>${chart.element}</div>`;
    const body = html`<div>${runner.element}<div class="sweep-panels">${place}${table}</div></div>`;
    watchWidth(place, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update(state) {
        if (seen && ran !== keyOf(state)) {
          // A slider sends many values: the run waits until it rests.
          const wanted = (ran = keyOf(state));
          setTimeout(() => {
            if (!context.signal.aborted && keyOf(context.state()) === wanted) runner.start();
          }, 250);
        }
        const {snapshot} = runner;
        const rows = snapshot?.rows ?? [];
        const summaries = state.methods.flatMap((method) => summaryOf(rows, method) ?? []);
        chart.show(
          summaries.filter(({method}) => !goesOn.includes(method)).map(pointOf),
          state.methods.filter((method) => goesOn.includes(method)).map((method) => ({name: labels.names[method], color: colors[method], points: solvedWithin(rows, method)})),
          width, width > 420 ? 400 : 320
        );
        table.replaceChildren(tableOf(state.methods, summaries));
        runner.show(messageOf(state, snapshot, puzzles !== undefined));
      },
      data: () => [
        ...context.state().methods.map((method) => ({method, rank: null, seed: null, solved: null, calls: null, paper: labels.paper[method] ?? null})),
        ...(runner.snapshot?.rows ?? []).map((row) => ({...row, paper: null}))
      ]
    };
  }
});

function pointOf({method, mean, rates, calls}: MethodSummary) {
  return {
    name: labels.marks[method] ?? labels.names[method], side: sides[method] ?? "below right", color: colors[method], calls, mean, low: Math.min(...rates), high: Math.max(...rates),
    family: sweepMethods[method].strategy
  };
}

function messageOf(state: State, snapshot: SweepSnapshot | undefined, loaded: boolean): string {
  if (state.methods.length === 0) return labels.none;
  if (!snapshot) return loaded ? "" : labels.loading;
  const {progress, rows, stats, seconds} = snapshot;
  const [first, last] = rangeOf(state);
  const inside = first >= testedRange[0] && last <= testedRange[1];
  return [
    labels.judge[currentJudge().origin],
    progress.done < progress.total ? labels.running(progress.done, progress.total) : labels.done(rows.length, numberText(seconds, 2), stats.positions, stats.dispatches),
    inside ? "" : labels.seen
  ].filter(Boolean).join(" ");
}

const percent = (share: number) => `${numberText(100 * share, 3)}`;

function tableOf(methods: readonly MethodName[], summaries: readonly MethodSummary[]): HTMLElement {
  const {method: methodLabel, solved, calls, paper} = labels.table;
  return html`<table><thead><tr><th scope="col">${methodLabel}</th><th scope="col">${solved}</th><th scope="col">${calls}</th><th scope="col">${paper}</th></tr></thead>
    <tbody>${methods.map((method) => {
      const summary = summaries.find((each) => each.method === method);
      const range = summary && summary.rates.length > 1 ? ` (${percent(Math.min(...summary.rates))}–${percent(Math.max(...summary.rates))})` : "";
      return html`<tr><th scope="row"><span class="swatch" style=${`--swatch: ${colors[method]}`}></span> ${labels.names[method]}</th>
        <td class="number">${summary ? `${percent(summary.mean)} %${range}` : "–"}</td><td class="number">${summary ? numberText(summary.calls, 3) : "–"}</td>
        <td>${labels.paper[method] ?? ""}</td></tr>`;
    })}</tbody></table>`;
}
