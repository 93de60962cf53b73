/** Numbers against the step on a logarithmic scale: a curve for each lane, the mean of its seeds, and their spread. */
import {scaleLinear, scaleLog} from "d3-scale";
import type {ScaleLogarithmic} from "d3-scale";
import {select} from "d3-selection";
import {area, line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";
import type {AxisScale} from "../../notebook/axis.js";

export interface StepLane {
  readonly name: string;
  readonly color: string;
  readonly dashed: boolean;
  readonly points: readonly {readonly step: number; readonly mean: number; readonly low: number; readonly high: number}[];
}

export interface StepChart {
  readonly element: SVGSVGElement;
  show(lanes: readonly StepLane[], steps: number, width: number, height: number): void;
}

const edge = {top: 30, bottom: 46, left: 54};
const stepLabel = "step";

export function stepChart(label: string, nameWidth: number): StepChart {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img").attr("aria-label", label);
  const axes = [svg.append("g"), svg.append("g")] as const;
  const bands = svg.append("g");
  const curves = svg.append("g").attr("class", "curves");
  const names = svg.append("g");
  return {
    element: svg.node()!,
    show(lanes, steps, width, height) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const right = nameWidth > 0 ? nameWidth : 16;
      const all = lanes.flatMap(({points}) => points.map(({mean}) => mean)).filter((value) => value > 0 && Number.isFinite(value));
      const [low, high] = all.length > 0 ? [Math.min(...all), Math.max(...all)] : [0.1, 10];
      const x = scaleLinear([0, steps], [edge.left, width - right]);
      const y = scaleLog([low / 1.3, high * 1.3], [height - edge.bottom, edge.top]).clamp(true);
      drawAxis(axes[0], {side: "bottom", scale: x, at: height - edge.bottom, label: stepLabel, count: 5});
      drawAxis(axes[1], {side: "left", scale: fewTicks(y), at: edge.left, label, format: "~g", grid: width - edge.left - right});
      const safe = (value: number) => y(Number.isFinite(value) ? Math.max(low / 1.3, value) : high * 1.3);
      type Point = StepLane["points"][number];
      const shown = lanes.filter(({points}) => points.length > 0);
      bands.selectAll("path").data(shown).join("path").style("fill", ({color}) => color).attr("fill-opacity", 0.12)
        .attr("d", ({points}) => area<Point>((p) => x(p.step), (p) => safe(p.low), (p) => safe(p.high))(points as Point[]));
      curves.selectAll("path").data(shown).join("path").style("stroke", ({color}) => color)
        .attr("stroke-dasharray", ({dashed}) => (dashed ? "5 4" : null))
        .attr("d", ({points}) => line<Point>((p) => x(p.step), (p) => safe(p.mean))(points as Point[]));
      const ends = nameWidth > 0 ? shown.map(({name, color, points}) => ({text: name, color, y: safe(points[points.length - 1]!.mean)})) : [];
      drawEndLabels(names, ends, width - right + 8, height - edge.bottom);
    }
  };
}

/** Ticks at powers of ten, or at 1, 2 and 5 of each where there are few. */
function fewTicks(scale: ScaleLogarithmic<number, number>): AxisScale {
  const [low = 1, high = 10] = scale.domain();
  const mantissas = Math.log10(high / low) < 2.2 ? [1, 2, 5] : [1];
  const ticks = Array.from({length: 24}, (_, i) => i - 12)
    .flatMap((exponent) => mantissas.map((mantissa) => Number(`${mantissa}e${exponent}`)))
    .filter((tick) => tick >= low && tick <= high);
  return Object.assign((value: number) => scale(value), {ticks: () => ticks, tickFormat: () => String, range: () => scale.range()});
}
