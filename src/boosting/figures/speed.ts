/** Figure: growing one tree by the exact scan, by histograms on the CPU, and by histograms in kernels, on this machine. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {choiceField, numberField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import type {SpeedSnapshot, SpeedTiming} from "../speed-experiment.js";
import type {Drive} from "../speed.training.js";
import {speedChart} from "./speed-chart.js";
import {taskRunner} from "./task-runner.js";

const labels = {
  title: "Speed",
  caption:
    "One tree on random data, log loss, measured now in your browser: the exact scan of sorted values and the histograms " +
    "of up to 256 bins run on one CPU core in a worker; the kernels run on the backend named. Sorting and binning, done " +
    "once before the first tree, are in the table alone.",
  across: "Against",
  acrosses: {rows: "rows", columns: "features"},
  rows: "Rows, or up to",
  sizes: {"3000": "3,000 rows", "10000": "10,000", "30000": "30,000", "100000": "100,000"},
  columns: "Features",
  depth: "Depth",
  chart: {chart: "Milliseconds for one tree against the table's size", x: {rows: "rows", columns: "features"}, y: "ms a tree"},
  names: {exact: "exact, CPU", hist: "hist, CPU", webgpu: "hist, kernels"},
  message: (done: number, total: number) => `CPU: ${done} of ${total} measurements`,
  kernels: "Measure the kernels",
  kernelsAgain: "Stop",
  running: "Kernels: measuring…",
  ran: (backend: string) => `Kernels on ${backend}`,
  failed: "The kernels failed: ",
  head: ["exact", "sorting", "hist", "binning", "kernels"],
  unit: "Milliseconds",
  verdict: (rows: string, columns: number, ratio: string) =>
    `At ${rows} rows and ${columns} features the histograms are ${ratio} times as quick as the exact scan.`
};
const count = new Intl.NumberFormat("en");

const schema = {
  across: choiceField({label: labels.across, default: "rows", options: labels.acrosses}),
  rows: choiceField({label: labels.rows, default: "10000", options: labels.sizes}),
  columns: numberField({label: labels.columns, default: 10, min: 2, max: 60, step: 1, when: ({across}) => across === "rows"}),
  depth: numberField({label: labels.depth, default: 6, min: 1, max: 8, step: 1})
};
type State = StateOf<typeof schema>;

const configOf = ({across, rows, columns, depth}: State) => ({across, rows: Number(rows), columns, depth});

export const speedFigure = defineFigure({
  id: "boosting/speed",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    const runner = taskRunner({
      task: "speed",
      config: () => configOf(context.state()),
      signal: context.signal,
      onVisible: context.onVisible,
      redraw: context.redraw,
      message: ({progress}) => labels.message(progress.done, progress.total)
    });
    const device = deviceRunner(context);
    const chart = speedChart(labels.chart);
    const table = html`<div class="speed-table" tabindex="0" role="group" aria-label=${labels.unit}></div>`;
    const verdict = html`<p class="node-text" role="status"></p>`;
    const body = html`<div>${runner.element}${device.element}<div class="missing-panels"><div>${chart.element}</div>${table}</div>${verdict}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    const timings = () => [...(runner.snapshot?.timings ?? []), ...device.timings()];
    return {
      body,
      update(state) {
        runner.update();
        device.update();
        const all = timings();
        const of = (method: SpeedTiming["method"]) => all.filter((timing) => timing.method === method);
        const lines = [
          {name: labels.names.exact, color: "var(--c2)", timings: of("exact")},
          {name: labels.names.hist, color: "var(--c8)", timings: of("hist")},
          {name: labels.names.webgpu, color: "var(--c3)", timings: of("webgpu")}
        ];
        chart.show(lines, state.across, width > 760 ? Math.floor((width - 24) * 0.58) : width, 320);
        table.replaceChildren(tableOf(all, state.across));
        verdict.textContent = verdictOf(all);
      },
      data: (): readonly Row[] => timings().map(({method, rows, columns, tree, setup}) => ({method, rows, features: columns, "ms a tree": tree, "ms before": setup}))
    };
  }
});

/** The kernels are measured when the reader asks: on a software adapter they are slow, and all cores busy. */
function deviceRunner(context: FigureContext<typeof schema>) {
  let current: Drive<SpeedSnapshot> | undefined;
  let snapshot: SpeedSnapshot | undefined;
  let [key, text, busy] = ["", "", false];
  const button = html`<button type="button">${labels.kernels}</button>`;
  const message = html`<span role="status"></span>`;
  const start = async () => {
    const mine = (key = JSON.stringify(configOf(context.state())));
    [snapshot, text, busy] = [undefined, labels.running, true];
    context.redraw();
    const {runDeviceSpeed, kernelBackend} = await import("../speed.training.js");
    if (mine !== key) return;
    const running = runDeviceSpeed(configOf(context.state()), {
      signal: context.signal,
      visible: context.onVisible,
      onSnapshot: (next) => {
        if (mine !== key) return;
        snapshot = next;
        context.redraw();
      }
    });
    current = running;
    await running.done;
    if (mine !== key) return;
    busy = false;
    text = running.state.phase === "failed" ? labels.failed + running.state.error.message : labels.ran(kernelBackend());
    context.redraw();
  };
  button.addEventListener("click", () => {
    if (busy) current?.cancel();
    else void start();
  });
  return {
    element: html`<div class="run-bar device-bar">${button}${message}</div>`,
    timings: () => snapshot?.timings ?? [],
    update() {
      // Other settings: what was measured is of no use any more.
      if (key && key !== JSON.stringify(configOf(context.state()))) {
        current?.cancel();
        [key, text, busy, snapshot] = ["", "", false, undefined];
      }
      button.textContent = busy ? labels.kernelsAgain : labels.kernels;
      message.textContent = text;
    }
  };
}

function tableOf(all: readonly SpeedTiming[], across: State["across"]): Element {
  const sizes = [...new Set(all.map((timing) => timing[across]))].sort((a, b) => a - b);
  const cell = (value: number | undefined) => html`<td class="number">${value === undefined ? "" : numberText(value, 3)}</td>`;
  const body = sizes.map((size) => {
    const of = (method: SpeedTiming["method"]) => all.find((timing) => timing.method === method && timing[across] === size);
    return html`<tr><th scope="row">${count.format(size)}</th>${cell(of("exact")?.tree)}${cell(of("exact")?.setup)}${cell(of("hist")?.tree)}${
      cell(of("hist")?.setup)}${cell(of("webgpu")?.tree)}</tr>`;
  });
  const head = [labels.chart.x[across], ...labels.head];
  return html`<table><caption>${labels.unit}</caption><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${body}</tbody></table>`;
}

function verdictOf(all: readonly SpeedTiming[]): string {
  const exact = all.filter(({method}) => method === "exact").at(-1);
  const hist = all.find(({method, rows, columns}) => method === "hist" && rows === exact?.rows && columns === exact.columns);
  return exact && hist ? labels.verdict(count.format(exact.rows), exact.columns, numberText(exact.tree / Math.max(hist.tree, 0.01), 2)) : "";
}
