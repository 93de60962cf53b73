/** The settings of the figure for own data, and what its views are shown. */
import {choiceField, numberField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import type {CsvTask} from "../csv-table.js";
import type {CsvSnapshot} from "../csv-experiment.js";
import type {BoostedTrees} from "../xgboost.js";

const labels = {
  view: "Show",
  views: {training: "training", split: "first split", surface: "surface", missing: "missing values", importance: "importance", row: "one row"},
  depth: "Depth",
  depths: {"2": "2", "3": "3", "4": "4", "6": "6"},
  rate: "Learning rate η",
  rounds: "Rounds",
  stopping: "Early stopping after",
  stoppings: {"0": "off", "3": "3 rounds", "10": "10"},
  lambda: "λ, XGBoost",
  alpha: "α, XGBoost",
  gamma: "γ, XGBoost",
  child: "min_child_weight",
  device: "Trees grown on",
  devices: {auto: "whichever is quicker", cpu: "CPU", webgpu: "kernels"},
  held: "Held out",
  seed: "Seed of the split",
  remove: "Remove more",
  feature: "Feature",
  x: "Across",
  y: "Up",
  row: "Row",
  tree: "Tree"
};

const isShown = (...views: readonly string[]) => ({view}: Readonly<Record<string, unknown>>) => views.includes(String(view));
const inTraining = isShown("training", "split");
const place = {control: false, min: 0, step: 1};

export const ownSchema = {
  view: choiceField({label: labels.view, default: "training", options: labels.views}),
  depth: choiceField({label: labels.depth, default: "3", options: labels.depths}),
  rate: numberField({label: labels.rate, default: 0.2, min: 0.01, max: 1, step: 0.01}),
  rounds: numberField({label: labels.rounds, default: 40, min: 1, max: 200, step: 1}),
  stopping: choiceField({label: labels.stopping, default: "0", options: labels.stoppings, when: isShown("training")}),
  lambda: numberField({label: labels.lambda, default: 1, min: 0, max: 20, step: 0.1}),
  alpha: numberField({label: labels.alpha, default: 0, min: 0, max: 20, step: 0.1, when: inTraining}),
  gamma: numberField({label: labels.gamma, default: 0, min: 0, max: 100, step: 0.1, when: inTraining}),
  child: numberField({label: labels.child, default: 1, min: 0, max: 50, step: 0.5, when: inTraining}),
  device: choiceField({label: labels.device, default: "auto", options: labels.devices, when: isShown("training")}),
  held: numberField({label: labels.held, default: 25, min: 5, max: 60, step: 1, unit: "%", when: isShown("training", "missing")}),
  seed: numberField({label: labels.seed, default: 1, min: 1, max: 999, step: 1, when: isShown("training", "missing")}),
  remove: numberField({label: labels.remove, default: 20, min: 0, max: 80, step: 5, unit: "%", when: isShown("missing")}),
  // −1: the one that the tree splits on; those that matter most.
  feature: numberField({label: labels.feature, default: -1, max: 9999, ...place, min: -1}),
  x: numberField({label: labels.x, default: -1, max: 9999, ...place, min: -1}),
  y: numberField({label: labels.y, default: -1, max: 9999, ...place, min: -1}),
  row: numberField({label: labels.row, default: 0, max: 1_000_000, ...place}),
  tree: numberField({label: labels.tree, default: 1, max: 200, ...place, min: 1})
};
export type OwnState = StateOf<typeof ownSchema>;

/** What a view is given to draw. */
export interface OwnShown {
  readonly state: OwnState;
  readonly task: CsvTask;
  readonly snapshot: CsvSnapshot | undefined;
  /** A dropped model, or the one trained here. */
  readonly model: BoostedTrees | undefined;
  readonly width: number;
}

export interface OwnView {
  readonly element: HTMLElement;
  show(shown: OwnShown): void;
}

/** A column's number that the table has; `otherwise` if none was chosen. */
export const columnOf = (column: number, {table}: CsvTask, otherwise: number) => Math.min(column < 0 ? otherwise : column, table.columns - 1);
/** Columns by what shuffling them costs, dearest first; as they come before that is known. */
export function byImportance({table}: CsvTask, snapshot: CsvSnapshot | undefined): readonly number[] {
  const costs = snapshot?.result?.importances.permutation;
  const columns = Array.from({length: table.columns}, (_, column) => column);
  return costs ? columns.sort((a, b) => costs[b]! - costs[a]!) : columns;
}
export const rowOf = (row: number, {table}: CsvTask) => Math.min(row, table.rows - 1);
export const nameOf = (column: number, {table}: CsvTask) => table.featureNames?.[column] ?? `f${column}`;
