/** Curves of some functions over x, named at their ends with their values where the reader points. */
import {scaleLinear} from "d3-scale";
import {pointer, select} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";
import {numberText} from "../../notebook/number-text.js";

const margin = {top: 30, right: 142, bottom: 44, left: 44};
const samples = 481;

export interface PlottedFunction {
  readonly name: string;
  readonly label: string;
  readonly color: string;
  readonly dash: string | null;
  /** Drawn over the others, thicker. */
  readonly strong: boolean;
  at(x: number): number;
}

export interface FunctionPlotState {
  readonly functions: readonly PlottedFunction[];
  /** Names what the functions are at this moment: equal keys have equal curves. */
  readonly key: string;
  readonly x: number;
  readonly reach: number;
  readonly range: readonly [low: number, high: number];
  readonly width: number;
  readonly height: number;
}

export interface FunctionPlot {
  readonly element: SVGSVGElement;
  show(state: FunctionPlotState): void;
  light(on: boolean): void;
}

export interface FunctionPlotOptions {
  readonly label: string;
  readonly axis: string;
  /** The reader points at x (null: leaves), or presses there. */
  readonly onHover: (x: number | null) => void;
  readonly onPick: (x: number) => void;
}

export function functionPlot({label, axis, onHover, onPick}: FunctionPlotOptions): FunctionPlot {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "function-plot")
    .attr("role", "img")
    .attr("aria-label", label);
  const xAxis = svg.append("g");
  const yAxis = svg.append("g");
  const zero = svg.append("line").attr("class", "zero");
  const curves = svg.append("g").attr("class", "curves");
  const cursor = svg.append("line").attr("class", "x-cursor");
  const dots = svg.append("g");
  const names = svg.append("g");
  const x = scaleLinear();
  const y = scaleLinear().clamp(true);
  const place = (event: PointerEvent) => {
    const [low = 0, high = 0] = x.domain();
    return Math.max(low, Math.min(high, x.invert(pointer(event, svg.node())[0])));
  };
  svg.on("pointerdown pointermove", (event: PointerEvent) => {
    if (event.buttons === 1) onPick(place(event));
    else onHover(place(event));
  });
  svg.on("pointerleave", () => onHover(null));

  let drawn = "";
  return {
    element: svg.node()!,
    light: (on) => svg.classed("lit", on),
    show({functions, key, x: at, reach, range, width, height}) {
      const next = JSON.stringify([key, reach, range, width, height]);
      if (next !== drawn) {
        drawn = next;
        svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
        x.domain([-reach, reach]).range([margin.left, width - margin.right]);
        y.domain(range).range([height - margin.bottom, margin.top]);
        drawAxis(xAxis, {side: "bottom", scale: x, at: y(range[0]), label: "x", count: width < 480 ? 5 : 7});
        drawAxis(yAxis, {side: "left", scale: y, at: margin.left, label: axis, grid: x(reach) - x(-reach)});
        zero.attr("x1", x(0)).attr("x2", x(0)).attr("y1", y(range[0])).attr("y2", y(range[1]));
        curves
          .selectAll<SVGPathElement, PlottedFunction>("path")
          .data([...functions].sort((a, b) => Number(a.strong) - Number(b.strong)), ({name}) => name)
          .join("path")
          .order()
          .style("stroke", ({color}) => color)
          .attr("stroke-dasharray", ({dash}) => dash)
          .classed("strong", ({strong}) => strong)
          .attr("d", (each) => curveOf(each, reach, range, x, y));
      }
      cursor.attr("x1", x(at)).attr("x2", x(at)).attr("y1", y.range()[0]!).attr("y2", y.range()[1]!);
      const seen = functions.filter((each) => each.at(at) >= range[0] && each.at(at) <= range[1]);
      dots
        .selectAll("circle")
        .data(seen)
        .join("circle")
        .attr("r", ({strong}) => (strong ? 4.5 : 3))
        .style("fill", ({color}) => color)
        .attr("cx", x(at))
        .attr("cy", (each) => y(each.at(at)));
      const ends = functions.map((each) => ({
        text: `${each.label} ${numberText(each.at(at), 3)}`,
        color: each.color,
        y: y(each.at(reach))
      }));
      drawEndLabels(names, ends, x(reach) + 8, height - 12, 13.5);
      svg.attr("aria-label", `${label}; at x = ${numberText(at)}: ${ends.map(({text}) => text).join(", ")}`);
    }
  };
}

type Scale = (value: number) => number;

/** A curve within the plot; a jump, as of a derivative at a kink, is not joined. */
function curveOf({at}: PlottedFunction, reach: number, [low, high]: readonly [number, number], x: Scale, y: Scale): string {
  const pen = line();
  const pieces: [number, number][][] = [[]];
  let before = at(-reach);
  for (let i = 0; i < samples; i++) {
    const place = -reach + (2 * reach * i) / (samples - 1);
    const value = at(place);
    if (Math.abs(value - before) > 0.1 + (0.2 * 2 * reach * 2) / samples) pieces.push([]);
    before = value;
    if (value >= low - 0.001 && value <= high) pieces[pieces.length - 1]!.push([x(place), y(value)]);
    else pieces.push([]);
  }
  return pieces.map((piece) => (piece.length > 1 ? pen(piece) : "")).join("");
}
