/** Figure: training with and without the output's bias set to the rare class's prior: the first steps. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {runBar} from "../../notebook/run-bar.js";
import {numberField, setField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {priorBias} from "../prior.js";
import type {EnsembleSnapshot, PriorConfig, PriorLane} from "../prior.training.js";
import {stepChart} from "./step-chart.js";
import type {StepLane} from "./step-chart.js";
import {trainingRunner} from "./training-runner.js";
import type {RunnerView} from "./training-runner.js";

const labels = {
  title: "The prior at initialisation",
  caption:
    "The same eight networks start with an output bias of 0 (solid: every point is rare with probability ½) and of " +
    "−log((1 − π) ⁄ π) (dashed: with probability π). As in the paper the loss is divided by the number of rare examples. " +
    "Lines are the mean of the seeds, bands reach from the lowest to the highest.",
  lanes: "Train",
  ratio: "Common points to a rare one",
  prior: "Prior π",
  gamma: "Focal γ",
  rate: "Learning rate (momentum 0.9)",
  loss: "loss for each rare example",
  gradient: "size of the last layer's gradient",
  start: "Run",
  training: (step: number, steps: number) => `32 networks, step ${step} of ${steps}`,
  none: "Choose at least one start to see its curve.",
  failed: "The run failed: ",
  zero: (first: string) => `On average over the seeds, cross-entropy from bias 0 starts at ${first}`,
  again: (peak: string, step: number) => `, and after its first fall it is up at ${peak} again, at step ${step}`,
  set: (bias: string, prior: string, first: string, worst: string) => `; from bias ${bias} (π = ${prior}) it starts at ${first} and is never above ${worst}.`
};

const laneNames: Readonly<Record<PriorLane, string>> = {
  "ce-zero": "CE, bias 0",
  "ce-prior": "CE, prior",
  "focal-zero": "focal, bias 0",
  "focal-prior": "focal, prior"
};
const laneColors: Readonly<Record<PriorLane, string>> = {
  "ce-zero": "var(--c1)",
  "ce-prior": "var(--c1)",
  "focal-zero": "var(--c8)",
  "focal-prior": "var(--c8)"
};
const laneIds = Object.keys(laneNames) as readonly PriorLane[];

const schema = {
  lanes: setField({label: labels.lanes, default: laneIds, options: laneNames, colors: laneColors}),
  ratio: numberField({label: labels.ratio, default: 100, min: 1, max: 500, step: 1, scale: "log"}),
  prior: numberField({label: labels.prior, default: 0.01, min: 0.001, max: 0.5, step: 0.001, scale: "log"}),
  gamma: numberField({label: labels.gamma, default: 2, min: 0, max: 5, step: 0.1}),
  rate: numberField({label: labels.rate, default: 0.01, min: 0.0001, max: 0.1, step: 0.0001, scale: "log"})
};
type State = StateOf<typeof schema>;

const [seeds, steps] = [8, 80];
const configOf = ({ratio, prior, gamma, rate}: State): PriorConfig => ({ratio, prior, gamma, rate, seeds, steps});

export const prior = defineFigure({
  id: "focal-loss/prior",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    const runner = trainingRunner<PriorConfig, EnsembleSnapshot>({
      signal: context.signal,
      visible: context.onVisible,
      onChange: context.redraw,
      launch: async (config, options) => (await import("../prior.training.js")).runPrior(config, options)
    });
    const start = () => runner.start(configOf(context.state()));
    const bar = runBar({onStart: start, onPause: runner.pause, onResume: runner.resume, onCancel: runner.cancel, startLabel: labels.start});
    const [loss, gradient] = [stepChart(labels.loss, 84), stepChart(labels.gradient, 84)];
    const verdict = html`<p class="focal-verdict" role="status"></p>`;
    const body = html`<div>${bar.element}<div class="focal-panels">${loss.element}${gradient.element}</div>${verdict}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    let [seen, started] = [false, ""];
    let timer: ReturnType<typeof setTimeout> | undefined;
    context.signal.addEventListener("abort", () => clearTimeout(timer), {once: true});
    context.onVisible((visible) => ((seen = visible), context.redraw()));
    return {
      body,
      update(state) {
        // It runs when it is first seen, and again when what it trains on has changed and come to rest.
        const key = JSON.stringify(configOf(state));
        if (seen && key !== started) {
          clearTimeout(timer);
          timer = setTimeout(start, started === "" ? 0 : 350);
          started = key;
        }
        const {view} = runner;
        const panel = width > 720 ? Math.floor((width - 24) / 2) : width;
        loss.show(lanesOf(view, state.lanes, "loss"), steps, panel, 290);
        gradient.show(lanesOf(view, state.lanes, "gradient"), steps, panel, 290);
        const done = view.snapshot ? view.snapshot.progress.done / view.snapshot.progress.total : 0;
        bar.show(view.state, view.state === "idle" ? 0 : done, messageOf(view, state));
        verdict.textContent = verdictOf(view);
      },
      data: () => rowsOf(runner.view)
    };
  }
});

type View = RunnerView<PriorConfig, EnsembleSnapshot>;

/** Mean, lowest and highest over the seeds at each step, for each rare example: the engine's means are over all points. */
function lanesOf({snapshot, config}: View, wanted: readonly PriorLane[], what: "loss" | "gradient"): readonly StepLane[] {
  if (!snapshot || !config) return [];
  const history = snapshot.groups[0]!.history;
  const perRare = 1 + config.ratio;
  return wanted.map((lane) => {
    const first = laneIds.indexOf(lane) * config.seeds;
    const points = history.map(({step, loss, gradientNorm}) => {
      const layers = gradientNorm.length / loss.length;
      const values = Array.from({length: config.seeds}, (_, s) =>
        perRare * (what === "loss" ? loss[first + s]! : gradientNorm[(first + s + 1) * layers - 1]!)
      );
      return {step, mean: values.reduce((sum, value) => sum + value, 0) / values.length, low: Math.min(...values), high: Math.max(...values)};
    });
    return {name: laneNames[lane], color: laneColors[lane], dashed: lane.endsWith("prior"), points};
  });
}

