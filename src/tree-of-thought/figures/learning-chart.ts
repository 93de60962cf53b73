/** Curves over training steps from 0 to 1, and flat lines to compare them with. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";

export interface LearningChartState {
  readonly width: number;
  readonly steps: number;
  readonly x: string;
  readonly y: string;
  readonly curves: readonly {readonly name: string; readonly color: string; readonly points: readonly (readonly [number, number])[]}[];
  readonly flat: readonly {readonly name: string; readonly color: string; readonly value: number}[];
}

const height = 250;
const margin = {top: 26, right: 130, bottom: 44, left: 48};

export function learningChart(label: string) {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img").attr("aria-label", label);
  const [xAxis, yAxis, flats, curves] = [svg.append("g"), svg.append("g"), svg.append("g"), svg.append("g")];
  const names = svg.append("g");
  return {
    element: svg.node()!,
    show({width, steps, x: xName, y: yName, curves: lines, flat}: LearningChartState) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const x = scaleLinear([0, steps], [margin.left, width - margin.right]);
      const y = scaleLinear([0, 1], [height - margin.bottom, margin.top]);
      drawAxis(xAxis, {side: "bottom", scale: x, at: y(0), label: xName, count: 4});
      drawAxis(yAxis, {side: "left", scale: y, at: margin.left, label: yName, grid: width - margin.left - margin.right});
      flats.selectAll("line").data(flat).join("line").attr("x1", x(0)).attr("x2", x(steps)).attr("y1", ({value}) => y(value))
        .attr("y2", ({value}) => y(value)).style("stroke", ({color}) => color).attr("stroke-dasharray", "5 4");
      const path = line<readonly [number, number]>(([step]) => x(step), ([, value]) => y(value));
      curves.selectAll("path").data(lines).join("path").attr("fill", "none").attr("stroke-width", 1.75).style("stroke", ({color}) => color)
        .attr("d", ({points}) => path(points) ?? "");
      const drawn = lines.filter(({points}) => points.length > 0);
      drawEndLabels(names, [
        ...drawn.map(({name, color, points}) => ({text: name, color, y: y(points.at(-1)![1])})),
        ...flat.map(({name, color, value}) => ({text: name, color, y: y(value)}))
      ], width - margin.right + 6, y(0), 13);
    }
  };
}
