/** TIDE's kinds of error: how many, and what AP would gain without them. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {drawAxis} from "../../notebook/axis.js";
import type {Analysis} from "../analysis.js";
import {errorKinds} from "../tide.js";
import {kindColors, kindNames} from "./coco-look.js";

const labels = {
  chart: "What AP would gain if one kind of error were fixed",
  across: "gain in AP",
  count: (count: number) => `${count} ×`,
  falsePositives: "all false positives",
  falseNegatives: "all false negatives"
};
const edge = {top: 26, right: 64, bottom: 46, left: 186};
const row = 30;

export interface ErrorBars {
  readonly element: SVGSVGElement;
  show(tide: Analysis["tide"] | undefined, width: number): void;
}

export function errorBars(): ErrorBars {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img").attr("aria-label", labels.chart);
  const axis = svg.append("g");
  const bars = svg.append("g");
  const [names, counts, gains] = [svg.append("g"), svg.append("g"), svg.append("g")];
  svg.append("text").attr("class", "strong").attr("y", 14).text(labels.chart);
  return {
    element: svg.node()!,
    show(tide, width) {
      const rows = tide ? rowsOf(tide) : [];
      const height = edge.top + row * 8 + edge.bottom;
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const x = scaleLinear([0, Math.max(0.01, ...rows.map(({gain}) => gain))], [edge.left, width - edge.right]).nice(4);
      const middle = (i: number) => edge.top + row * (i + 0.5) + 4;
      drawAxis(axis, {side: "bottom", scale: x, at: height - edge.bottom, label: labels.across, count: width > 500 ? 5 : 3, grid: row * 8});
      bars.selectAll("rect").data(rows).join("rect").attr("x", x(0)).attr("y", (_, i) => edge.top + row * i + 5).attr("height", row - 10)
        .attr("width", ({gain}) => Math.max(0, x(gain) - x(0))).style("fill", ({color}) => color);
      names.selectAll("text").data(rows).join("text").attr("x", 0).attr("y", (_, i) => middle(i)).style("fill", ({color}) => color).text(({name}) => name);
      counts.selectAll("text").data(rows).join("text").attr("x", edge.left - 10).attr("text-anchor", "end").attr("y", (_, i) => middle(i))
        .text(({count}) => (count === null ? "" : labels.count(count)));
      gains.selectAll("text").data(rows).join("text").attr("class", "strong").attr("x", ({gain}) => x(Math.max(0, gain)) + 6).attr("y", (_, i) => middle(i))
        .text(({gain}) => `+${gain.toFixed(3)}`);
    }
  };
}

function rowsOf({gains, counts, falsePositives, falseNegatives}: Analysis["tide"]) {
  return [
    ...errorKinds.map((kind) => ({name: kindNames[kind], color: kindColors[kind], gain: gains[kind], count: counts[kind] as number | null})),
    {name: labels.falsePositives, color: "var(--ink-2)", gain: falsePositives, count: null},
    {name: labels.falseNegatives, color: "var(--ink-2)", gain: falseNegatives, count: null}
  ];
}
