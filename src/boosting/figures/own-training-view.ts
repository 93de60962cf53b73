/** Own data: both libraries' losses round by round. */
import {html} from "htl";
import {numberText} from "../../notebook/number-text.js";
import type {CsvSnapshot} from "../csv-experiment.js";
import {libraryColors, libraryNames} from "./library-look.js";
import type {OwnView} from "./own-settings.js";
import {roundsChart} from "./rounds-chart.js";

const labels = {
  chart: {chart: "Loss against the round", x: "round", y: "loss"},
  train: "train",
  validation: "validation",
  best: (name: string, round: number, loss: string) => `${name}: least validation loss ${loss} in round ${round}.`,
  stopped: (name: string, round: number) => `${name} stopped early, after round ${round}.`
};
const libraries = ["gbdt", "xgboost"] as const;

export function trainingView(): OwnView {
  const chart = roundsChart(labels.chart, () => undefined);
  const verdict = html`<p class="node-text" role="status"></p>`;
  return {
    element: html`<div>${chart.element}${verdict}</div>`,
    show({snapshot, state, width}) {
      chart.show({curves: curvesOf(snapshot), first: 1, last: Math.max(2, state.rounds), round: 0, stops: stopsOf(snapshot), width, height: 280});
      verdict.textContent = verdictOf(snapshot, state.rounds);
    }
  };
}

function curvesOf(snapshot: CsvSnapshot | undefined) {
  return libraries.flatMap((library) => (["train", "validation"] as const).map((set) => ({
    name: `${libraryNames[library]} ${labels[set]}`, color: libraryColors[library], dashed: set === "train", values: snapshot?.[library][set] ?? []
  }))).filter(({values}) => values.length > 0);
}

/** Where the validation loss is least. */
function leastOf(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value < values[best]! ? i : best), 0);
}

function stopsOf(snapshot: CsvSnapshot | undefined) {
  return libraries.flatMap((library) => {
    const values = snapshot?.[library].validation ?? [];
    const round = leastOf(values);
    return values.length ? [{round: round + 1, value: values[round]!, color: libraryColors[library]}] : [];
  });
}

function verdictOf(snapshot: CsvSnapshot | undefined, rounds: number): string {
  return libraries.flatMap((library) => {
    const values = snapshot?.[library].validation ?? [];
    if (values.length === 0) return [];
    const round = leastOf(values);
    const hasStopped = snapshot?.result && values.length < rounds;
    return [
      labels.best(libraryNames[library], round + 1, numberText(values[round]!, 3)),
      ...(hasStopped ? [labels.stopped(libraryNames[library], values.length)] : [])
    ];
  }).join(" ");
}
