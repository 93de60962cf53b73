/** Cumulative share of a class's loss against its examples, easiest first: a curve for each γ. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";
import type {LossShare} from "../loss-share.js";
import {gammaColor} from "./focal-look.js";

const labels = {
  across: "share of the examples, easiest first",
  up: "share of the loss",
  name: (gamma: number) => `γ = ${gamma}`
};
const edge = {top: 44, right: 58, bottom: 46, left: 48};

export interface ShareChart {
  readonly element: SVGSVGElement;
  /** @param hardest share of the examples that is marked at the right */
  show(title: string, shares: ReadonlyMap<number, LossShare>, hardest: number, width: number, height: number): void;
}

export function shareChart(): ShareChart {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img");
  const region = svg.append("g").attr("class", "easy-region").append("rect");
  const axes = [svg.append("g"), svg.append("g")] as const;
  const curves = svg.append("g").attr("class", "curves");
  const names = svg.append("g");
  const title = svg.append("text").attr("class", "strong").attr("y", 14);
  return {
    element: svg.node()!,
    show(text, shares, hardest, width, height) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`).attr("aria-label", `${text}: ${labels.up}`);
      const x = scaleLinear([0, 1], [edge.left, width - edge.right]);
      const y = scaleLinear([0, 1], [height - edge.bottom, edge.top]);
      title.text(text);
      region.attr("x", x(1 - hardest)).attr("width", x(1) - x(1 - hardest)).attr("y", y(1)).attr("height", y(0) - y(1));
      drawAxis(axes[0], {side: "bottom", scale: x, at: y(0), label: labels.across, count: 5, format: "%"});
      drawAxis(axes[1], {side: "left", scale: y, at: edge.left, label: labels.up, count: 5, format: "%", grid: x(1) - x(0)});
      const data = [...shares].map(([gamma, {cumulative}]) => ({gamma, cumulative}));
      curves.selectAll("path").data(data).join("path").style("stroke", ({gamma}) => gammaColor(gamma))
        .attr("d", ({cumulative}) => pathOf(cumulative, x, y));
      const ends = data.map(({gamma, cumulative}) => ({
        text: labels.name(gamma), color: gammaColor(gamma), y: y(cumulative[Math.floor(0.85 * (cumulative.length - 1))]!)
      }));
      drawEndLabels(names, ends, width - edge.right + 8, y(0));
    }
  };
}

/** At most some hundred points, the steep end of the curve in full. */
function pathOf(cumulative: Float64Array, x: (v: number) => number, y: (v: number) => number): string {
  const last = cumulative.length - 1;
  const places = Array.from({length: 301}, (_, i) => Math.round(last * (1 - (1 - i / 300) ** 3)));
  return line<number>((i) => x(i / Math.max(1, last)), (i) => y(cumulative[i]!))([...new Set(places)]) ?? "";
}
