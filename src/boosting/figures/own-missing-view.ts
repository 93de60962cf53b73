/** Own data: what learned directions are worth beside filling in and dropping rows, and where they lead. */
import {html} from "htl";
import type {FigureContext} from "../../notebook/figure.js";
import {methods} from "../missing-experiment.js";
import type {OwnMissingSnapshot} from "../own-missing-experiment.js";
import {importanceChart} from "./importance-chart.js";
import {methodColors, methodNames} from "./missing-look.js";
import {nameOf, ownSchema} from "./own-settings.js";
import type {OwnShown, OwnView} from "./own-settings.js";
import {taskRunner} from "./task-runner.js";

const labels = {
  message: (done: number, total: number) => `${done} of ${total} models`,
  chart: "held-out loss; a whisker spans the seeds",
  head: ["feature", "missing", "left", "right"],
  caption: "Values missing, and XGBoost's splits that send them left or right, of all seeds",
  note:
    "Filled in, or with incomplete rows dropped, the table goes to scikit-learn's boosting (to XGBoost, for more than two " +
    "classes). A held-out row with a hole gets the mean, or the classes' shares, where such rows are dropped."
};
const seeds = 4;

/** @param own which table it is, and how often another one was chosen */
export function missingView(context: FigureContext<typeof ownSchema>, own: () => {readonly shown: OwnShown | undefined; readonly version: number}): OwnView {
  const settings = () => {
    const {depth, rate, rounds, lambda, held, seed, remove} = context.state();
    return {depth: Number(depth), rate, rounds, lambda, held: held / 100, seed, remove: remove / 100, seeds};
  };
  const runner = taskRunner({
    task: "ownMissing",
    config: () => ({...settings(), table: own().shown!.task.table, classes: own().shown!.task.classes.length}),
    key: () => JSON.stringify([settings(), own().version]),
    wanted: () => context.state().view === "missing" && own().shown !== undefined,
    signal: context.signal,
    onVisible: context.onVisible,
    redraw: context.redraw,
    message: ({progress}) => labels.message(progress.done, progress.total)
  });
  const chart = importanceChart(labels.chart, 130);
  const table = html`<div class="speed-table" tabindex="0" role="group" aria-label=${labels.caption}></div>`;
  return {
    element: html`<div>${runner.element}<div class="missing-panels"><div>${chart.element}</div>${table}</div><p class="node-text">${labels.note}</p></div>`,
    show(shown) {
      runner.update();
      const {snapshot} = runner;
      const panel = shown.width > 760 ? Math.floor((shown.width - 24) * 0.55) : shown.width;
      chart.show(methods.map((method) => ({
        name: methodNames[method], color: methodColors[method], values: snapshot?.losses[method] ?? []
      })), panel);
      table.replaceChildren(tableOf(shown, snapshot));
    }
  };
}

function tableOf({task}: OwnShown, snapshot: OwnMissingSnapshot | undefined): Element {
  const columns = snapshot?.columns.length === task.table.columns ? snapshot.columns : [];
  const rows = columns.map(({missing, left, right}, i) => html`<tr><th scope="row">${nameOf(i, task)}</th>${[missing, left, right].map(
    (value) => html`<td class="number">${value}</td>`)}</tr>`);
  return html`<table><caption>${labels.caption}</caption><thead><tr>${labels.head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;
}