function messageOf({incident, state, snapshot}: View, {lanes}: State): string {
  if (incident?.kind === "failed") return labels.failed + incident.text;
  if (lanes.length === 0) return labels.none;
  const step = snapshot?.groups[0]?.history.at(-1)?.step;
  return state !== "idle" && step !== undefined ? labels.training(step, steps) : "";
}

function verdictOf(view: View): string {
  const [zero, set] = lanesOf(view, ["ce-zero", "ce-prior"], "loss");
  if (!zero || !set || zero.points.length < 2 || !view.config) return "";
  const text = (value: number) => numberText(value, 3);
  const low = zero.points.findIndex(({mean}, i) => mean < (zero.points[i + 1]?.mean ?? -Infinity));
  const peak = low < 0 ? undefined : zero.points.slice(low + 1).reduce((most, point) => (point.mean > most.mean ? point : most));
  const worst = Math.max(...set.points.map(({mean}) => mean));
  return (
    labels.zero(text(zero.points[0]!.mean)) + (peak ? labels.again(text(peak.mean), peak.step) : "") +
    labels.set(text(priorBias(view.config.prior)), String(view.config.prior), text(set.points[0]!.mean), text(worst))
  );
}

/** A row a start and step; before the first, which starts are to come. */
function rowsOf(view: View): readonly Row[] {
  if (!view.snapshot) return laneIds.map((lane) => ({start: laneNames[lane], step: null, loss: null}));
  const [losses, gradients] = [lanesOf(view, laneIds, "loss"), lanesOf(view, laneIds, "gradient")];
  return losses.flatMap(({name, points}, l) =>
    points.map(({step, mean, low, high}, i) => ({start: name, step, loss: mean, lowest: low, highest: high, lastLayerGradient: gradients[l]!.points[i]!.mean}))
  );
}
