/** Figure: every number that COCO's mean averages, a cell for each class and IoU threshold. */
import {html} from "htl";
import type {FigureContext, FigureParts} from "../../notebook/figure.js";
import {choiceField, numberField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {iouThresholds} from "../coco.js";
import {evaluateCocoAsync} from "../coco-async.training.js";
import type {CocoEvaluation} from "../coco.js";
import {classCurves, meanCells} from "../mean-cells.js";
import type {Cells} from "../mean-cells.js";
import type {CocoSample} from "../sample.js";
import {shareText} from "./coco-look.js";
import {meanHeat} from "./mean-heat.js";
import type {HeatColumn} from "./mean-heat.js";
import {precisionChart} from "./precision-chart.js";
import {loadSample} from "./sample-data.js";
import {statTable} from "./stat-table.js";

const labels = {
  title: "The mean in mAP",
  caption:
    "100 images of COCO val2014 and the detections that COCO's own demo ships for them, evaluated in this page as " +
    "pycocotools does. A cell is one class at one IoU threshold: dark 0, yellow 1, grey where the class has no object " +
    "of that size. Bars above are the classes' means, bars at the right the thresholds'; the mean of all cells is the " +
    "number that papers report. Point at a cell, or walk with the arrow keys.",
  quantity: "A cell is",
  quantities: {precision: "average precision", recall: "recall"},
  area: "Objects",
  areas: {all: "all", small: "small", medium: "medium", large: "large"},
  limit: "Detections an image and class",
  limits: {"1": "1", "10": "10", "100": "100"},
  sort: "Classes by",
  sorts: {mean: "their mean", fall: "fall from IoU 0.50 to 0.75", objects: "number of objects", name: "name"},
  category: "Class",
  iou: "IoU threshold",
  working: (share: number) => `Evaluating: ${Math.round(100 * share)} %`,
  failed: (reason: string) => `The sample was not evaluated: ${reason}`,
  cell: (name: string, iou: string, what: string, value: string, objects: number) =>
    `${name}, IoU ≥ ${iou}: ${what} ${value}, with ${objects} ${objects === 1 ? "object" : "objects"} in the sample.`,
  none: "no object of that size",
  rare: (count: number, total: number, top: string, objects: number) =>
    `${count} of ${total} classes have fewer than five objects; each counts as much as ${top} with ${objects}.`,
  curve: (name: string, iou: string) => `${name} at IoU ≥ ${iou}`,
  curveName: (iou: string) => `IoU ≥ ${iou}`
};

const areaNames = ["all", "small", "medium", "large"] as const;
const limitNames = ["1", "10", "100"] as const;

const schema = {
  quantity: choiceField({label: labels.quantity, default: "precision", options: labels.quantities}),
  area: choiceField({label: labels.area, default: "all", options: labels.areas}),
  limit: choiceField({label: labels.limit, default: "100", options: labels.limits}),
  sort: choiceField({label: labels.sort, default: "mean", options: labels.sorts}),
  category: numberField({label: labels.category, default: 1, min: 1, max: 90, step: 1, control: false}),
  iou: numberField({label: labels.iou, default: 0.5, min: 0.5, max: 0.95, step: 0.05, control: false})
};
type State = StateOf<typeof schema>;

interface Ready {
  readonly evaluation: CocoEvaluation;
  /** Objects of each evaluated class, crowds aside. */
  readonly objects: readonly number[];
}

export const mean = defineFigure({
  id: "map/mean",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let [width, share, problem] = [1000, 0, ""];
    let [ready, asked]: [Ready | undefined, boolean] = [undefined, false];
    let columns: readonly HeatColumn[] = [];
    const heat = meanHeat((column, threshold) => {
      const patch = {category: columns[column]!.id, iou: iouOf(threshold)};
      const {category, iou} = context.state();
      if (patch.category !== category || patch.iou !== iou) context.change(patch);
    });
    const numbers = statTable(({quantity, area, limit, iou}) =>
      context.change({quantity, area: areaNames[area], limit: limitNames[limit], ...(iou !== null && {iou})}));
    const curves = precisionChart();
    const cell = html`<p class="mean-cell" role="status"></p>`;
    const rare = html`<p class="mean-rare"></p>`;
    const body = html`<div>${heat.element}${cell}<div class="mean-panels"><div>${numbers.element}${rare}</div>${curves.element}</div></div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    context.onVisible((visible) => {
      if (!visible || asked) return;
      asked = true;
      void evaluateSample(context.signal, (done) => ((share = done), context.redraw())).then(
        (done) => ((ready = done), context.redraw()),
        (error: unknown) => ((problem = labels.failed(error instanceof Error ? error.message : String(error))), context.redraw())
      );
    });
    return {
      body,
      update(state) {
        const cells = ready && meanCells(ready.evaluation, state.quantity, areaNames.indexOf(state.area), limitNames.indexOf(state.limit));
        columns = ready && cells ? columnsOf(state, ready, cells) : [];
        const column = Math.max(0, columns.findIndex(({id}) => id === state.category));
        const threshold = thresholdOf(state.iou);
        heat.show({cells: cells ?? noCells, columns, thresholds: iouThresholds, column, threshold, width});
        numbers.show(ready?.evaluation.stats, ({quantity, area, limit, iou}) => quantity === state.quantity &&
          areaNames[area] === state.area && limitNames[limit] === state.limit && (iou === null || iou === iouOf(threshold)));
        cell.textContent = problem || (cells && ready && columns[column] ? cellText(state, ready, cells, columns[column], threshold) : labels.working(share));
        rare.textContent = ready ? rareText(ready) : "";
        const panel = width > 760 ? Math.floor((width - 24) / 2) : width;
        curves.show(columns[column] ? labels.curve(columns[column].name, iouOf(threshold).toFixed(2)) : "",
          ready && columns[column] ? curvesOf(ready.evaluation, state, columns[column].k, threshold) : [], panel, 270);
      },
      data: () => rowsOf(context.state(), ready)
    };
  }
});

const noCells: Cells = {values: new Float64Array(), ofThreshold: iouThresholds.map(() => NaN), ofClass: [], mean: NaN};
const thresholdOf = (iou: number) => Math.max(0, Math.min(9, Math.round((iou - 0.5) / 0.05)));
const iouOf = (threshold: number) => Number((0.5 + 0.05 * threshold).toFixed(2));

async function evaluateSample(signal: AbortSignal, onProgress: (share: number) => void): Promise<Ready> {
  const {groundTruth, detections}: CocoSample = await loadSample();
  const evaluation = await evaluateCocoAsync(groundTruth, detections, {signal, onProgress});
  const counts = new Map<number, number>();
  for (const {category_id, iscrowd} of groundTruth.annotations) {
    if (!iscrowd) counts.set(category_id, (counts.get(category_id) ?? 0) + 1);
  }
  return {evaluation, objects: evaluation.classes.map(({id}) => counts.get(id) ?? 0)};
}

/** Classes that have objects at all, in the order asked for. */
function columnsOf({sort}: State, {evaluation: {classes}, objects}: Ready, {ofClass, values}: Cells): readonly HeatColumn[] {
  const K = classes.length;
  const number = (value: number) => (Number.isNaN(value) ? -1 : value);
  const order: Readonly<Record<State["sort"], (k: number) => number>> = {
    mean: (k) => -number(ofClass[k]!),
    fall: (k) => -number(values[k]! - values[5 * K + k]!),
    objects: (k) => -objects[k]!,
    name: () => 0
  };
  return classes.map(({id, name}, k) => ({id, name, k})).filter(({k}) => objects[k]! > 0)
    .sort((a, b) => order[sort](a.k) - order[sort](b.k) || a.name.localeCompare(b.name, "en"));
}

function cellText({quantity}: State, {objects, evaluation: {classes}}: Ready, {values}: Cells, {name, k}: HeatColumn, t: number): string {
  const value = values[t * classes.length + k]!;
  return labels.cell(name, iouOf(t).toFixed(2), labels.quantities[quantity], Number.isNaN(value) ? labels.none : shareText(value), objects[k]!);
}

function rareText({objects, evaluation: {classes}}: Ready): string {
  const present = objects.filter((count) => count > 0);
  const most = Math.max(...present);
  return labels.rare(present.filter((count) => count < 5).length, present.length, classes[objects.indexOf(most)]!.name, most);
}

function curvesOf(evaluation: CocoEvaluation, {area, limit}: State, k: number, threshold: number) {
  return classCurves(evaluation, k, areaNames.indexOf(area), limitNames.indexOf(limit)).map((values, t) => ({
    values, name: labels.curveName(iouOf(t).toFixed(2)), color: t === threshold ? "var(--c1)" : "var(--ink-3)", strong: t === threshold
  }));
}

/** A class a row: its number of objects, its mean and its cells. */
function rowsOf(state: State, ready: Ready | undefined) {
  if (!ready) return [];
  const {evaluation: {classes}, objects} = ready;
  const cells = meanCells(ready.evaluation, state.quantity, areaNames.indexOf(state.area), limitNames.indexOf(state.limit));
  return columnsOf(state, ready, cells).map(({name, k}) => ({
    class: name,
    objects: objects[k]!,
    mean: cells.ofClass[k]!,
    ...Object.fromEntries(iouThresholds.map((_, t) => [`IoU ${iouOf(t).toFixed(2)}`, cells.values[t * classes.length + k]!]))
  }));
}
