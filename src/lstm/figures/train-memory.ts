/** Figure: RNN, GRU and LSTM learn to remember, at once; loss, gates and cells as they learn. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {runBar} from "../../notebook/run-bar.js";
import {choiceField, flagField, numberField, setField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {followings, unitsOver} from "../probe.js";
import {cellKinds, placesOf} from "../shape.js";
import type {CellKind} from "../shape.js";
import {adding} from "../tasks/adding.js";
import {brackets} from "../tasks/brackets.js";
import {order} from "../tasks/order.js";
import {recall} from "../tasks/recall.js";
import type {Example, Task} from "../tasks/task.js";
import type {ModelResult, TrainConfig} from "../train.training.js";
import {cellColors, cellNames, rowLooks} from "./cell-look.js";
import {curveChart} from "./curve-chart.js";
import {trainingMessage} from "./training-message.js";
import {trainingRunner} from "./training-runner.js";
import {unitHeat} from "./unit-heat.js";

const labels = {
  title: "Train it to remember",
  caption:
    "Each network sees 64 new sequences a step. Left, the loss (mean of the last 20 steps), a line for each seed, " +
    "against the best answer that remembers nothing. Right, one network at work on one sequence: its state and two of " +
    "its gates, a row for each unit, those that follow something of the task best on top.",
  task: "Task",
  tasks: {adding: "adding problem", recall: "delayed recall", order: "temporal order", brackets: "bracket matching"},
  about: {
    adding: "Two of the numbers are marked (▲); their sum is the answer.",
    recall: "The first symbol is the answer, asked for at the end (?).",
    order: "Two of the symbols are X or Y; the answer is which, in which order.",
    brackets: "At each step: which bracket would close the innermost open one?"
  },
  length: "Length", hidden: "Units", cells: "Cells", watch: "Look at", seeds: "Seeds", rate: "Learning rate", forgetBias: "Forget bias",
  forgetGate: "Forget gate", peepholes: "Peepholes", sequence: "Sequence", train: "Train 600 steps", baseline: "no memory",
  step: "training step", loss: "loss", chart: "Loss against training step", none: "Choose at least one cell to train.",
  following: (name: string, unit: number, track: string, correlation: string) => `In the ${name}, unit ${unit} follows the ${track} best (correlation ${correlation}).`,
  losses: (list: string, baseline: string) => `Loss now: ${list}; without memory ${baseline}.`
};

const tasks: Readonly<Record<keyof typeof labels.tasks, Task>> = {adding, recall, order, brackets};

const schema = {
  task: choiceField({label: labels.task, default: "adding", options: labels.tasks}),
  length: numberField({label: labels.length, default: 30, min: 10, max: 100, step: 5}),
  hidden: numberField({label: labels.hidden, default: 32, min: 4, max: 64, step: 4}),
  cells: setField({label: labels.cells, default: ["rnn", "gru", "lstm"], options: cellNames, colors: cellColors}),
  seeds: numberField({label: labels.seeds, default: 1, min: 1, max: 3, step: 1}),
  rate: numberField({label: labels.rate, default: 0.01, min: 0.0001, max: 0.1, step: 0.0001, scale: "log"}),
  forgetBias: numberField({label: labels.forgetBias, default: 1, min: -2, max: 6, step: 0.1}),
  forgetGate: flagField({label: labels.forgetGate, default: true}),
  peepholes: flagField({label: labels.peepholes, default: false}),
  watch: choiceField({label: labels.watch, default: "lstm", options: {lstm: "LSTM", gru: "GRU", rnn: "RNN"}}),
  sequence: numberField({label: labels.sequence, default: 1, min: 1, max: 99, step: 1})
};
type State = StateOf<typeof schema>;

const total = 600;
const tasteSteps = 12;

function configOf({task, length, hidden, cells, seeds, rate, forgetBias, forgetGate, peepholes}: State): TrainConfig {
  const kinds = cellKinds.filter((kind) => cells.includes(kind));
  const seedList = Array.from({length: seeds}, (_, n) => n + 1);
  return {
    task: tasks[task], length, batch: 64, optimizer: "adam", rate, clip: 1, steps: total, seed: 1,
    models: seedList.flatMap((seed) => kinds.map((kind) => ({kind, hidden, seed, forgetBias, ...(kind === "lstm" && {forgetGate, peepholes})})))
  };
}

/** The rows of a kind's trace to show: its state, then what keeps and what lets in. */
const shownRows: Readonly<Record<CellKind, readonly number[]>> = {lstm: [4, 1, 0], gru: [4, 1, 0], rnn: [0]};

