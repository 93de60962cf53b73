/** Figure: the reader's own ground truth and detections: what their mAP is, and why. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {choiceField, numberField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import type {Analysis, ClassRow} from "../analysis.js";
import {ownClient} from "../own-client.training.js";
import {errorKinds} from "../tide.js";
import {cocoStats, kindNames, shareText} from "./coco-look.js";
import {confusionChart} from "./confusion-chart.js";
import {errorBars} from "./error-bars.js";
import {ownClasses} from "./own-classes.js";
import {ownFiles} from "./own-files.js";
import {ownRun} from "./own-run.js";
import {precisionChart} from "./precision-chart.js";
import {statTable} from "./stat-table.js";
import {worstImages} from "./worst-images.js";

const labels = {
  title: "Bring your own",
  caption:
    "Your files are read in this page and go nowhere. AP and AR are pycocotools'; the errors are TIDE's (Bolya and others, " +
    "2020): a false positive has the right place and the wrong class, the right class and a poor place, both wrong, an " +
    "object that was found already, or nothing but background under it; an object that nothing would have found is missed. " +
    "Each gain is AP with that kind alone repaired, so they do not add up. TIDE's AP is a little " +
    "lower than COCO's: it also averages in, as 0, classes that have detections but no objects.",
  view: "Show",
  views: {errors: "errors", classes: "classes", confusion: "confusion", images: "worst images"},
  threshold: "IoU threshold",
  score: "Least score",
  category: "Class",
  image: "Image",
  sort: "Classes by",
  sorts: {ap: "AP, lowest first", objects: "number of objects", name: "name"},
  curve: (iou: string) => `Every class at IoU ≥ ${iou}`,
  chosen: (name: string, iou: string, ap: string) => `${name} at IoU ≥ ${iou}: AP ${ap}`,
  verdict: (ap: string, iou: string, kind: string, gain: string, left: string) =>
    `AP at IoU ≥ ${iou} is ${ap} by TIDE's matching. The most is to be gained from ${kind} errors: without them it would be ${left} (+${gain}).`,
  json: "Download results as JSON",
  csv: "Download classes as CSV"
};

const thresholds = ["0.50", "0.55", "0.60", "0.65", "0.70", "0.75", "0.80", "0.85", "0.90", "0.95"] as const;

const schema = {
  view: choiceField({label: labels.view, default: "errors", options: labels.views}),
  threshold: choiceField({label: labels.threshold, default: "0.50", options: Object.fromEntries(thresholds.map((t) => [t, t])) as Record<(typeof thresholds)[number], string>}),
  score: numberField({label: labels.score, default: 0.3, min: 0, max: 1, step: 0.05, when: ({view}) => view === "confusion" || view === "images"}),
  sort: choiceField({label: labels.sort, default: "ap", options: labels.sorts, when: ({view}) => view === "classes"}),
  category: numberField({label: labels.category, default: 1, min: 0, max: 1_000_000, step: 1, control: false}),
  image: numberField({label: labels.image, default: 0, min: 0, max: 1000, step: 1, control: false})
};
type State = StateOf<typeof schema>;

export const bringYourOwn = defineFigure({
  id: "map/bring-your-own",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let [width, begun] = [1000, false];
    const client = ownClient((reply) => {
      if (reply.kind === "opened" || reply.kind === "refused") files.answer(reply);
      else run.answer(reply);
      if (reply.kind === "opened") run.renew();
    }, context.signal);
    const files = ownFiles((request) => client.send(request));
    const run = ownRun((request) => client.send(request), context.redraw);
    const numbers = statTable();
    const panels = viewsOf(context);
    const verdict = html`<p class="own-verdict" role="status"></p>`;
    const downloads = html`<div class="own-files">${downloadButton(labels.json, () => save(jsonOf(run.analysis), "map.json", "application/json"))}${
      downloadButton(labels.csv, () => save(csvOf(run.analysis?.classes ?? []), "map-classes.csv", "text/csv"))}</div>`;
    const body = html`<div>${files.element}${run.element}${numbers.element}${verdict}${panels.element}${downloads}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    context.onVisible((visible) => {
      if (!visible || begun) return;
      begun = true;
      files.begin();
    });
    let drawn: readonly unknown[] = [];
    return {
      body,
      update(state) {
        run.want({threshold: Number(state.threshold), score: state.score});
        const {analysis} = run;
        const now = [analysis, JSON.stringify(state), width];
        if (now.every((each, i) => each === drawn[i])) return;
        drawn = now;
        numbers.show(analysis?.stats, () => false);
        verdict.textContent = analysis ? verdictOf(analysis) : "";
        panels.show(state, analysis, files.photos, width);
        for (const button of downloads.querySelectorAll("button")) button.disabled = !analysis;
      },
      data: () => rowsOf(run.analysis)
    };
  }
});

interface Views {
  readonly element: HTMLElement;
  show(state: State, analysis: Analysis | undefined, photos: ReadonlyMap<string, File>, width: number): void;
}

function viewsOf(context: FigureContext<typeof schema>): Views {
  const [bars, chart, matrix] = [errorBars(), precisionChart(), confusionChart()];
  const table = ownClasses((category) => context.change({category}));
  const images = worstImages((image) => context.change({image}), context.signal);
  const views: Readonly<Record<State["view"], HTMLElement>> = {
    errors: html`<div>${bars.element}</div>`,
    classes: html`<div class="mean-panels">${table.element}${chart.element}</div>`,
    confusion: matrix.element,
    images: images.element
  };
  return {
    element: html`<div class="own-views">${Object.values(views)}</div>`,
    show(state, analysis, photos, width) {
      for (const [name, view] of Object.entries(views)) view.hidden = name !== state.view;
      if (state.view === "errors") bars.show(analysis?.tide, width);
      else if (state.view === "confusion") matrix.show(analysis?.confusion, new Map(analysis?.classes.map(({id, name}) => [id, name])), width);
      else if (state.view === "images") images.show(analysis?.worst ?? [], state.image, photos, width);
      else {
        const rows = sorted(analysis?.classes ?? [], state.sort);
        const chosen = rows.find(({id}) => id === state.category) ?? rows[0];
        table.show(rows, chosen?.id ?? -1);
        const panel = width > 760 ? Math.floor((width - 24) / 2) : width;
        chart.show(...curvesOf(analysis, chosen), panel, 320);
      }
    }
  };
}

/** Kept for the same classes and order, so that the table knows its rows again. */
let lastSorted: {readonly classes: readonly ClassRow[]; readonly sort: string; readonly rows: readonly ClassRow[]} | undefined;

