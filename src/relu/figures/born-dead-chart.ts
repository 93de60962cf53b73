/** Probability of being born dead against depth, for some widths: measured, with its interval, and the bound. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {area, line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";

const labels = {
  chart: "Probability of being born dead against the number of layers, measured and by the bound",
  depth: "layers",
  probability: "born dead",
  width: (width: number) => `width ${width}`
};
const margin = {top: 26, right: 70, bottom: 44, left: 48};

export interface BornDeadCurve {
  readonly width: number;
  readonly color: string;
  /** By depth; empty while nothing is counted. */
  readonly measured: readonly {readonly share: number; readonly low: number; readonly high: number}[];
  readonly bound: readonly number[];
}

export interface BornDeadChartState {
  readonly curves: readonly BornDeadCurve[];
  readonly depths: readonly number[];
  readonly depth: number;
  readonly width: number;
  readonly height: number;
}

export interface BornDeadChart {
  readonly element: SVGSVGElement;
  show(state: BornDeadChartState): void;
}

export function bornDeadChart(): BornDeadChart {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("role", "img")
    .attr("aria-label", labels.chart);
  const xAxis = svg.append("g");
  const yAxis = svg.append("g");
  const bands = svg.append("g").attr("class", "dead-bands");
  const bounds = svg.append("g").attr("class", "curves dead-bounds");
  const lines = svg.append("g").attr("class", "curves");
  const cursor = svg.append("line").attr("class", "x-cursor");
  const names = svg.append("g");
  return {
    element: svg.node()!,
    show({curves, depths, depth, width, height}) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const x = scaleLinear([depths[0]!, depths[depths.length - 1]!], [margin.left, width - margin.right]);
      const y = scaleLinear([0, 1], [height - margin.bottom, margin.top]);
      drawAxis(xAxis, {side: "bottom", scale: x, at: y(0), label: labels.depth, count: 6});
      drawAxis(yAxis, {
        side: "left", scale: y, at: margin.left, label: labels.probability, format: ".0%",
        grid: width - margin.left - margin.right
      });
      const at = (_: unknown, i: number) => x(depths[i]!);
      const band = area<BornDeadCurve["measured"][number]>(at, ({low}) => y(low), ({high}) => y(high));
      const measured = line<BornDeadCurve["measured"][number]>(at, ({share}) => y(share));
      const bound = line<number>(at, (share) => y(share));
      const paths = (group: typeof bands, d: (curve: BornDeadCurve) => string | null, paint: "stroke" | "fill") =>
        group
          .selectAll<SVGPathElement, BornDeadCurve>("path")
          .data(curves, (curve) => curve.width)
          .join("path")
          .style(paint, ({color}) => color)
          .attr("d", d);
      paths(bands, (curve) => band([...curve.measured]), "fill");
      paths(bounds, (curve) => bound([...curve.bound]), "stroke");
      paths(lines, (curve) => measured([...curve.measured]), "stroke");
      cursor.attr("x1", x(depth)).attr("x2", x(depth)).attr("y1", y(0)).attr("y2", y(1));
      const ends = curves.map((curve) => ({
        text: labels.width(curve.width),
        color: curve.color,
        y: y(curve.measured[curve.measured.length - 1]?.share ?? curve.bound[curve.bound.length - 1]!)
      }));
      drawEndLabels(names, ends, width - margin.right + 8, y(0));
    }
  };
}
