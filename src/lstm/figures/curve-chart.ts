/** Curves over steps or distances, on a linear or logarithmic axis, each named at its end. */
import {scaleLinear, scaleLog} from "d3-scale";
import {select} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";
import {decades} from "./log-axis.js";

export interface Curve {
  readonly name: string;
  readonly color: string;
  readonly values: readonly number[];
  readonly dash?: string;
  /** False where another curve of the same name has the label. */
  readonly labelled?: boolean;
}

export interface CurveChartView {
  readonly curves: readonly Curve[];
  /** The first value stands at `first`, by default 0. */
  readonly x: {readonly label: string; readonly end: number; readonly first?: number};
  readonly y: {readonly label: string; readonly low: number; readonly high: number; readonly log: boolean};
  readonly width: number;
  readonly height: number;
  readonly label: string;
}

const margin = {top: 30, right: 96, bottom: 44, left: 52};

export function curveChart(): {readonly element: SVGSVGElement; show(view: CurveChartView): void} {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img");
  const xAxis = svg.append("g");
  const yAxis = svg.append("g");
  const paths = svg.append("g").attr("class", "curves");
  const names = svg.append("g");
  return {
    element: svg.node()!,
    show({curves, x: {label: xLabel, end, first = 0}, y: {label: yLabel, low, high, log}, width, height, label}) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`).attr("aria-label", label);
      const range = [height - margin.bottom, margin.top] as const;
      const x = scaleLinear([first, end], [margin.left, width - margin.right]);
      const y = log ? scaleLog([low, high], range) : scaleLinear([low, high], range);
      drawAxis(xAxis, {side: "bottom", scale: x, at: range[0], label: xLabel});
      const grid = width - margin.left - margin.right;
      drawAxis(yAxis, {side: "left", scale: log ? decades(y, low, high) : y, at: margin.left, label: yLabel, count: 5, grid});
      const held = (value: number) => y(Math.min(high, Math.max(low, Number.isFinite(value) ? value : high)));
      const path = line<number>((_, i) => x(first + i), held);
      paths.selectAll<SVGPathElement, Curve>("path").data(curves).join("path").style("stroke", ({color}) => color)
        .attr("stroke-dasharray", ({dash}) => dash ?? null).attr("d", ({values}) => path(values as number[]));
      const ends = curves.filter(({labelled = true, values}) => labelled && values.length > 0)
        .map(({name, color, values}) => ({text: name, color, y: held(values.at(-1)!)}));
      drawEndLabels(names, ends, width - margin.right + 6, range[0]);
    }
  };
}

