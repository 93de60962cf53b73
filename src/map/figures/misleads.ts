/** Figure: five ways in which mAP misleads, each a control, each beside what to ask instead. */
import {html} from "htl";
import {deviation, mean} from "d3-array";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {choiceField, numberField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {places} from "../misleads.js";
import type {Flaw, SweepPoint} from "../misleads.js";
import {misleadsChart} from "./misleads-chart.js";
import type {Spot, SweepLine} from "./misleads-chart.js";
import {measures} from "./misleads-look.js";
import type {Measure} from "./misleads-look.js";
import {picture} from "./misleads-pictures.js";
import {sweepRunner} from "./sweep-runner.js";

const labels = {
  title: "Where mAP misleads",
  caption:
    "Five controls, five generated detectors; every value is computed by the evaluator of this page, for each place of the control " +
    "and each seed. Left, what the control does; right, what the measures say over its range, orange what mAP says. The band " +
    "is one standard deviation of the seeds to either side.",
  flaw: "Shortcoming",
  flaws: {
    shift: "localisation error is ignored",
    threshold: "one IoU threshold decides",
    confident: "confident false positives are forgiven",
    tail: "rare classes weigh like common ones",
    cost: "cost grows with the data"
  } satisfies Record<Flaw, string>,
  seeds: "Seeds",
  seedNames: {"1": "one", "5": "five"},
  shift: "Boxes shifted, share of width",
  threshold: "IoU threshold",
  confident: "Confident false positives",
  k: "k of precision at k",
  tail: "Long tail, exponent",
  cost: "Images",
  x: {
    shift: "boxes shifted, share of their width",
    threshold: "IoU threshold",
    confident: "false positives above all that is right",
    tail: "exponent of the long tail",
    cost: "images"
  } satisfies Record<Flaw, string>,
  y: (flaw: Flaw) => (flaw === "cost" ? "seconds" : "value"),
  measure: "measure",
  here: "here",
  start: "at the start",
  change: "change",
  waiting: "Computing…",
  remedy: {
    shift: "Ask AP75 or AP@[.5:.95], which falls step by step, or LRP, which counts each box’s error itself.",
    threshold: "Ask the mean over thresholds 0.5 to 0.95 (dashed): COCO’s AP exists for this.",
    confident: "Ask precision at k for what a reader sees first, and F1 at the threshold you will use.",
    tail: "Ask AP weighted by frequency for what users meet, and AP of the rare classes, with its spread, beside it.",
    cost: "Ask a random sample, and say its spread (few objects lean upwards: the envelope takes the luckiest); or one F1 pass."
  } satisfies Record<Flaw, string>,
  stands: (name: string, change: string, other: string, otherChange: string) =>
    `Since the start of the range, ${name} has changed by ${change}, ${other} by ${otherChange}.`,
  winner: (threshold: string, better: string, mean: string) =>
    better === mean
      ? `At ${threshold}, and over all thresholds, the detector that ${better} is ahead.`
      : `At ${threshold} the detector that ${better} is ahead; over all thresholds, the one that ${mean}.`,
  detectors: {more: "finds more", tight: "boxes tighter"},
  cost2: (whole: string, sample: string, spread: string) =>
    `All images take ${whole} s, a hundred of them ${sample} s; eight draws of a hundred differ by ±${spread} in mAP.`
};

const onlyFor = (flaw: Flaw) => (state: Readonly<Record<string, unknown>>) => state.flaw === flaw;
const images = {"100": "100", "200": "200", "400": "400", "800": "800", "1600": "1,600"} as const;

const schema = {
  flaw: choiceField({label: labels.flaw, default: "shift", options: labels.flaws}),
  shift: numberField({label: labels.shift, default: 0.12, min: 0, max: 0.34, step: 0.02, when: onlyFor("shift")}),
  threshold: numberField({label: labels.threshold, default: 0.5, min: 0.5, max: 0.95, step: 0.05, when: onlyFor("threshold")}),
  confident: numberField({label: labels.confident, default: 10, min: 0, max: 50, step: 2, when: onlyFor("confident")}),
  k: numberField({label: labels.k, default: 10, min: 1, max: 100, step: 1, when: onlyFor("confident")}),
  tail: numberField({label: labels.tail, default: 1.2, min: 0, max: 2, step: 0.1, when: onlyFor("tail")}),
  cost: choiceField({label: labels.cost, default: "800", options: images, when: onlyFor("cost")}),
  seeds: choiceField({label: labels.seeds, default: "5", options: labels.seedNames})
};
type State = StateOf<typeof schema>;

/** Where the control of the shown flaw stands, as one of its places. */
function placeOf(state: State): number {
  const wanted = Number(state[state.flaw]);
  return places[state.flaw].reduce((best, place) => (Math.abs(place - wanted) < Math.abs(best - wanted) ? place : best));
}

const valueOf = ({metrics, top}: SweepPoint, {key}: Measure, k: number): number => (key === "top" ? top![k - 1]! : metrics[key]!);

/** Each measure's mean and spread over the seeds, place by place. */
function linesOf({flaw, k}: State, points: readonly SweepPoint[]): readonly SweepLine[] {
  return measures[flaw].map((measure) => ({
    measure,
    spots: places[flaw].flatMap((at): Spot[] => {
      const values = points.filter((point) => point.at === at).map((point) => valueOf(point, measure, k));
      if (values.length === 0) return [];
      const [middle, spread] = [mean(values)!, deviation(values) ?? 0];
      return [{at, mean: middle, low: middle - spread, high: middle + spread}];
    })
  }));
}

export const misleads = defineFigure({
  id: "map/misleads",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1088;
    const runner = sweepRunner({
      config: () => ({flaw: context.state().flaw, seeds: Number(context.state().seeds)}),
      signal: context.signal,
      onVisible: context.onVisible,
      redraw: context.redraw
    });
    const left = picture();
    const right = misleadsChart((place) => {
      const {flaw} = context.state();
      context.change({[flaw]: flaw === "cost" ? String(place) : place});
    });
    const table = html`<table class="flaw-table"></table>`;
    const verdict = html`<p class="flaw-verdict" role="status"></p>`;
    const remedy = html`<p class="flaw-remedy"></p>`;
    const body = html`<div>${runner.element}<div class="flaw-panels"><div>${left.element}</div><div>${right.element}</div>
      <div>${verdict}${remedy}</div><div>${table}</div></div></div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update(state) {
        runner.update();
        const {flaw} = state;
        const points = runner.points();
        const at = placeOf(state);
        const lines = linesOf(state, points);
        const wide = width > 760;
        const [one, two] = wide ? [Math.floor((width - 28) * 0.42), Math.floor((width - 28) * 0.58)] : [width, width];
        left.show(flaw, points, at, one, wide ? 320 : Math.min(320, Math.round(one * 0.75)));
        right.show({lines, places: places[flaw], at, x: labels.x[flaw], y: labels.y(flaw), format: flaw === "confident" ? "d" : "~g", log: flaw === "cost"}, two, 320);
        table.replaceChildren(...tableOf(lines, at, flaw));
        const text = verdictOf(state, lines, points, at);
        if (verdict.textContent !== text) verdict.textContent = text;
        remedy.textContent = labels.remedy[flaw];
      },
      data: () => rowsOf(context.state(), runner.points())
    };
  }
});

const digits = (flaw: Flaw) => (flaw === "cost" ? 3 : 4);
const signed = (value: number, places: number) => {
  const text = Math.abs(value).toFixed(places);
  return Number(text) === 0 ? text : `${value < 0 ? "−" : "+"}${text}`;
};
const spotAt = (lines: readonly SweepLine[], key: string, at: number) => lines.find(({measure}) => measure.key === key)?.spots.find((spot) => spot.at === at);

function tableOf(lines: readonly SweepLine[], at: number, flaw: Flaw): readonly Element[] {
  const head = html`<thead><tr><th scope="col">${labels.measure}</th><th scope="col">${labels.here}</th><th scope="col">${labels.start}</th><th scope="col">${labels.change}</th></tr></thead>`;
  const rows = lines.map(({measure, spots}) => {
    const [here, start] = [spots.find((spot) => spot.at === at), spots[0]];
    const cell = (value: string) => html`<td class="number">${value}</td>`;
    return html`<tr><th scope="row" style=${`color: ${measure.color}`}>${measure.name}</th>${
      here ? cell(`${here.mean.toFixed(digits(flaw))} ± ${((here.high - here.low) / 2).toFixed(digits(flaw))}`) : cell("…")}${
      cell(start ? start.mean.toFixed(digits(flaw)) : "…")}${cell(here && start ? signed(here.mean - start.mean, digits(flaw)) : "…")}</tr>`;
  });
  return [head, html`<tbody>${rows}</tbody>`];
}

function verdictOf({flaw}: State, lines: readonly SweepLine[], points: readonly SweepPoint[], at: number): string {
  const here = (key: string) => spotAt(lines, key, at)?.mean;
  if (lines.some(({measure}) => here(measure.key) === undefined)) return labels.waiting;
  if (flaw === "threshold") {
    const better = (more: string, tight: string) => labels.detectors[here(more)! >= here(tight)! ? "more" : "tight"];
    return labels.winner(at.toFixed(2), better("more", "tight"), better("moreMean", "tightMean"));
  }
  if (flaw === "cost") {
    const spread = mean(points.filter((point) => point.at === at), ({metrics}) => metrics.sampleSpread!) ?? 0;
    return labels.cost2(here("seconds")!.toFixed(3), here("sampleSeconds")!.toFixed(3), spread.toFixed(3));
  }
  const change = (key: string) => signed(here(key)! - spotAt(lines, key, places[flaw][0]!)!.mean, 3);
  const [first, second] = [lines[0]!.measure, lines[flaw === "tail" ? 1 : lines.length - 1]!.measure];
  return labels.stands(first.name, change(first.key), second.name, change(second.key));
}

function rowsOf({flaw, k}: State, points: readonly SweepPoint[]): readonly Row[] {
  return points.map((point) => ({
    shortcoming: flaw, control: point.at, seed: point.seed,
    ...Object.fromEntries(measures[flaw].map((measure) => [measure.name, valueOf(point, measure, k)]))
  }));
}
