/** A network's units on one sequence: three fields of colour, sorted by what the units follow, and one unit's curves. */
import {html} from "htl";
import {numberText} from "../../notebook/number-text.js";
import type {Look} from "../look.training.js";
import {unitOver, unitsOver} from "../probe.js";
import type {Traces} from "../probe.js";
import type {CellKind} from "../shape.js";
import {cellNames, rowLooks} from "./cell-look.js";
import type {RowLook} from "./cell-look.js";
import {curveChart} from "./curve-chart.js";
import type {Curve} from "./curve-chart.js";
import {trackLabels} from "./memory-tasks.js";
import {unitHeat} from "./unit-heat.js";

const labels = {
  sort: "Sort units by", best: "whatever they follow best", following: (name: string, unit: number, track: string, correlation: string) =>
    `In the ${name}, unit ${unit} follows ${track} with a correlation of ${correlation}`,
  best2: "none does better.", row: (n: number) => `it stands in row ${n}.`,
  step: "time step", value: "value", chart: (unit: number) => `Unit ${unit} over the sequence`, scaled: (track: string) => `${track}, scaled`
};

/** The rows of a kind's trace to show as fields: its state, then what keeps and what lets in. */
const shownRows: Readonly<Record<CellKind, readonly number[]>> = {lstm: [4, 1, 0], gru: [4, 1, 0], rnn: [0]};
export const stateRow = (kind: CellKind): number => shownRows[kind][0]!;

/** The curves of one unit. */
const curvesOf: Readonly<Record<CellKind, readonly (readonly [name: string, row: number, color: string])[]>> = {
  lstm: [["c", 4, "var(--c1)"], ["h", 5, "var(--c4)"], ["f", 1, "var(--c5)"], ["i", 0, "var(--c8)"], ["o", 3, "var(--c10)"]],
  gru: [["h", 4, "var(--c4)"], ["z", 1, "var(--c5)"], ["r", 0, "var(--c8)"]],
  rnn: [["h", 0, "var(--c4)"]]
};

export interface UnitPanel {
  readonly fields: HTMLElement;
  /** The picked unit's curves. */
  readonly unit: HTMLElement;
  /** @param row the row that is picked, from 0 */
  show(look: Look, row: number, width: number): void;
  /** Nothing to look at. */
  clear(): void;
}

/** @param onPick a row of the fields was pointed at */
export function unitPanel(onPick: (row: number) => void): UnitPanel {
  const heats = [0, 1, 2].map(() => unitHeat(onPick));
  const chart = curveChart();
  const text = html`<p class="seen" role="status"></p>`;
  const unitPart = html`<div>${text}${chart.element}</div>`;
  return {
    fields: html`<div>${heats.map(({element: heat}) => heat)}</div>`,
    unit: unitPart,
    show(look, row, width) {
      unitPart.hidden = false;
      const {found, traces, example, question: {model: {shape: {kind}}}} = look;
      const picked = Math.min(row, found.length - 1);
      const rows = shownRows[kind];
      heats.forEach(({element: heat, show}, n) => {
        heat.hidden = n >= rows.length;
        if (n >= rows.length) return;
        const units = unitsOver(traces, 0, rows[n]!);
        const rowLook = rowLooks[kind][rows[n]!]!;
        show({
          title: `${cellNames[kind]}, ${rowLook.name}`, units: found.map(({unit}) => units[unit]!),
          look: rowLook.high > 1 ? reaching(rowLook, units) : rowLook, symbols: example.symbols, picked, last: n === rows.length - 1
        });
      });
      const {unit, track, correlation} = found[picked]!;
      const words = `${labels.following(cellNames[kind], unit + 1, trackLabels[track] ?? track, numberText(correlation, 2))}; ${picked === 0 ? labels.best2 : labels.row(picked + 1)}`;
      if (text.textContent !== words) text.textContent = words;
      showUnit(chart, traces, kind, unit, track, example.tracks[track]!, width);
    },
    clear() {
      for (const {element: heat} of heats) heat.hidden = true;
      unitPart.hidden = true;
    }
  };
}

/** A cell has no bounds: its colours reach as far as it does. */
function reaching(look: RowLook, units: readonly Float64Array[]): RowLook {
  const most = Math.ceil(units.reduce((reach, values) => Math.max(reach, ...values.map(Math.abs)), 1));
  return {...look, low: -most, high: most};
}

function showUnit(
  chart: ReturnType<typeof curveChart>, traces: Traces, kind: CellKind, unit: number, name: string, track: readonly number[], width: number
): void {
  const curves: readonly Curve[] = curvesOf[kind].map(([curve, row, color]) => ({name: curve, color, values: [...unitOver(traces, 0, row, unit)]}));
  const state = [...unitOver(traces, 0, stateRow(kind), unit)];
  const followed = {name: labels.scaled(name), color: "var(--ink-3)", values: fitted(track, state), dash: "5 4"};
  const most = Math.max(1, ...state.map(Math.abs));
  chart.show({
    curves: [followed, ...curves], x: {label: labels.step, end: track.length, first: 1}, y: {label: labels.value, low: -most, high: most, log: false},
    width, height: 190, label: labels.chart(unit + 1)
  });
}

/** The track, moved and stretched to lie as near the state as it can (least squares). */
function fitted(track: readonly number[], state: readonly number[]): readonly number[] {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(track), mean(state)];
  const spread = track.reduce((sum, value) => sum + (value - a) ** 2, 0);
  const slope = spread > 0 ? track.reduce((sum, value, t) => sum + (value - a) * (state[t]! - b), 0) / spread : 0;
  return track.map((value) => b + slope * (value - a));
}

/** The choice of what units are sorted by; its options are the task's. */
export function sortSelect(change: (track: string) => void): {readonly element: HTMLElement; show(tracks: readonly string[], chosen: string): void} {
  const select = html`<select></select>` as HTMLSelectElement;
  select.addEventListener("change", () => change(select.value));
  let shown = "";
  return {
    element: html`<label class="control"><span class="control-label">${labels.sort}</span>${select}</label>`,
    show(tracks, chosen) {
      const key = tracks.join();
      if (key !== shown) {
        shown = key;
        select.replaceChildren(html`<option value="any">${labels.best}</option>`, ...tracks.map((track) => html`<option value=${track}>${trackLabels[track] ?? track}</option>`));
      }
      select.value = tracks.includes(chosen) ? chosen : "any";
    }
  };
}
