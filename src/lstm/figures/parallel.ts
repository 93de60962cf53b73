/** Figure: what runs in parallel; a training step's time by batch, length and units, measured on this machine. */
import {html} from "htl";
import type {FigureContext, FigureParts} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {runBar} from "../../notebook/run-bar.js";
import {choiceField, numberField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {axisSizes, growthOf, parallelLayers} from "../parallel.js";
import type {ParallelAxis, ParallelLayer, ParallelTiming} from "../parallel.js";
import {attentionColor, cellColors} from "./cell-look.js";
import {parallelRunner} from "./parallel-runner.js";
import type {ParallelView} from "./parallel-runner.js";
import {sizeChart} from "./size-chart.js";
import type {SizeLine} from "./size-chart.js";
import {waitGrid} from "./wait-grid.js";

const labels = {
  title: "What runs in parallel",
  caption:
    "Above, the round in which each step can be computed at the earliest. Below, the time of a whole training step (forward, " +
    "backward, Adam) of an LSTM and of a causal attention layer, each with as many inputs as units, measured now in your " +
    "browser; in each chart one size varies and the others stay. Dotted: growing in proportion to the size.",
  show: "Show",
  shown: {step: "time of a training step", share: "time for each sequence and time step"},
  batch: "Batch", length: "Length", hidden: "Units",
  measure: "Measure all three",
  axes: {batch: "sequences in a batch", length: "time steps", hidden: "units"} satisfies Record<ParallelAxis, string>,
  layers: {lstm: "LSTM", attention: "attention"} satisfies Record<ParallelLayer, string>,
  proportion: "in proportion",
  y: {step: "ms", share: "µs"},
  chart: (axis: string) => `Time against ${axis}, both logarithmic`,
  measured: (done: number, total: number, backend: string) => `${done} of ${total} measured${backend && ` on ${backend}`}`,
  failed: "The measurement failed: ",
  growth: {
    batch: (size: string, parts: string) => `${size} times the batch: ${parts}.`,
    length: (size: string, parts: string) => `${size} times the length: ${parts}.`,
    hidden: (size: string, parts: string) => `${size} times the units: ${parts}.`
  } satisfies Record<ParallelAxis, unknown>,
  grown: (layer: string, time: string) => `${layer} × ${time}`,
  empty: "not measured yet",
  reading: "How a training step's time grows. "
};

const schema = {
  show: choiceField({label: labels.show, default: "step", options: labels.shown}),
  batch: numberField({label: labels.batch, default: 16, min: 4, max: 256, step: 4}),
  length: numberField({label: labels.length, default: 32, min: 8, max: 128, step: 8}),
  hidden: numberField({label: labels.hidden, default: 32, min: 8, max: 64, step: 8})
};
type State = StateOf<typeof schema>;

const shownAxes: readonly ParallelAxis[] = ["batch", "length", "hidden"];
const layerColors: Readonly<Record<ParallelLayer, string>> = {lstm: cellColors.lstm, attention: attentionColor};
/** Milliseconds to wait for a slider to come to rest. */
const settling = 500;

export const parallelFigure = defineFigure({
  id: "lstm/parallel",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let prepared = "";
    let seen = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const runner = parallelRunner({signal: context.signal, visible: context.onVisible, onChange: context.redraw});
    const bar = runBar({
      onStart: () => runner.start(), onPause: runner.pause, onResume: runner.resume, onCancel: runner.cancel, startLabel: labels.measure
    });
    const grid = waitGrid();
    const charts = shownAxes.map((axis) => ({axis, chart: sizeChart()}));
    const reading = html`<p class="seen" role="status"></p>`;
    const body = html`<div>${grid.element}${bar.element}<div class="size-panels">${charts.map(({chart}) => html`<div>${chart.element}</div>`)}</div>${reading}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    // The length alone by itself: it is what the figure is about.
    const taste = () => runner.start(["length"]);
    context.onVisible((visible) => {
      if (!visible || seen) return;
      seen = true;
      taste();
    });
    return {
      body,
      update(state) {
        const {batch, length, hidden} = state;
        const key = [batch, length, hidden].join();
        if (key !== prepared) {
          const first = prepared === "";
          prepared = key;
          runner.prepare({batch, length, hidden});
          clearTimeout(timer);
          if (seen && !first) timer = setTimeout(() => runner.view.state === "idle" && taste(), settling);
        }
        const {view} = runner;
        grid.show(width);
        const panel = width > 760 ? Math.floor((width - 48) / 3) : width;
        const range = rangeOf(view.timings, state);
        for (const {axis, chart} of charts)
          chart.show({
            lines: linesOf(view.timings, axis, state), sizes: axisSizes[axis], range, x: labels.axes[axis], y: labels.y[state.show],
            width: panel, label: labels.chart(labels.axes[axis]), empty: labels.empty
          });
        bar.show(view.state, view.timings.length / view.total, messageOf(view));
        const text = readingOf(view.timings);
        if (reading.textContent !== text) reading.textContent = text;
      },
      data: () => runner.view.timings.map(({axis, layer, batch, length, hidden, milliseconds}) => ({axis, layer, batch, length, units: hidden, milliseconds}))
    };
  }
});

const messageOf = ({state, timings, total, backend, failure}: ParallelView): string =>
  state === "failed" ? labels.failed + failure : timings.length > 0 ? labels.measured(timings.length, total, backend) : "";

/** What is drawn of a timing: milliseconds of a step, or microseconds of one sequence's time step. */
const shownTime = ({milliseconds, batch, length}: ParallelTiming, {show}: State): number =>
  show === "step" ? milliseconds : (1000 * milliseconds) / (batch * length);

/** One range for all charts, so that they can be compared. */
function rangeOf(timings: readonly ParallelTiming[], state: State): readonly [number, number] {
  const times = timings.map((timing) => shownTime(timing, state));
  return times.length > 0 ? [Math.min(...times) / 1.6, Math.max(...times) * 1.6] : [1, 100];
}

function linesOf(timings: readonly ParallelTiming[], axis: ParallelAxis, state: State): readonly SizeLine[] {
  const own = timings.filter((timing) => timing.axis === axis);
  const lines = parallelLayers.map((layer) => ({
    name: labels.layers[layer], color: layerColors[layer],
    points: own.filter((timing) => timing.layer === layer).map((timing) => [timing[axis], shownTime(timing, state)] as const)
  }));
  const [first] = own;
  if (!first) return lines;
  const proportional = axisSizes[axis].map((size) => {
    const timing = {...first, [axis]: size, milliseconds: (first.milliseconds * size) / first[axis]};
    return [size, shownTime(timing, state)] as const;
  });
  return [{name: labels.proportion, color: "var(--ink-3)", points: proportional, dash: "1.5 4"}, ...lines];
}

function readingOf(timings: readonly ParallelTiming[]): string {
  const sentences = shownAxes.flatMap((axis) => {
    const grown = parallelLayers.flatMap((layer) => {
      const growth = growthOf(timings, axis, layer);
      return growth ? [{layer, ...growth}] : [];
    });
    const [first] = grown;
    if (!first || grown.length < parallelLayers.length || grown.some(({size}) => size !== first.size)) return [];
    return [labels.growth[axis](numberText(first.size, 3).replace(/\.0+$/, ""), grown.map(({layer, time}) => labels.grown(labels.layers[layer], numberText(time, 3))).join(", "))];
  });
  return sentences.length > 0 ? labels.reading + sentences.join(" ") : "";
}

