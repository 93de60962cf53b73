/** How many easy examples cost as much as one hard one: a bar for each γ, on one logarithmic scale. */
import {scaleLog} from "d3-scale";
import {select} from "d3-selection";
import {drawAxis} from "../../notebook/axis.js";
import {easyPerHard} from "../focal.js";
import {gammaColor} from "./focal-look.js";

const count = new Intl.NumberFormat("en", {maximumSignificantDigits: 3});
const labels = {
  axis: "easy examples that cost as much as one hard one",
  chart: "Easy examples that cost as much as one hard one, for each γ",
  name: (gamma: number) => `γ = ${gamma}`
};
const edge = {top: 6, right: 64, bottom: 44, left: 56};
const lineHeight = 20;

export interface EasyHard {
  readonly element: SVGSVGElement;
  show(gammas: readonly number[], own: number, easy: number, hard: number, width: number): void;
}

export function easyHard(): EasyHard {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img");
  const axis = svg.append("g");
  const rows = svg.append("g");
  return {
    element: svg.node()!,
    show(gammas, own, easy, hard, width) {
      const all = [...new Set([...gammas, own])].sort((a, b) => a - b);
      const values = all.map((gamma) => ({gamma, value: easyPerHard(easy, hard, gamma)}));
      const height = edge.top + all.length * lineHeight + edge.bottom;
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      svg.attr("aria-label", `${labels.chart}: ${values.map((v) => `${labels.name(v.gamma)}, ${count.format(v.value)}`).join("; ")}`);
      const most = Math.max(100, ...values.map(({value}) => value));
      const x = scaleLog([1, most], [edge.left, width - edge.right]);
      drawAxis(axis, {side: "bottom", scale: x, at: height - edge.bottom, label: labels.axis, count: 4, format: "~s"});
      const row = rows
        .selectAll<SVGGElement, (typeof values)[number]>("g")
        .data(values)
        .join((enter) => {
          const group = enter.append("g");
          group.append("rect").attr("height", 12).attr("y", 3).attr("x", edge.left);
          group.append("text").attr("class", "name").attr("y", 13).attr("x", edge.left - 8).attr("text-anchor", "end");
          group.append("text").attr("class", "value").attr("y", 13);
          return group;
        })
        .attr("transform", (_, i) => `translate(0,${edge.top + i * lineHeight})`);
      const colorOf = (gamma: number) => (gamma === own ? "var(--ink)" : gammaColor(gamma));
      row.select("rect").style("fill", ({gamma}) => colorOf(gamma)).attr("width", ({value}) => Math.max(1, x(Math.max(1, value)) - edge.left));
      row.select(".name").style("fill", ({gamma}) => colorOf(gamma)).text(({gamma}) => labels.name(gamma));
      row.select(".value").attr("x", ({value}) => x(Math.max(1, value)) + 6).text(({value}) => count.format(value));
    }
  };
}
