/** Own data: XGBoost's three measures of importance and permutation, beside each other. */
import {html} from "htl";
import {importanceChart} from "./importance-chart.js";
import {byImportance, nameOf} from "./own-settings.js";
import type {OwnView} from "./own-settings.js";

const labels = {
  measure: {
    weight: "weight: splits", gain: "gain: mean of a split", cover: "cover: mean of a split", permutation: "permutation: rise of the held-out loss"
  },
  note: (shown: number, all: number) => `The ${shown} features of ${all} that permutation ranks first.`,
  none: "Measured when the training is done."
};
const measures = ["weight", "gain", "cover", "permutation"] as const;
const mostShown = 12;

export function importanceView(): OwnView {
  const charts = measures.map((measure) => importanceChart(labels.measure[measure], 150));
  const panels = html`<div class="importance-panels">${charts.map(({element}) => element)}</div>`;
  const note = html`<p class="node-text" role="status"></p>`;
  return {
    element: html`<div>${panels}${note}</div>`,
    show({task, snapshot, width}) {
      const found = snapshot?.result?.importances;
      panels.style.display = found ? "" : "none";
      note.textContent = labels.none;
      if (!found) return;
      const order = byImportance(task, snapshot).slice(0, mostShown);
      const columns = width > 700 ? 2 : 1;
      const each = Math.floor((width - 24 * (columns - 1)) / columns);
      panels.style.gridTemplateColumns = `repeat(${columns}, ${each}px)`;
      measures.forEach((measure, i) => charts[i]!.show(order.map((column) => ({
        name: nameOf(column, task), color: "var(--c1)", values: [found[measure][column] ?? 0]
      })), each));
      note.textContent = found.permutation.length > mostShown ? labels.note(order.length, found.permutation.length) : "";
    }
  };
}