function sorted(classes: readonly ClassRow[], sort: State["sort"]): readonly ClassRow[] {
  if (lastSorted?.classes === classes && lastSorted.sort === sort) return lastSorted.rows;
  const order: Readonly<Record<State["sort"], (row: ClassRow) => number>> = {
    ap: ({ap}) => (ap < 0 ? 2 : ap),
    objects: ({truths}) => -truths,
    name: () => 0
  };
  const rows = [...classes].sort((a, b) => order[sort](a) - order[sort](b) || a.name.localeCompare(b.name, "en"));
  lastSorted = {classes, sort, rows};
  return rows;
}

function curvesOf(analysis: Analysis | undefined, chosen: ClassRow | undefined): Parameters<ReturnType<typeof precisionChart>["show"]> extends [infer T, infer C, ...unknown[]] ? [T, C] : never {
  if (!analysis) return ["", []];
  const iou = analysis.settings.threshold.toFixed(2);
  const curves = analysis.classes.map((row, k) => ({row, values: analysis.curves.subarray(101 * k, 101 * (k + 1))})).filter(({values}) => values[0]! >= 0);
  const own = curves.find(({row}) => row === chosen);
  const ap = own ? shareText(own.values.reduce((a, b) => a + b, 0) / 101) : "–";
  return [
    chosen ? labels.chosen(chosen.name, iou, ap) : labels.curve(iou),
    curves.map(({row, values}) => ({values, name: row.name, color: row === chosen ? "var(--c1)" : "var(--ink-3)", strong: row === chosen}))
  ];
}

function verdictOf({tide: {ap, gains}, settings}: Analysis): string {
  const most = errorKinds.reduce((best, kind) => (gains[kind] > gains[best] ? kind : best));
  return labels.verdict(shareText(ap), settings.threshold.toFixed(2), kindNames[most], gains[most].toFixed(3), shareText(ap + gains[most]));
}

function downloadButton(label: string, act: () => void): HTMLElement {
  const button = html`<button type="button">${label}</button>`;
  button.addEventListener("click", act);
  return button;
}

function save(text: string, name: string, type: string): void {
  const link = html`<a download=${name} href=${URL.createObjectURL(new Blob([text], {type}))}></a>` as HTMLAnchorElement;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const statsOf = ({stats}: Analysis) => Object.fromEntries(cocoStats.map(({name}, i) => [name, stats[i]! < 0 ? null : stats[i]!]));

function jsonOf(analysis: Analysis | undefined): string {
  if (!analysis) return "{}";
  const {settings, images, classes, tide, confusion, worst} = analysis;
  const {threshold, score} = settings;
  const counts = {ids: confusion.ids, counts: [...confusion.counts]};
  return JSON.stringify({settings: {threshold, score}, images, stats: statsOf(analysis), classes, errors: tide, confusion: counts, worst}, null, 1);
}

/** A class a row; the mean of what was evaluated last, under COCO's names. */
function rowsOf(analysis: Analysis | undefined): readonly Row[] {
  return (analysis?.classes ?? []).map(({id, name, truths, detections, ap, ap50, ap75, recall}) => ({id, class: name, objects: truths, detections, ...orNull({ap, ap50, ap75, recall})}));
}

const orNull = (values: Readonly<Record<string, number>>) => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value < 0 ? null : value]));

function csvOf(classes: readonly ClassRow[]): string {
  const cell = (value: string | number) => (/[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
  const lines = classes.map(({id, name, truths, detections, ap, ap50, ap75, recall}) => [id, name, truths, detections, ...[ap, ap50, ap75, recall].map((v) => (v < 0 ? "" : v))]);
  return [["id", "class", "objects", "detections", "AP", "AP50", "AP75", "AR100"], ...lines].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}
