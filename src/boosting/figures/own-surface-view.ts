/** Own data: both models' answers over the plane of two features, the others as one row has them. */
import {html} from "htl";
import {onThemeChange} from "../../notebook/theme.js";
import type {CsvTask} from "../csv-table.js";
import type {CsvResult} from "../csv-experiment.js";
import {predict as predictGbdt} from "../gbdt.js";
import {filled} from "../imputation.js";
import {surfaceColumns, surfaceOf, surfaceRows} from "../own-surface.js";
import type {Surface} from "../own-surface.js";
import {predict} from "../xgboost.js";
import type {BoostedTrees} from "../xgboost.js";
import {columnChoice} from "./column-choice.js";
import {libraryColors, libraryNames} from "./library-look.js";
import {byImportance, columnOf, nameOf, rowOf} from "./own-settings.js";
import type {OwnShown, OwnView} from "./own-settings.js";
import {planePanel} from "./plane-panel.js";

const labels = {
  x: "Across",
  y: "Up",
  surface: (library: string) => `${library}'s answers over two features`,
  note: (row: number, what: string) => `All other features are those of row ${row}, which is ringed: choose another. Blue is ${what}.`,
  high: "a high value, orange a low one",
  classIs: (name: string) => `“${name}”`,
  noGbdt: "scikit-learn's boosting is left out for more than two classes.",
  none: "The surfaces are drawn when the training is done."
};
/** More points than this are thinned out. */
const mostPoints = 600;

export interface SurfacePatch {
  readonly x?: number;
  readonly y?: number;
  readonly row?: number;
}

export function surfaceView(change: (patch: SurfacePatch) => void, signal: AbortSignal): OwnView {
  const choices = {x: columnChoice(labels.x, (x) => change({x})), y: columnChoice(labels.y, (y) => change({y}))};
  let every = 1;
  const panels = (["gbdt", "xgboost"] as const).map((library) => planePanel({
    color: libraryColors[library], label: labels.surface(libraryNames[library]), columns: surfaceColumns, rows: surfaceRows,
    onPick: (point) => change({row: point * every})
  }));
  const note = html`<p class="node-text" role="status"></p>`;
  const both = html`<div class="curve-panels">${panels.map(({element}) => element)}</div>`;
  let known: {readonly key: string; readonly model: BoostedTrees; readonly answers: ReturnType<typeof answersOf>} | undefined;
  let last: OwnShown | undefined;

  function show(shown: OwnShown): void {
    last = shown;
    const {state, task, snapshot, model, width} = shown;
    const [first = 0, second = first] = broadest(byImportance(task, snapshot), task);
    const [x, y, row] = [columnOf(state.x, task, first), columnOf(state.y, task, second), rowOf(state.row, task)];
    const names = Array.from({length: task.table.columns}, (_, column) => nameOf(column, task));
    choices.x.show(names, x);
    choices.y.show(names, y);
    both.style.display = model ? "" : "none";
    if (!model) return void (note.textContent = labels.none);
    const key = JSON.stringify([x, y, row]);
    if (known?.key !== key || known.model !== model) known = {key, model, answers: answersOf(task, model, snapshot?.result, x, y, row)};
    const {surface, gbdt, xgboost, share, what} = known.answers;
    every = Math.ceil(task.table.rows / mostPoints);
    const shownRows = Array.from({length: Math.ceil(task.table.rows / every)}, (_, i) => i * every);
    const panelWidth = width > 620 ? Math.floor((width - 20) / 2) : width;
    [gbdt, xgboost].forEach((shares, i) => {
      panels[i]!.element.style.display = shares ? "" : "none";
      if (shares) panels[i]!.show({
        places: Float32Array.from(shownRows.flatMap((at) => [surface.places[2 * at]!, surface.places[2 * at + 1]!])),
        axes: [{name: names[x]!}, {name: names[y]!}], frame: surface.frame, shares,
        colorOf: (point) => mixed(share(shownRows[point]!)), picked: Math.floor(row / every), lit: null,
        title: libraryNames[i === 0 ? "gbdt" : "xgboost"], width: panelWidth
      });
    });
    note.textContent = [labels.note(row, what), gbdt ? "" : task.classes.length > 2 ? labels.noGbdt : ""].join(" ").trim();
  }
  onThemeChange(() => last && show(last), signal);
  return {element: html`<div><div class="own-choices">${choices.x.element}${choices.y.element}</div>${both}${note}</div>`, show};
}

/** Features of more than two values come first: of words made into 0 and 1 there is little to see. */
function broadest(columns: readonly number[], {table}: CsvTask): readonly number[] {
  const isBroad = (column: number) => {
    const seen = new Set<number>();
    for (let i = column; i < table.features.length && seen.size < 3; i += table.columns)
      if (!Number.isNaN(table.features[i]!)) seen.add(table.features[i]!);
    return seen.size > 2;
  };
  return [...columns.filter(isBroad), ...columns.filter((column) => !isBroad(column))];
}

/** Between class 0's colour and class 1's. */
const mixed = (share: number) => `color-mix(in oklab, var(--c1) ${Math.round(100 * share)}%, var(--c2))`;

/** Shares of colour: of the values' reach, or the probability of class 1, or of the class that the row is given. */
function answersOf({table, classes}: CsvTask, model: BoostedTrees, result: CsvResult | undefined, x: number, y: number, row: number) {
  const surface: Surface = surfaceOf(table, x, y, row);
  const answers = predict(model, surface.grid);
  const groups = answers.length / surface.grid.rows;
  const gbdtAnswers = result?.gbdt && predictGbdt(result.gbdt, filled(surface.grid, result.fill));
  if (classes.length > 0) {
    const one = predict(model, {features: table.features.subarray(row * table.columns, (row + 1) * table.columns), rows: 1, columns: table.columns});
    const chosen = groups > 1 ? one.indexOf(Math.max(...one)) : 1;
    const own = groups > 1 ? Float32Array.from({length: surface.grid.rows}, (_, i) => answers[i * groups + chosen]!) : answers;
    return {
      surface, xgboost: own, gbdt: gbdtAnswers, what: labels.classIs(classes[chosen] ?? String(chosen)),
      share: (at: number) => Number(table.labels[at] === chosen)
    };
  }
  const [low, high] = table.labels.reduce(([a, b], label) => [Math.min(a, label), Math.max(b, label)] as const, [Infinity, -Infinity] as readonly [number, number]);
  const shareOf = (value: number) => Math.max(0, Math.min(1, (value - low) / (high - low || 1)));
  return {
    surface, xgboost: answers.map(shareOf), gbdt: gbdtAnswers?.map(shareOf), what: labels.high,
    share: (at: number) => shareOf(table.labels[at]!)
  };
}
