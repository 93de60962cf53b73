/** Figure: GPT-4's own trees on puzzles 901–1000, walked like ours; the success rates, and where its judgement was wrong. */
import {html} from "htl";
import {FileAttachment} from "observablehq:stdlib";
import type {Figure, FigureContext, FigureParts} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {choiceField, numberField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import type {Step} from "../../notebook/step.js";
import {loggedEvents, startOf, summariseLog} from "../gpt-4-log.js";
import type {AnswerCounts, LoggedState, LoggedSummary, LoggedTree} from "../gpt-4-log.js";
import {canReach, positionText} from "../position.js";
import {traceWriter} from "../trace.js";
import type {Trace, TraceNode} from "../trace.js";
import {nodePanel} from "./node-panel.js";
import {litAt, stepsOfTrace} from "./trace-steps.js";
import {treeView} from "./tree-view.js";

const labels = {
  title: "The paper's own runs, replayed",
  caption:
    "GPT-4 proposed and judged these states, as the authors' released logs have them (b = 5, three samples a state; some samples " +
    "gave no label). Boxes are the lines that were kept. Whether 24 could still be reached is this page's exact arithmetic, not GPT-4's; " +
    "decimals it rounded are followed exactly.",
  among: "Puzzles",
  amongs: {all: "all", solved: "solved", missed: "not solved", lost: "lost at the first step"},
  puzzle: "Puzzle",
  step: "Step",
  chosen: "State looked at",
  start: "The four numbers",
  none: "No such puzzle.",
  moved: (rank: number) => `Shown: puzzle ${rank}, the next that fits.`,
  illegal: "No legal move: it uses numbers that are not there, or miscounts what is left.",
  right: "A right answer.",
  wrong: "A wrong answer.",
  finished: (numbers: string, right: number, more: string) => `Puzzle ${numbers}: ${right} of the five last lines ${right === 1 ? "is" : "are"} right.${more}`,
  lostAt: (step: number) => ` After step ${step} none of the kept lines could reach 24 any more.`,
  counting: (done: number) => `Recounting the logs: ${done} of 100 trees.`,
  counted: (judged: number, hopeful: number, gloomy: number, illegal: number, first: number) =>
    `Of ${judged} candidate lines ${illegal} are no legal move. Of the others GPT-4 said sure more often than impossible of ${hopeful} from which 24 is out of reach, ` +
    `and impossible more often than sure of ${gloomy} from which it is not. ${first} puzzles were lost at the first step: no kept line could still reach 24.`,
  words: {
    propose: "The next lines, in GPT-4's words.",
    value: "Three samples of GPT-4 say sure, likely or impossible; equal lines are judged once, the others score 0.",
    solve: "One of the five kept lines is right.",
    start: "GPT-4 is asked for possible next steps."
  },
  table: {method: "method", log: "in the logs", paper: "in the paper"},
  rows: {
    tot: "tree, b = 5: a right line among the five", lines: "tree, b = 5: each of the five lines", cot: "chain of thought, each sample",
    cotBest: "chain of thought, best of 100", io: "input-output, each sample", ioBest: "input-output, best of 100"
  },
  paper: {tot: "74 %", lines: "–", cot: "4.0 %", cotBest: "49 %", io: "7.3 %", ioBest: "33 %"}
};
const [firstRank, lastRank] = [901, 1000];

const schema = {
  among: choiceField({label: labels.among, default: "all", options: labels.amongs}),
  puzzle: numberField({label: labels.puzzle, default: 901, min: firstRank, max: lastRank, step: 1}),
  chosen: numberField({label: labels.chosen, default: 0, min: 0, max: 10_000, step: 1, control: false}),
  step: numberField({label: labels.step, default: 4, min: 0, max: 100, step: 1, control: false})
};
type State = StateOf<typeof schema>;

let loading: Promise<readonly [readonly LoggedTree[], readonly AnswerCounts[]]> | undefined;

/** The figure, once the logs are there. */
export async function loadGpt4Runs(): Promise<Figure<typeof schema>> {
  loading ??= Promise.all([
    FileAttachment("../gpt-4-trees.json").json<readonly LoggedTree[]>(),
    FileAttachment("../gpt-4-answers.json").json<readonly AnswerCounts[]>()
  ]);
  loading.catch(() => (loading = undefined));
  const [trees, answers] = await loading;
  return defineFigure({id: "tree-of-thought/gpt-4-runs", labels, schema, create: (context) => create(context, trees, answers)});
}

function create(
  context: FigureContext<typeof schema>, trees: readonly LoggedTree[], answers: readonly AnswerCounts[]
): FigureParts<typeof schema> {
  const summaries: LoggedSummary[] = [];
  const view = treeView<LoggedState>({
    start: labels.start, remains: ({state}) => (state.answer ? "" : state.left), solved: ({state}) => state.answer === "right",
    onChoose: (chosen) => context.change({chosen})
  });
  const panel = nodePanel<LoggedState>((id) => {
    view.fold(id);
    context.redraw();
  }, ({state}) => ({
    remains: state.left, truth: state.exact && !state.answer ? canReach(state.exact) : null,
    more: state.answer === "right" ? labels.right : state.answer === "wrong" ? labels.wrong : state.exact ? "" : labels.illegal
  }));
  const [verdict, count] = [html`<p class="thought-verdict" role="status"></p>`, html`<p class="log-count"></p>`];
  const table = html`<div class="sweep-table"></div>`;
  const body = html`<div>${view.element}<div class="thought-below"><div data-stepper></div>${panel.element}</div>${verdict}${table}${count}</div>`;
  let shown: {readonly rank: number; readonly trace: Trace<LoggedState>; readonly steps: readonly Step[]} | undefined;
  const shownFor = (state: State) => {
    const tree = pick(state, trees, summaries) ?? trees[0]!;
    if (shown?.rank !== tree.rank) shown = opened(tree);
    return shown;
  };
  void recount(trees, summaries, context);
  return {
    body,
    update(state) {
      const {rank, trace} = shownFor(state);
      const step = Math.min(state.step, trace.steps.length - 1);
      const upTo = trace.steps[step]!;
      const lit = litAt(trace, step);
      const node = trace.nodes[state.chosen || ([...lit][0] ?? 0)];
      const chosen = node && node.proposed < upTo ? node : trace.nodes[0]!;
      view.show({trace, upTo, chosen: chosen.id, lit});
      panel.show(chosen, upTo, view.isFolded(chosen.id));
      const summary = summariseOne(trees[rank - firstRank]!);
      verdict.textContent = [
        rank === state.puzzle ? "" : labels.moved(rank),
        labels.finished(trees[rank - firstRank]!.numbers, summary.right, summary.lostAt === null ? "" : labels.lostAt(summary.lostAt))
      ].filter(Boolean).join(" ");
      table.replaceChildren(tableOf(summaries, answers));
      count.textContent = summaries.length < trees.length ? labels.counting(summaries.length) : countsOf(summaries);
    },
    data: () => rowsOf(shownFor(context.state()).trace),
    steps: (state) => shownFor(state).steps
  };
}

let summarised: {readonly rank: number; readonly summary: LoggedSummary} | undefined;

function summariseOne(tree: LoggedTree): LoggedSummary {
  if (summarised?.rank !== tree.rank) summarised = {rank: tree.rank, summary: summariseLog(tree)};
  return summarised.summary;
}

/** A tree in each task, so that the page stays responsive. */
async function recount(trees: readonly LoggedTree[], summaries: LoggedSummary[], {signal, redraw}: FigureContext<typeof schema>): Promise<void> {
  for (const tree of trees) {
    await new Promise((resolve) => setTimeout(resolve, 4));
    if (signal.aborted) return;
    summaries.push(summariseLog(tree));
    if (summaries.length % 10 === 0) redraw();
  }
}

/** The puzzle asked for, or the next that fits the choice; before the recount is through, only what is known can fit. */
function pick({among, puzzle}: State, trees: readonly LoggedTree[], summaries: readonly LoggedSummary[]): LoggedTree | undefined {
  if (among === "all") return trees[puzzle - firstRank];
  const fits = ({right, lostAt}: LoggedSummary) => (among === "solved" ? right > 0 : among === "missed" ? right === 0 : lostAt === 1);
  const from = puzzle - firstRank;
  const order = [...summaries.slice(from), ...summaries.slice(0, from)];
  const found = order.find(fits);
  return found && trees[found.rank - firstRank];
}

function opened(tree: LoggedTree) {
  const writer = traceWriter(startOf(tree.numbers));
  for (const event of loggedEvents(tree)) writer.add(event);
  const trace = writer.trace();
  const numbers = tree.numbers.split(" ").map(Number);
  const steps = stepsOfTrace(trace, {
    name: ({text, state}: TraceNode<LoggedState>) => (state.answer ? text : state.left),
    size: ({state}) => state.left.split(/[\s,]+/).length,
    solution: () => "24",
    start: {
      formula: `\\{${numbers.map((_, i) => `[[n${i}|x_${i + 1}]]`).join(", ")}\\} \\overset{?}{\\to} 24`,
      values: Object.fromEntries(numbers.map((number, i) => [`n${i}`, number]))
    },
    words: labels.words
  });
  return {rank: tree.rank, trace, steps};
}

const percent = (share: number, digits = 3) => `${numberText(100 * share, digits)} %`;

function tableOf(summaries: readonly LoggedSummary[], answers: readonly AnswerCounts[]): HTMLElement {
  const share = (kind: "cot" | "standard") => answers.reduce((sum, counts) => sum + counts[kind], 0) / (100 * answers.length);
  const best = (kind: "cot" | "standard") => answers.filter((counts) => counts[kind] > 0).length / answers.length;
  const all = summaries.length === answers.length;
  const logs: Readonly<Record<keyof typeof labels.rows, string>> = {
    tot: all ? `${summaries.filter(({right}) => right > 0).length} of ${summaries.length}` : "…",
    lines: all ? percent(summaries.reduce((sum, {right}) => sum + right, 0) / (5 * summaries.length)) : "…",
    cot: percent(share("cot")), cotBest: percent(best("cot"), 2), io: percent(share("standard")), ioBest: percent(best("standard"), 2)
  };
  const {method, log, paper} = labels.table;
  return html`<table><thead><tr><th scope="col">${method}</th><th scope="col">${log}</th><th scope="col">${paper}</th></tr></thead><tbody>${
    (Object.keys(labels.rows) as (keyof typeof labels.rows)[]).map((row) =>
      html`<tr><th scope="row">${labels.rows[row]}</th><td class="number">${logs[row]}</td><td class="number">${labels.paper[row]}</td></tr>`)}</tbody></table>`;
}

function countsOf(summaries: readonly LoggedSummary[]): string {
  const sum = (key: "judged" | "tooHopeful" | "tooGloomy" | "illegal") => summaries.reduce((total, summary) => total + summary[key], 0);
  return labels.counted(sum("judged"), sum("tooHopeful"), sum("tooGloomy"), sum("illegal"), summaries.filter(({lostAt}) => lostAt === 1).length);
}

const rowsOf = (trace: Trace<LoggedState>) => trace.nodes.map(({id, parent, depth, text, state, verdict, kept}) => ({
  id, parent, depth, line: text, left: state.left, exact: state.exact && positionText(state.exact), answer: state.answer,
  value: verdict?.value ?? null, kept: kept < Infinity, reachable: state.exact ? canReach(state.exact) : null
}));
