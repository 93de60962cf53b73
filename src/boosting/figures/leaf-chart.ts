/** One leaf's loss against its value: the true curve, XGBoost's parabola, and the three values that methods choose. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";
import {numberText} from "../../notebook/number-text.js";
import type {LeafView} from "../one-split.js";

const labels = {
  chart: "The leaf's loss against its value",
  x: "leaf value w",
  y: "change of the loss",
  loss: "log loss",
  parabola: "parabola"
};
export const methodNames = {firstOrder: "−G/n", newton: "−G/H", regularised: "XGBoost"} as const;
export const methodColors = {firstOrder: "var(--c3)", newton: "var(--c4)", regularised: "var(--c8)"} as const;
const methods = ["firstOrder", "newton", "regularised"] as const;
const margin = {top: 34, right: 70, bottom: 44, left: 56};

export function leafChart() {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "leaf-chart").attr("role", "img").attr("aria-label", labels.chart);
  const xAxis = svg.append("g");
  const yAxis = svg.append("g");
  const curves = svg.append("g").attr("class", "leaf-curves");
  const steps = svg.append("g").attr("class", "leaf-steps");
  const ends = svg.append("g");
  return {
    element: svg.node()!,
    show(leaf: LeafView, width: number, height: number) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const values = methods.map((method) => leaf[method]);
      const reach = Math.min(6, Math.max(0.6, ...values.map(Math.abs)) * 1.35);
      const sign = leaf.newton < 0 ? -1 : 1;
      const domain = sign < 0 ? [-reach, reach * 0.35] : [-reach * 0.35, reach];
      const grid = Array.from({length: 121}, (_, i) => domain[0]! + ((domain[1]! - domain[0]!) * i) / 120);
      const drawn = grid.flatMap((w) => [leaf.loss(w)]);
      const low = Math.min(...drawn, ...grid.map(leaf.parabola));
      const high = Math.max(-low * 0.5, 0.3);
      const x = scaleLinear().domain(domain).range([margin.left, width - margin.right]);
      const y = scaleLinear().domain([low * 1.12 - 0.02, high]).range([height - margin.bottom, margin.top]);
      drawAxis(xAxis, {side: "bottom", scale: x, at: height - margin.bottom, label: labels.x, count: 5});
      drawAxis(yAxis, {side: "left", scale: y, at: margin.left, label: labels.y, count: 4, grid: x(domain[1]!) - x(domain[0]!)});
      const top = y.domain()[1]!;
      const pathOf = (f: (w: number) => number) =>
        line<number>(x, (w) => y(f(w))).defined((w) => f(w) <= top)(grid);
      const both = [
        {name: labels.loss, f: leaf.loss, color: "var(--ink)"},
        {name: labels.parabola, f: leaf.parabola, color: "var(--c8)"}
      ];
      curves.selectAll("path").data(both).join("path").attr("d", ({f}) => pathOf(f)).style("stroke", ({color}) => color)
        .style("stroke-dasharray", ({name}) => (name === labels.parabola ? "6 4" : null));
      const last = (f: (w: number) => number) => [...grid].reverse().find((w) => f(w) <= top) ?? domain[1]!;
      drawEndLabels(ends, both.map(({name, f, color}) => ({text: name, color, y: y(f(last(f)))})), x(domain[1]!) + 6, height - margin.bottom);
      const chosen = methods.map((method) => ({method, w: Math.max(domain[0]!, Math.min(domain[1]!, leaf[method]))}));
      steps.selectAll("line").data(chosen).join("line").style("stroke", ({method}) => methodColors[method])
        .attr("x1", ({w}) => x(w)).attr("x2", ({w}) => x(w)).attr("y1", y(0)).attr("y2", ({w}) => y(leaf.loss(w)));
      steps.selectAll("circle").data(chosen).join("circle").style("fill", ({method}) => methodColors[method])
        .attr("r", 4.5).attr("cx", ({w}) => x(w)).attr("cy", ({w}) => y(leaf.loss(w)));
      svg.attr("aria-label", `${labels.chart}: ${methods.map((m) => `${methodNames[m]} ${numberText(leaf[m], 3)}`).join(", ")}`);
    }
  };
}
export {methods};