export const trainMemory = defineFigure({
  id: "lstm/train-memory",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let prepared = "";
    const runner = trainingRunner({signal: context.signal, visible: context.onVisible, onChange: context.redraw});
    const bar = runBar({
      onStart: () => context.state().cells.length > 0 && runner.start(),
      onPause: runner.pause, onResume: runner.resume, onCancel: runner.cancel, startLabel: labels.train
    });
    const chart = curveChart();
    const heats = [0, 1, 2].map(() => unitHeat());
    const about = html`<p class="seen" role="status"></p>`;
    const body = html`<div>${bar.element}<div class="memory-panels"><div>${chart.element}${about}</div><div>${heats.map(({element}) => element)}</div></div></div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    let shown = false;
    context.onVisible((visible) => {
      if (!visible || shown) return;
      shown = true;
      if (context.state().cells.length > 0) runner.start(tasteSteps);
    });
    return {
      body,
      update(state) {
        // What is looked at changes nothing that is trained.
        const key = JSON.stringify({...state, watch: "", sequence: 0});
        if (key !== prepared) {
          prepared = key;
          runner.prepare(configOf(state));
          if (shown && state.cells.length > 0) runner.start(tasteSteps);
        }
        const {view} = runner;
        const panel = width > 720 ? Math.floor((width - 24) / 2) : width;
        showLosses(chart, view.models, state, panel);
        bar.show(view.state, view.step / view.total, state.cells.length > 0 ? trainingMessage(view) : labels.none);
        const model = view.models.find(({shape}) => shape.kind === state.watch) ?? view.models[0];
        const found = model && showUnits(heats, model, state);
        const text = [labels.about[state.task], lossText(view.models, state), found ?? ""].join(" ");
        if (about.textContent !== text) about.textContent = text;
      },
      data: () => trainingData(runner.view.models, context.state())
    };
  }
});

/** The dashed line's two ends, then every network's steps. */
function trainingData(models: readonly ModelResult[], {task}: State): readonly Row[] {
  const ends = [0, total].map((step) => ({network: 0, cell: labels.baseline, step, loss: tasks[task].baseline, right: null, norm: null}));
  const steps = models.flatMap(({shape, losses, right, norms}, n) =>
    losses.map((loss, i) => ({network: n + 1, cell: shape.kind, step: i + 1, loss, right: right[i]!, norm: norms[i]!})));
  return [...ends, ...steps];
}

type Heat = ReturnType<typeof unitHeat>;

/** @returns what the best unit follows */
function showUnits(heats: readonly Heat[], {shape, state: numbers}: ModelResult, state: State): string {
  const task = tasks[state.task];
  const params = numbers.subarray(0, placesOf(shape).total);
  const examples = Array.from({length: 6}, (_, n) => exampleOf(task, state.sequence + n, state.length));
  const rows = shownRows[shape.kind];
  const found = followings(shape, params, examples, rows[0]!);
  heats.forEach(({element, show}, n) => {
    element.hidden = n >= rows.length;
    if (n >= rows.length) return;
    const look = rowLooks[shape.kind][rows[n]!]!;
    const units = unitsOver(shape, params, examples[0]!, rows[n]!);
    show(`${cellNames[shape.kind]}, ${look.name}`, found.map(({unit}) => units[unit]!), look, examples[0]!.symbols);
  });
  const best = found[0];
  return best ? labels.following(cellNames[shape.kind], best.unit + 1, best.track, numberText(best.correlation, 2)) : "";
}

/** Sequences to look at, the same on every machine: a small linear congruential generator. */
function exampleOf(task: Task, seed: number, length: number): Example {
  let state = seed * 2654435761;
  return task.example(() => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32, length);
}

const window = 20;

function smoothed(losses: readonly number[]): readonly number[] {
  let sum = 0;
  return losses.map((loss, i) => {
    sum += loss - (i >= window ? losses[i - window]! : 0);
    return sum / Math.min(i + 1, window);
  });
}

function showLosses(chart: ReturnType<typeof curveChart>, models: readonly ModelResult[], {task, cells}: State, width: number): void {
  const {baseline} = tasks[task];
  const curves = models.map(({shape: {kind}, losses}, n) => ({
    name: cellNames[kind], color: cellColors[kind], values: smoothed(losses), labelled: n < cells.length
  }));
  const flat = {name: labels.baseline, color: "var(--ink-3)", values: Array.from({length: total + 1}, () => baseline), dash: "5 4"};
  chart.show({
    curves: [flat, ...curves], x: {label: labels.step, end: total}, y: {label: labels.loss, low: 1e-3, high: 3, log: true},
    width, height: 300, label: labels.chart
  });
}

function lossText(models: readonly ModelResult[], {task}: State): string {
  const list = models.filter(({losses}) => losses.length > 0).map(({shape, losses}) => `${cellNames[shape.kind]} ${numberText(smoothed(losses).at(-1)!, 3)}`);
  return list.length > 0 ? labels.losses(list.join(", "), numberText(tasks[task].baseline, 3)) : "";
}
