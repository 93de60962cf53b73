/** The rows along the feature, and below them what each threshold gains. */
import {scaleLinear} from "d3-scale";
import {pointer, select} from "d3-selection";
import {area, curveStepAfter, line} from "d3-shape";
import {drawAxis} from "../../notebook/axis.js";
import {numberText} from "../../notebook/number-text.js";
import type {Candidate} from "../gain.js";
import type {SplitView} from "../one-split.js";
import type {Table} from "../table.js";

const labels = {
  chart: "Rows along the feature, their gradients, and the gain of every threshold",
  x: "feature x",
  gain: "gain",
  one: "y = 1",
  zero: "y = 0",
  gamma: "γ",
  best: (gain: string) => `best ${gain}`,
  here: "this threshold",
  forbidden: "min_child_weight forbids"
};
const margin = {top: 18, right: 20, bottom: 44, left: 52};
const rowsHeight = 96;

export interface SplitChartState {
  readonly view: SplitView;
  readonly data: Table;
  readonly index: number;
  readonly width: number;
  readonly height: number;
}

/** @param go the reader points at a candidate */
export function splitChart(go: (index: number) => void) {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "split-chart").attr("role", "img").attr("aria-label", labels.chart);
  const shade = svg.append("rect").attr("class", "split-left");
  const classes = svg.append("g");
  const sticks = svg.append("g");
  const points = svg.append("g");
  const xAxis = svg.append("g");
  const yAxis = svg.append("g");
  const fill = svg.append("path").attr("class", "gain-area");
  const curve = svg.append("path").attr("class", "gain-curve");
  const marks = svg.append("g");
  const gamma = svg.append("g").attr("class", "gamma");
  const cursor = svg.append("g").attr("class", "split-cursor");
  cursor.append("line");
  cursor.append("text").attr("class", "strong on-paper").attr("text-anchor", "middle").attr("y", 11);
  const x = scaleLinear().domain([0, 10]);
  let thresholds: readonly number[] = [];

  svg.on("pointerdown pointermove", (event: PointerEvent) => {
    if (event.type === "pointermove" && event.buttons !== 1) return;
    if (event.type === "pointerdown" && event.pointerType === "mouse") svg.node()!.setPointerCapture(event.pointerId);
    const at = x.invert(pointer(event, svg.node())[0]);
    let nearest = 0;
    thresholds.forEach((threshold, i) => {
      if (Math.abs(threshold - at) < Math.abs(thresholds[nearest]! - at)) nearest = i;
    });
    go(nearest);
  });

  return {
    element: svg.node()!,
    show({view, data, index, width, height}: SplitChartState) {
      thresholds = view.candidates.map(({threshold}) => threshold);
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      x.range([margin.left, width - margin.right]);
      const shown = view.candidates.filter(({gain}) => gain > -Infinity);
      const top = Math.max(0.5, view.params.gamma * 1.1, ...shown.map(({gain}) => gain)) * 1.08;
      const low = Math.min(0, ...shown.map(({gain}) => gain));
      const y = scaleLinear().domain([low, top]).range([height - margin.bottom, margin.top + rowsHeight + 34]);
      drawAxis(xAxis, {side: "bottom", scale: x, at: height - margin.bottom, label: labels.x});
      drawAxis(yAxis, {side: "left", scale: y, at: margin.left, label: labels.gain, count: 4, grid: x(10) - x(0)});
      const here = view.candidates[index];
      drawRows(view, data, here);
      const gainAt = ({gain}: Candidate) => y(gain === -Infinity ? low : gain);
      curve.attr("d", line<Candidate>(({threshold}) => x(threshold), gainAt).curve(curveStepAfter).defined(({gain}) => gain > -Infinity)(view.candidates));
      fill.attr("d", area<Candidate>().x(({threshold}) => x(threshold)).y0(y(low)).y1(gainAt).curve(curveStepAfter)
        .defined(({gain}) => gain > -Infinity)(view.candidates));
      drawMarks(view, here, gainAt);
      gamma.attr("transform", `translate(0,${y(view.params.gamma)})`).attr("display", view.params.gamma > 0 ? null : "none");
      gamma.selectAll("line").data([0]).join("line").attr("x1", x(0)).attr("x2", x(10));
      gamma.selectAll("text").data([0]).join("text").attr("class", "strong on-paper").attr("x", x(10) - 4).attr("y", -5)
        .attr("text-anchor", "end").text(`${labels.gamma} = ${numberText(view.params.gamma, 3)}`);
      const at = x(here?.threshold ?? 0);
      cursor.attr("display", here ? null : "none").attr("transform", `translate(${at},0)`);
      cursor.select("line").attr("y1", 16).attr("y2", height - margin.bottom);
      cursor.select("text").text(`x < ${numberText(here?.threshold ?? 0, 4)}`)
        .attr("text-anchor", at < 110 ? "start" : at > width - 90 ? "end" : "middle");
    }
  };

  /** Rows as dots in two lanes by class; sticks are gradients: what pulls the score up or down. */
  function drawRows(view: SplitView, data: Table, here: Candidate | undefined): void {
    const lane = (row: number) => margin.top + (data.labels[row] === 1 ? 26 : 76);
    const rows = Array.from(data.labels, (_, row) => row);
    shade.attr("x", x(0)).attr("y", 16).attr("height", rowsHeight).attr("width", Math.max(0, x(here?.threshold ?? 0) - x(0)));
    classes.selectAll("text").data([labels.one, labels.zero]).join("text").attr("x", margin.left - 8).attr("text-anchor", "end")
      .attr("y", (_, i) => margin.top + (i === 0 ? 30 : 80)).text((name) => name);
    sticks.attr("class", "gradients").selectAll("line").data(rows).join("line")
      .attr("x1", (row) => x(data.features[row]!)).attr("x2", (row) => x(data.features[row]!))
      .attr("y1", lane).attr("y2", (row) => lane(row) + 24 * view.gradients[row]!)
      .style("stroke", (row) => (view.gradients[row]! < 0 ? "var(--c1)" : "var(--c2)"));
    points.selectAll("circle").data(rows).join("circle").attr("cx", (row) => x(data.features[row]!)).attr("cy", lane)
      .attr("r", (row) => 2 + 6 * Math.sqrt(view.hessians[row]!) * 0.9)
      .style("fill", (row) => (data.labels[row] === 1 ? "var(--c1)" : "var(--c2)"));
  }

  function drawMarks(view: SplitView, here: Candidate | undefined, gainAt: (candidate: Candidate) => number): void {
    marks.selectAll("circle").data(view.candidates).join("circle").attr("cx", ({threshold}) => x(threshold)).attr("cy", gainAt)
      .attr("class", (candidate) =>
        ["candidate", candidate.gain === -Infinity && "forbidden", candidate === here && "here",
          candidate.threshold === view.best?.threshold && "best"].filter(Boolean).join(" "))
      .attr("r", (candidate) => (candidate === here ? 5.5 : candidate.threshold === view.best?.threshold ? 5 : 2.5));
    const best = view.candidates.find(({threshold}) => threshold === view.best?.threshold);
    marks.selectAll("text").data(best ? [best] : []).join("text").attr("class", "strong on-paper")
      .attr("x", ({threshold}) => x(threshold)).attr("y", (candidate) => gainAt(candidate) - 11)
      .attr("text-anchor", ({threshold}) => (threshold > 8.6 ? "end" : threshold < 1.4 ? "start" : "middle"))
      .text(({gain}) => labels.best(numberText(gain, 3)));
  }
}
