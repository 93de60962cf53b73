/** Figure: what is left of the gradient, step by step away from the loss, before training and while it goes on. */
import {html} from "htl";
import type {FigureContext, FigureParts} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {runBar} from "../../notebook/run-bar.js";
import {flagField, numberField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import type {Flow} from "../flow.js";
import type {FlowQuestion} from "../flow.training.js";
import {cellKinds} from "../shape.js";
import {adding} from "../tasks/adding.js";
import type {ModelResult, TrainConfig} from "../train.training.js";
import {cellColors, cellNames} from "./cell-look.js";
import {curveChart} from "./curve-chart.js";
import type {Curve} from "./curve-chart.js";
import {latestWork} from "./latest-work.js";
import {trainingMessage} from "./training-message.js";
import {trainingRunner} from "./training-runner.js";

const labels = {
  title: "Where the gradient goes",
  caption:
    "Left, the norm of ∂L/∂h (solid) and of the LSTM's ∂L/∂c (dashed) by distance from the loss, which stands at the last " +
    "step of the adding problem; dotted, the same before training. Right, the product of the forget gates (GRU: update " +
    "gates) over that distance: the share of an old state that is still there. Means over four sequences, 32 units.",
  length: "Sequence length", forgetBias: "Forget bias", scale: "Recurrent weights ×", clip: "Clip norm at (0: never)",
  before: "Show before training",
  forgetGate: "Forget gate", peepholes: "Peepholes",
  seed: "Seed", train: "Train 300 steps", distance: "steps before the loss", norm: "gradient norm", share: "share kept",
  chart: "Gradient norm by distance from the loss", keptChart: "Product of forget gates by distance",
  reading: (parts: string, clipped: string) => `Of the gradient at the last step, this share reaches the first: ${parts}. ${clipped}`,
  clipped: (names: string) => `Clipping is at work now for: ${names}.`, unclipped: "No gradient is long enough to be clipped now."
};

const schema = {
  before: flagField({label: labels.before, default: true}),
  length: numberField({label: labels.length, default: 50, min: 10, max: 150, step: 5}),
  forgetBias: numberField({label: labels.forgetBias, default: 1, min: -2, max: 6, step: 0.1}),
  forgetGate: flagField({label: labels.forgetGate, default: true}),
  peepholes: flagField({label: labels.peepholes, default: false}),
  scale: numberField({label: labels.scale, default: 1, min: 0.1, max: 4, step: 0.1}),
  clip: numberField({label: labels.clip, default: 1, min: 0, max: 10, step: 0.1}),
  seed: numberField({label: labels.seed, default: 1, min: 1, max: 999, step: 1})
};
type State = StateOf<typeof schema>;

const tasteSteps = 12;

const configOf = ({length, forgetBias, scale, clip, seed, forgetGate, peepholes}: State): TrainConfig => ({
  task: adding, length, batch: 64, optimizer: "adam", rate: 0.01, clip, steps: 300, seed,
  models: cellKinds.map((kind) => ({kind, hidden: 32, seed, forgetBias, scale, ...(kind === "lstm" && {forgetGate, peepholes})}))
});

interface Question extends FlowQuestion {
  /** Names the settings: an answer to a question about others comes too late. */
  readonly key: string;
  readonly untrained: boolean;
}

export const gradientFlowFigure = defineFigure({
  id: "lstm/gradient-flow",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let prepared = "";
    let shown = false;
    let first: readonly Flow[] = [];
    let flows: readonly Flow[] = [];
    let seen: readonly ModelResult[] = [];
    const runner = trainingRunner({signal: context.signal, visible: context.onVisible, onChange: context.redraw});
    const work = latestWork(
      async (question: Question) => (await import("../flow.training.js")).flowsOf(question),
      (answer, {key, untrained}) => {
        if (key !== prepared) return;
        flows = answer;
        if (untrained) first = answer;
        context.redraw();
      },
      context.signal
    );
    const bar = runBar({
      onStart: () => runner.start(), onPause: runner.pause, onResume: runner.resume, onCancel: runner.cancel, startLabel: labels.train
    });
    const norms = curveChart();
    const kept = curveChart();
    const reading = html`<p class="seen" role="status"></p>`;
    const body = html`<div>${bar.element}<div class="gradient-panels"><div>${norms.element}</div><div>${kept.element}</div></div>${reading}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    context.onVisible((visible) => {
      if (!visible || shown) return;
      shown = true;
      context.redraw();
    });
    /** What is before training is looked at first; the training starts by itself when it has been. */
    const follow = (state: State) => {
      const {models, step} = runner.view;
      if (first.length > 0 && shown && step === 0) runner.startSoon(tasteSteps);
      if (models === seen || models.length === 0 || (step > 0 && first.length === 0)) return;
      seen = models;
      work.ask({key: prepared, untrained: step === 0, models, length: state.length, seed: state.seed});
    };
    return {
      body,
      update(state) {
        const key = JSON.stringify({...state, before: true});
        if (key !== prepared) {
          prepared = key;
          first = flows = [];
          runner.prepare(configOf(state));
        }
        follow(state);
        const {view} = runner;
        const panel = width > 720 ? Math.floor((width - 24) / 2) : width;
        const end = state.length;
        norms.show({
          curves: normCurves(flows, state.before ? first : []), x: {label: labels.distance, end},
          y: {label: labels.norm, low: 1e-8, high: 1e4, log: true}, width: panel, height: 300, label: labels.chart
        });
        kept.show({
          curves: flows.flatMap(({kept: values}, i) => (values.length ? [{name: name(i), color: color(i), values}] : [])),
          x: {label: labels.distance, end}, y: {label: labels.share, low: 1e-8, high: 2, log: true}, width: panel, height: 300, label: labels.keptChart
        });
        bar.show(view.state, view.step / view.total, trainingMessage(view));
        const text = readingOf(flows, state.clip);
        if (reading.textContent !== text) reading.textContent = text;
      },
      data: () => flows.flatMap(({hidden, cell, kept: shares}, i) =>
        hidden.map((norm, distance) => ({cell: cellKinds[i]!, distance, dLdh: norm, dLdc: cell[distance] ?? null, kept: shares[distance] ?? null})))
    };
  }
});

const name = (i: number) => cellNames[cellKinds[i]!];
const color = (i: number) => cellColors[cellKinds[i]!];

function normCurves(flows: readonly Flow[], first: readonly Flow[]): readonly Curve[] {
  const before = first.map(({hidden}, i) => ({name: name(i), color: color(i), values: hidden, dash: "1.5 4", labelled: false}));
  const now = flows.flatMap(({hidden, cell}, i) => [
    {name: `${name(i)} ∂L/∂h`, color: color(i), values: hidden},
    ...(cell.length ? [{name: `${name(i)} ∂L/∂c`, color: color(i), values: cell, dash: "6 3"}] : [])
  ]);
  return [...before, ...now];
}

function readingOf(flows: readonly Flow[], clip: number): string {
  if (flows.length === 0) return "";
  const shares = flows.map(({hidden, cell}, i) => {
    const values = cell.length ? cell : hidden;
    return `${name(i)} ${numberText(values.at(-1)! / Math.max(values[0]!, 1e-300), 3)}`;
  });
  const long = flows.flatMap(({norm}, i) => (clip > 0 && norm > clip ? [name(i)] : []));
  return labels.reading(shares.join(", "), long.length ? labels.clipped(long.join(", ")) : labels.unclipped);
}
