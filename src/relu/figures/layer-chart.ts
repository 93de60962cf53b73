/** One number of each layer against the layer, a curve for each activation, read where the reader points. */
import {scaleLinear, scaleLog} from "d3-scale";
import {pointer, select} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";
import type {AxisScale} from "../../notebook/axis.js";
import {numberText} from "../../notebook/number-text.js";
import type {ActivationName} from "../activations.js";
import {activationColors, activationDash, activationLabels} from "./activation-look.js";

const margin = {top: 30, right: 132, bottom: 42, left: 52};

export interface LayerCurve {
  readonly name: ActivationName;
  /** By layer, 0 first. */
  readonly values: readonly number[];
}

export interface LayerChartState {
  readonly curves: readonly LayerCurve[];
  readonly layers: number;
  readonly at: number;
  readonly width: number;
  readonly height: number;
}

export interface LayerChart {
  readonly element: SVGSVGElement;
  show(state: LayerChartState): void;
}

export interface LayerChartOptions {
  readonly label: string;
  readonly axis: string;
  readonly layer: string;
  /** Ends of a linear axis, or "log": powers of ten as far as the curves go. */
  readonly scale: readonly [low: number, high: number] | "log";
  readonly onHover: (layer: number | null) => void;
  readonly onPick: (layer: number) => void;
}

/** Below single precision's smallest numbers a logarithmic axis ends: 0 is drawn there. */
const floor = 1e-40;

export function layerChart({label, axis, layer, scale, onHover, onPick}: LayerChartOptions): LayerChart {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "layer-chart")
    .attr("role", "img")
    .attr("aria-label", label);
  const xAxis = svg.append("g");
  const yAxis = svg.append("g");
  const curves = svg.append("g").attr("class", "curves");
  const cursor = svg.append("line").attr("class", "x-cursor");
  const dots = svg.append("g");
  const names = svg.append("g");
  const x = scaleLinear();
  const place = (event: PointerEvent) => {
    const [low = 0, high = 0] = x.domain();
    return Math.round(Math.max(low, Math.min(high, x.invert(pointer(event, svg.node())[0]))));
  };
  svg.on("pointerdown pointermove", (event: PointerEvent) => {
    if (event.buttons === 1) onPick(place(event));
    else onHover(place(event));
  });
  svg.on("pointerleave", () => onHover(null));

  return {
    element: svg.node()!,
    show({curves: all, layers, at, width, height}) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      x.domain([0, layers]).range([margin.left, width - margin.right]);
      const range = [height - margin.bottom, margin.top] as const;
      const y = scale === "log" ? scaleLog(powersAround(all), range).clamp(true) : scaleLinear(scale, range).clamp(true);
      drawAxis(xAxis, {side: "bottom", scale: x, at: range[0], label: layer, count: Math.min(layers, 6)});
      const scaleOfAxis = scale === "log" ? ofPowers(y, y.domain() as [number, number]) : y;
      drawAxis(yAxis, {side: "left", scale: scaleOfAxis, at: margin.left, label: axis, count: 4, grid: x(layers) - x(0)});
      const show = (value: number) => y(scale === "log" ? Math.max(floor, value) : value);
      const path = line<number>((_, i) => x(i), show);
      curves
        .selectAll<SVGPathElement, LayerCurve>("path")
        .data(all, ({name}) => name)
        .join("path")
        .style("stroke", ({name}) => activationColors[name])
        .attr("stroke-dasharray", ({name}) => activationDash(name))
        .attr("d", ({values}) => path(values as number[]));
      const read = Math.min(at, layers);
      cursor.attr("x1", x(read)).attr("x2", x(read)).attr("y1", range[0]).attr("y2", range[1]);
      dots
        .selectAll("circle")
        .data(all)
        .join("circle")
        .attr("r", 3)
        .style("fill", ({name}) => activationColors[name])
        .attr("cx", x(read))
        .attr("cy", ({values}) => show(values[read] ?? 0));
      const ends = all.map(({name, values}) => ({
        text: `${activationLabels[name]} ${numberText(values[read] ?? 0, 3)}`,
        color: activationColors[name],
        y: show(values[values.length - 1]!)
      }));
      drawEndLabels(names, ends, x(layers) + 8, range[0] + 14, 13);
      svg.attr("aria-label", `${label}; ${layer} ${read}: ${ends.map(({text}) => text).join(", ")}`);
    }
  };
}

/** The powers of ten around all values, at least from 0.1 to 10. */
function powersAround(curves: readonly LayerCurve[]): [number, number] {
  const values = curves.flatMap(({values: each}) => each).filter((value) => value > 0);
  const low = Math.floor(Math.log10(Math.max(floor, Math.min(0.1, ...values))));
  const high = Math.ceil(Math.log10(Math.max(10, ...values)));
  return [10 ** low, 10 ** high];
}

/** A logarithmic scale with some powers of ten as its ticks, evenly spaced, 1 among them. */
function ofPowers(y: AxisScale, [low, high]: readonly [number, number]): AxisScale {
  const [from, to] = [Math.round(Math.log10(low)), Math.round(Math.log10(high))];
  const gap = Math.max(1, Math.ceil((to - from) / 5));
  const exponents = Array.from({length: to - from + 1}, (_, i) => from + i).filter((exponent) => exponent % gap === 0);
  return Object.assign((value: number) => y(value), {
    ticks: () => exponents.map((exponent) => 10 ** exponent),
    tickFormat: () => (value: number) => {
      const exponent = Math.round(Math.log10(value));
      return exponent >= -2 && exponent <= 3 ? String(10 ** exponent) : `1e${exponent < 0 ? "−" : ""}${Math.abs(exponent)}`;
    },
    range: () => y.range()
  });
}
