/** Mean error against step, a curve for each loss; the published gradient's are dashed. */
import {scaleLinear, scaleLog} from "d3-scale";
import {select} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";
import {experimentSteps} from "../experiment.js";
import type {KindResult} from "../experiment.training.js";
import type {LaneId} from "./experiment-runs.js";
import {laneColor, laneName} from "./experiment-look.js";

const labels = {error: "mean error of a box", step: "step", chart: "Mean error of a box against the step, for each loss"};
const margin = {top: 28, right: 118, bottom: 44, left: 52};

export interface ExperimentChart {
  readonly element: SVGSVGElement;
  show(lanes: ReadonlyMap<LaneId, KindResult>, log: boolean, width: number, height: number): void;
}

export function experimentChart(): ExperimentChart {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("role", "img")
    .attr("aria-label", labels.chart);
  const xAxis = svg.append("g");
  const yAxis = svg.append("g");
  const curves = svg.append("g").attr("class", "curves");
  const names = svg.append("g");
  let drawn = "";
  return {
    element: svg.node()!,
    show(lanes, log, width, height) {
      const next = JSON.stringify([[...lanes].map(([id, result]) => [id, result.curve.length]), log, width, height]);
      if (next === drawn) return;
      drawn = next;
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const x = scaleLinear([0, experimentSteps], [margin.left, width - margin.right]);
      const range = [height - margin.bottom, margin.top] as const;
      const y = log ? scaleLog([1e-3, 10], range) : scaleLinear([0, 4.5], range);
      drawAxis(xAxis, {side: "bottom", scale: x, at: range[0], label: labels.step});
      const format = log ? "~g" : undefined;
      drawAxis(yAxis, {
        side: "left", scale: y, at: margin.left, label: labels.error, count: log ? 4 : 5, grid: x(experimentSteps) - x(0),
        ...(format && {format})
      });
      const curve = line<number>((_, step) => x(step), (error) => y(Math.max(log ? 1e-3 : 0, error)));
      const data = [...lanes];
      curves
        .selectAll<SVGPathElement, [LaneId, KindResult]>("path")
        .data(data, ([id]) => id)
        .join("path")
        .style("stroke", ([id]) => laneColor(id))
        .attr("stroke-dasharray", ([id]) => (id.endsWith("published") ? "5 4" : null))
        .attr("d", ([, result]) => curve(result.curve as number[]));
      const ends = data.map(([id, {curve: errors}]) => ({
        text: laneName(id),
        color: laneColor(id),
        y: y(Math.max(log ? 1e-3 : 0, errors[errors.length - 1]!))
      }));
      drawEndLabels(names, ends, x(experimentSteps) + 8, range[0]);
    }
  };
}
