/** Each remedy's numbers, a dot a seed and a bar for the mean: differences are seen beside their spread. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {numberText} from "../../notebook/number-text.js";
import type {Scores} from "../remedy-scores.js";
import type {RemedyId} from "../remedies.js";
import type {ScoresByRemedy} from "./remedy-curves.js";
import {remedyColors, remedyNames} from "./remedy-look.js";

const labels = {
  none: "none",
  chart: "Numbers of each remedy's networks",
  columns: {
    averagePrecision: "Average precision",
    recall: "Rare found at ½ (recall)",
    precision: "Alarms right at ½",
    accuracy: "Accuracy",
    calibrationError: "Calibration error"
  } as const
};
export type StripMeasure = keyof typeof labels.columns;
export const stripMeasures = Object.keys(labels.columns) as readonly StripMeasure[];

const edge = {left: 112, top: 24, gap: 22};
const lineHeight = 19;
/** Room at the end of a strip for the mean. */
const numberWidth = 38;

export interface RemedyStrips {
  readonly element: SVGSVGElement;
  show(remedies: readonly RemedyId[], scores: ScoresByRemedy, width: number): void;
}

/** Of the seeds that have the number (precision needs an alarm); NaN if none has. */
export function meanOf(scores: readonly Scores[], measure: StripMeasure): number {
  const values = scores.map((score) => score[measure]).filter(Number.isFinite);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function remedyStrips(): RemedyStrips {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img").attr("class", "strips");
  const names = svg.append("g");
  const columns = svg.append("g");
  return {
    element: svg.node()!,
    show(remedies, scores, width) {
      // Two rows of columns on a narrow screen.
      const across = width > 760 ? stripMeasures.length : width > 480 ? 2 : 1;
      const block = edge.top + remedies.length * lineHeight + 14;
      const height = Math.ceil(stripMeasures.length / across) * block;
      const strip = (width - edge.left - (across - 1) * edge.gap) / across - numberWidth;
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      svg.attr("aria-label", `${labels.chart}: ${remedies.map((id) => sentence(id, scores.get(id) ?? [])).join("; ")}`);
      const rows = Array.from({length: Math.ceil(stripMeasures.length / across)}, (_, row) => remedies.map((id, i) => ({id, row, i}))).flat();
      names.selectAll("text").data(rows).join("text").attr("class", "name").attr("text-anchor", "end").attr("x", edge.left - 10)
        .attr("y", ({row, i}) => row * block + edge.top + i * lineHeight + 13)
        .style("fill", ({id}) => remedyColors[id]).text(({id}) => remedyNames[id]);
      columns
        .selectAll<SVGGElement, StripMeasure>("g.strip")
        .data(stripMeasures)
        .join((enter) => enter.append("g").attr("class", "strip"))
        .attr("transform", (_, c) => `translate(${edge.left + (c % across) * (strip + numberWidth + edge.gap)},${Math.floor(c / across) * block})`)
        .each(function (measure) {
          drawStrip(select(this), measure, remedies, scores, strip);
        });
    }
  };
}

const sentence = (id: RemedyId, scores: readonly Scores[]) =>
  scores.length === 0
    ? `${remedyNames[id]}, not yet`
    : `${remedyNames[id]}, ${stripMeasures.map((m) => `${labels.columns[m]} ${numberText(meanOf(scores, m), 2)}`).join(", ")}`;

type Group = ReturnType<typeof select<SVGGElement, StripMeasure>>;

function drawStrip(group: Group, measure: StripMeasure, remedies: readonly RemedyId[], scores: ScoresByRemedy, width: number): void {
  const x = scaleLinear([0, 1], [0, width]);
  const middle = (i: number) => edge.top + i * lineHeight + 9;
  group.selectAll("text.title").data([measure]).join("text").attr("class", "title strong").attr("y", 14).text(labels.columns[measure]);
  group.selectAll("line.rail").data(remedies).join("line").attr("class", "rail").attr("x2", width)
    .attr("y1", (_, i) => middle(i)).attr("y2", (_, i) => middle(i));
  const dots = remedies.flatMap((id, i) => (scores.get(id) ?? []).map((score) => ({id, i, value: score[measure]}))).filter(({value}) => Number.isFinite(value));
  group.selectAll("circle").data(dots).join("circle").attr("r", 3).attr("fill-opacity", 0.45)
    .style("fill", ({id}) => remedyColors[id]).attr("cx", ({value}) => x(value)).attr("cy", ({i}) => middle(i));
  const means = remedies.map((id, i) => ({id, i, all: scores.get(id) ?? []})).filter(({all}) => all.length > 0)
    .map(({id, i, all}) => ({id, i, mean: meanOf(all, measure)}));
  const known = means.filter(({mean}) => Number.isFinite(mean));
  group.selectAll("line.mean").data(known).join("line").attr("class", "mean").style("stroke", ({id}) => remedyColors[id])
    .attr("x1", ({mean}) => x(mean)).attr("x2", ({mean}) => x(mean)).attr("y1", ({i}) => middle(i) - 7).attr("y2", ({i}) => middle(i) + 7);
  group.selectAll("text.value").data(means).join("text").attr("class", "value").attr("x", width + 8)
    .attr("y", ({i}) => middle(i) + 4).text(({mean}) => (Number.isFinite(mean) ? mean.toFixed(2) : labels.none));
}
