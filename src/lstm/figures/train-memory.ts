/** Figure: RNN, GRU and LSTM learn to remember, at once; loss, gates and cells as they learn. */
import {html} from "htl";
import {controls} from "../../notebook/controls.js";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {runBar} from "../../notebook/run-bar.js";
import {choiceField, flagField, numberField, setField} from "../../notebook/schema.js";
import type {Field, StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import type {Look, LookQuestion, WritingQuestion} from "../look.training.js";
import {cellKinds} from "../shape.js";
import type {Task} from "../tasks/task.js";
import type {TextTask} from "../tasks/text.js";
import type {ModelResult, TrainConfig} from "../train.training.js";
import {cellColors, cellNames} from "./cell-look.js";
import {curveChart} from "./curve-chart.js";
import {latestWork} from "./latest-work.js";
import {lossText, showLosses} from "./loss-chart.js";
import {isText, lossRange, taskAbout, taskLabels, taskSource, trackLabels, tracksOf} from "./memory-tasks.js";
import type {TaskName} from "./memory-tasks.js";
import {textPanel} from "./text-panel.js";
import {trainingMessage} from "./training-message.js";
import {trainingRunner} from "./training-runner.js";
import {sortSelect, stateRow, unitPanel} from "./unit-panel.js";

const labels = {
  title: "Train it to remember",
  caption:
    "Each network sees 64 new sequences a step. Left, the loss (mean of the last 20 steps), a line for each seed, " +
    "against the best answer that remembers nothing. Right, one network at work on one sequence: its state and two of " +
    "its gates, a row for each unit, sorted by what the units follow; a click picks a unit, whose values are drawn on the left.",
  task: "Task", length: "Length", hidden: "Units", cells: "Cells", seeds: "Seeds", steps: "Steps", rate: "Learning rate",
  forgetBias: "Forget bias", forgetGate: "Forget gate", peepholes: "Peepholes", watch: "Look at", sequence: "Sequence",
  unit: "Row", sort: "Sort units by", best: "whatever they follow best", temperature: "Temperature", train: "Train",
  none: "Choose at least one cell to train.", baseline: "no memory"
};

const hasLstm = ({cells}: Readonly<Record<string, unknown>>) => (cells as readonly string[]).includes("lstm");
const quiet = <F extends Field>(field: F): F => ({...field, control: false});

/** What is looked at: its controls stand beside the picture, and it changes nothing that is trained. */
const lookSchema = {
  watch: choiceField({label: labels.watch, default: "lstm", options: {lstm: "LSTM", gru: "GRU", rnn: "RNN"}}),
  sequence: numberField({label: labels.sequence, default: 1, min: 1, max: 99, step: 1}),
  unit: numberField({label: labels.unit, default: 1, min: 1, max: 64, step: 1}),
  temperature: numberField({
    label: labels.temperature, default: 0.7, min: 0, max: 2, step: 0.05, when: ({task}) => isText(task as TaskName)
  })
};

const schema = {
  task: choiceField({label: labels.task, default: "adding", options: taskLabels}),
  length: numberField({label: labels.length, default: 30, min: 10, max: 100, step: 5}),
  hidden: numberField({label: labels.hidden, default: 32, min: 4, max: 64, step: 4}),
  cells: setField({label: labels.cells, default: ["rnn", "gru", "lstm"], options: cellNames, colors: cellColors}),
  seeds: numberField({label: labels.seeds, default: 1, min: 1, max: 5, step: 1}),
  steps: numberField({label: labels.steps, default: 600, min: 100, max: 4000, step: 100}),
  rate: numberField({label: labels.rate, default: 0.01, min: 0.0001, max: 0.1, step: 0.0001, scale: "log"}),
  forgetBias: numberField({label: labels.forgetBias, default: 1, min: -2, max: 6, step: 0.1, when: hasLstm}),
  forgetGate: flagField({label: labels.forgetGate, default: true, when: hasLstm}),
  peepholes: flagField({label: labels.peepholes, default: false, when: hasLstm}),
  watch: quiet(lookSchema.watch),
  sequence: quiet(lookSchema.sequence),
  unit: quiet(lookSchema.unit),
  temperature: quiet(lookSchema.temperature),
  sort: choiceField({label: labels.sort, default: "any", options: {any: labels.best, ...trackLabels}, control: false})
};
type State = StateOf<typeof schema>;

const tasteSteps = 12;

function configOf(task: Task, {length, hidden, cells, seeds, steps, rate, forgetBias, forgetGate, peepholes}: State): TrainConfig {
  const kinds = cellKinds.filter((kind) => cells.includes(kind));
  const seedList = Array.from({length: seeds}, (_, n) => n + 1);
  return {
    task, length, batch: 64, optimizer: "adam", rate, clip: 1, steps, seed: 1,
    models: seedList.flatMap((seed) => kinds.map((kind) => ({kind, hidden, seed, forgetBias, ...(kind === "lstm" && {forgetGate, peepholes})})))
  };
}

/** What of the state a training depends on; how long it goes on is no part of it. */
const trainedKey = ({task, length, hidden, cells, seeds, rate, forgetBias, forgetGate, peepholes}: State, version: number): string =>
  JSON.stringify([task, isText(task) && version, length, hidden, cells, seeds, rate, forgetBias, forgetGate, peepholes]);

export const trainMemory = defineFigure({
  id: "lstm/train-memory",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let prepared = "";
    let shown = false;
    const source = taskSource(context.redraw);
    const runner = trainingRunner({signal: context.signal, visible: context.onVisible, onChange: context.redraw});
    const bar = runBar({
      onStart: () => runner.start(), onPause: runner.pause, onResume: runner.resume, onCancel: runner.cancel, startLabel: labels.train
    });
    const chart = curveChart();
    const about = html`<p class="seen" role="status"></p>`;
    const writing = textPanel((text) => source.own(text));
    const looking = lookPart(context, writing);
    const body = html`<div>${bar.element}${looking.controls}<div class="memory-panels"><div>${chart.element}${about}${looking.unit}</div><div>${looking.fields}${writing.element}</div></div></div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    context.onVisible((visible) => {
      if (!visible || shown) return;
      shown = true;
      runner.startSoon(tasteSteps);
    });
    /** Other networks than those that stand ready. */
    const prepare = (state: State, task: Task | string) => {
      const key = trainedKey(state, source.version);
      if (key === prepared) return runner.extend(state.steps);
      prepared = key;
      runner.prepare(typeof task === "string" || state.cells.length === 0 ? null : configOf(task, state));
      if (shown) runner.startSoon(tasteSteps);
    };
    return {
      body,
      update(state) {
        const task = source.taskOf(state.task);
        prepare(state, task);
        const {view} = runner;
        const panel = width > 720 ? Math.floor((width - 24) / 2) : width;
        const baseline = typeof task === "string" ? NaN : task.baseline;
        showLosses(chart, {models: view.models, baseline, range: lossRange[state.task], total: state.steps, width: panel});
        bar.show(view.state, view.step / view.total, typeof task === "string" ? task : state.cells.length > 0 ? trainingMessage(view) : labels.none);
        const text = `${taskAbout[state.task]} ${lossText({models: view.models, baseline})}`;
        if (about.textContent !== text) about.textContent = text;
        looking.show(state, typeof task === "string" ? null : task, view.models, view.step, panel);
      },
      data: () => trainingData(runner.view.models, source.taskOf(context.state().task), context.state().steps)
    };
  }
});

/** The look at one network: its controls, what was last seen of it, and what it writes. */
function lookPart(context: FigureContext<typeof schema>, writing: ReturnType<typeof textPanel>) {
  let look: Look | undefined;
  let asked: readonly unknown[] = [];
  let written: readonly unknown[] = [];
  let writtenAt = -Infinity;
  const inputs = controls(lookSchema, (patch) => context.change(patch as Partial<State>));
  const sort = sortSelect((track) => context.change({sort: track as State["sort"]}));
  const panel = unitPanel((row) => context.change({unit: row + 1}));
  const seeing = latestWork(
    async (question: LookQuestion) => (await import("../look.training.js")).lookAt(question),
    (answer) => {
      look = answer;
      context.redraw();
    },
    context.signal
  );
  const reading = latestWork(
    async ({question}: {question: WritingQuestion; step: number}) => (await import("../look.training.js")).write(question),
    (text, {question: {model, opening}, step}) => writing.write(cellNames[model.shape.kind], step, opening.trim(), text),
    context.signal
  );
  const readAgain = (model: ModelResult, task: TextTask, state: State, step: number) => {
    const key = [model, state.temperature];
    // While it trains it would write faster than anyone reads.
    const soon = step > 0 && written[1] === state.temperature && performance.now() - writtenAt < 1000;
    if (soon || key.every((part, n) => part === written[n])) return;
    [written, writtenAt] = [key, performance.now()];
    const opening = `${task.text.slice(0, 24).split(/\s/).slice(0, 3).join(" ")} `;
    reading.ask({question: {model, alphabet: task.alphabet, opening, length: 240, temperature: state.temperature, seed: 7}, step});
  };
  return {
    controls: html`<div class="look-controls">${inputs.element}${sort.element}</div>`,
    fields: panel.fields,
    unit: panel.unit,
    show(state: State, task: Task | TextTask | null, models: readonly ModelResult[], step: number, width: number) {
      inputs.show(state);
      const tracks = tracksOf[state.task];
      sort.show(tracks, state.sort);
      writing.show({shown: isText(state.task), own: state.task === "own"});
      const model = models.find(({shape}) => shape.kind === state.watch) ?? models[0];
      if (!model || !task || model.shape.inputs !== task.inputs) return panel.clear();
      const chosen = tracks.includes(state.sort) ? [state.sort] : [];
      const key = [model, state.sequence, chosen.join()];
      if (key.some((part, n) => part !== asked[n])) {
        asked = key;
        seeing.ask({model, task, length: state.length, sequence: state.sequence, row: stateRow(model.shape.kind), tracks: chosen});
      }
      if (look) panel.show(look, state.unit - 1, width);
      if ("alphabet" in task) readAgain(model, task, state, step);
    }
  };
}

/** The dashed line's two ends, then every network's steps. */
function trainingData(models: readonly ModelResult[], task: Task | string, total: number): readonly Row[] {
  if (typeof task === "string") return [];
  const ends = [0, total].map((step) => ({network: 0, cell: labels.baseline, step, loss: task.baseline, right: null, norm: null}));
  const steps = models.flatMap(({shape, losses, right, norms}, n) =>
    losses.map((loss, i) => ({network: n + 1, cell: shape.kind, step: i + 1, loss, right: right[i]!, norm: norms[i]!})));
  return [...ends, ...steps];
}
