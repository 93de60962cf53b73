/** Time against a size, both logarithmic: a line for each layer, and what growing in proportion would look like. */
import {scaleLog} from "d3-scale";
import {select} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";
import {decades, ticksAt} from "./log-axis.js";

export interface SizeLine {
  readonly name: string;
  readonly color: string;
  readonly points: readonly (readonly [size: number, time: number])[];
  readonly dash?: string;
}

export interface SizeChartView {
  readonly lines: readonly SizeLine[];
  readonly sizes: readonly number[];
  readonly range: readonly [low: number, high: number];
  readonly x: string;
  readonly y: string;
  readonly width: number;
  readonly label: string;
  /** What stands in the chart while it has no line. */
  readonly empty: string;
}

const margin = {top: 30, right: 84, bottom: 44, left: 52};
const height = 260;

export function sizeChart(): {readonly element: SVGSVGElement; show(view: SizeChartView): void} {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img");
  const [xAxis, yAxis] = [svg.append("g"), svg.append("g")];
  const paths = svg.append("g").attr("class", "curves");
  const dots = svg.append("g");
  const names = svg.append("g");
  const note = svg.append("text").attr("text-anchor", "middle");
  return {
    element: svg.node()!,
    show({lines, sizes, range, x: xLabel, y: yLabel, width, label, empty}) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`).attr("aria-label", label);
      const x = scaleLog([sizes[0]!, sizes.at(-1)!], [margin.left + 8, width - margin.right - 8]);
      const y = scaleLog(range, [height - margin.bottom, margin.top]);
      drawAxis(xAxis, {side: "bottom", scale: ticksAt(x, sizes), at: height - margin.bottom, label: xLabel});
      drawAxis(yAxis, {side: "left", scale: decades(y, ...range), at: margin.left, label: yLabel, grid: width - margin.left - margin.right});
      const held = (time: number) => y(Math.min(range[1], Math.max(range[0], time)));
      const path = line<readonly [number, number]>(([size]) => x(size), ([, time]) => held(time));
      const drawn = lines.filter(({points}) => points.length > 0);
      paths.selectAll("path").data(drawn).join("path").style("stroke", ({color}) => color)
        .attr("stroke-dasharray", ({dash}) => dash ?? null).attr("d", ({points}) => path(points));
      note.attr("x", (margin.left + width - margin.right) / 2).attr("y", height / 2).text(drawn.length > 0 ? "" : empty);
      const marks = drawn.flatMap(({points, color, dash}) => (dash ? [] : points.map((point) => ({point, color}))));
      dots.selectAll("circle").data(marks).join("circle").attr("r", 3.5).style("fill", ({color}) => color)
        .attr("cx", ({point: [size]}) => x(size)).attr("cy", ({point: [, time]}) => held(time));
      const ends = drawn.map(({name, color, points}) => ({text: name, color, y: held(points.at(-1)![1])}));
      drawEndLabels(names, ends, width - margin.right + 2, height - margin.bottom);
    }
  };
}
