/** Measures over a control's range: a line each, the seeds' spread, and where the control stands. */
import {scaleLinear, scaleLog} from "d3-scale";
import {pointer, select} from "d3-selection";
import {area, line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";
import type {AxisScale} from "../../notebook/axis.js";
import type {Measure} from "./misleads-look.js";

export interface Spot {
  readonly at: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface SweepLine {
  readonly measure: Measure;
  readonly spots: readonly Spot[];
}

export interface SweepView {
  readonly lines: readonly SweepLine[];
  readonly places: readonly number[];
  readonly at: number;
  readonly x: string;
  readonly y: string;
  readonly format: string;
  /** Both axes logarithmic: seconds over images. */
  readonly log: boolean;
}

export interface MisleadsChart {
  readonly element: SVGSVGElement;
  show(view: SweepView, width: number, height: number): void;
}

const labels = {chart: "Measures over the control’s range; click to set the control"};
const edge = {top: 32, right: 142, bottom: 46, left: 48};

/** @param onPlace the reader pointed at this place of the range */
export function misleadsChart(onPlace: (place: number) => void): MisleadsChart {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "sweep-chart").attr("role", "img").attr("aria-label", labels.chart);
  const axes = [svg.append("g"), svg.append("g")] as const;
  const cursor = svg.append("line").attr("class", "sweep-cursor");
  const bands = svg.append("g");
  const curves = svg.append("g").attr("class", "sweep-lines");
  const dots = svg.append("g");
  const names = svg.append("g");
  let nearest: (x: number) => number = () => 0;
  svg.on("pointerdown pointermove", (event: PointerEvent) => {
    if (event.buttons === 1 || event.type === "pointerdown") onPlace(nearest(pointer(event)[0]));
  });
  return {
    element: svg.node()!,
    show({lines, places, at, x: xName, y: yName, format, log}, width, height) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const domain = [places[0]!, places.at(-1)!];
      const span = [edge.left, width - edge.right];
      const x = log ? scaleLog(domain, span) : scaleLinear(domain, span);
      const all = lines.flatMap(({spots}) => spots.flatMap(({low, high}) => [low, high])).filter((value) => value > 0);
      const bounds = log ? [Math.min(0.001, ...all), Math.max(1, ...all)] : [0, 1];
      const y = (log ? scaleLog(bounds, [height - edge.bottom, edge.top]) : scaleLinear(bounds, [height - edge.bottom, edge.top])).clamp(true);
      const xAxis: AxisScale = log ? Object.assign((v: number) => x(v), {ticks: () => [...places], tickFormat: () => String, range: () => x.range()}) : x;
      const yAxis: AxisScale = log ? Object.assign((v: number) => y(v), {ticks: () => powers(bounds), tickFormat: () => String, range: () => y.range()}) : y;
      drawAxis(axes[0], {side: "bottom", scale: xAxis, at: height - edge.bottom, label: xName, count: 5, format});
      drawAxis(axes[1], {side: "left", scale: yAxis, at: edge.left, label: yName, count: 5, grid: width - edge.left - edge.right});
      cursor.attr("x1", x(at)).attr("x2", x(at)).attr("y1", edge.top - 6).attr("y2", height - edge.bottom);
      const shown = lines.filter(({spots}) => spots.length > 0);
      bands.selectAll("path").data(shown).join("path").style("fill", ({measure}) => measure.color).attr("fill-opacity", 0.14)
        .attr("d", ({spots}) => area<Spot>((s) => x(s.at), (s) => y(s.low), (s) => y(s.high))(spots as Spot[]));
      curves.selectAll("path").data(shown).join("path").style("stroke", ({measure}) => measure.color)
        .attr("class", ({measure}) => (measure.flat ? "flat" : measure.misleads ? "misleads" : null))
        .attr("d", ({spots}) => line<Spot>((s) => x(s.at), (s) => y(s.mean))(spots as Spot[]));
      const here = shown.flatMap(({measure, spots}) => spots.filter((spot) => spot.at === at).map((spot) => ({measure, spot})));
      dots.selectAll("circle").data(here).join("circle").attr("r", 4).style("fill", ({measure}) => measure.color)
        .attr("cx", ({spot}) => x(spot.at)).attr("cy", ({spot}) => y(spot.mean));
      const ends = shown.map(({measure: {name, color}, spots}) => ({text: name, color, y: y(spots.at(-1)!.mean)}));
      drawEndLabels(names, ends, width - edge.right + 8, height - edge.bottom);
      nearest = (px) => places.reduce((best, place) => (Math.abs(x(place) - px) < Math.abs(x(best) - px) ? place : best));
    }
  };
}

/** 0.001, 0.01, … within the bounds. */
const powers = ([low = 0.001, high = 1]: readonly number[]): number[] =>
  [-4, -3, -2, -1, 0, 1, 2].map((e) => Number(`1e${e}`)).filter((tick) => tick >= low * 0.999 && tick <= high);
