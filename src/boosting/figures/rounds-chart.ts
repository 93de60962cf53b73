/** Training and validation error against the round, for both libraries, with the round shown and early stopping. */
import {scaleLinear, scaleLog} from "d3-scale";
import {pointer, select} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";

export interface RoundsCurve {
  readonly name: string;
  readonly color: string;
  readonly dashed: boolean;
  /** From round `first`. */
  readonly values: readonly number[];
}

export interface RoundsChartState {
  readonly curves: readonly RoundsCurve[];
  /** The round of the curves' first values. Default 0. */
  readonly first?: number;
  /** The round that the axis reaches to, if not the last of the first curve. */
  readonly last?: number;
  readonly round: number;
  readonly stops: readonly {readonly round: number; readonly value: number; readonly color: string}[];
  readonly width: number;
  readonly height: number;
}

const margin = {top: 30, right: 150, bottom: 42, left: 64};

export function roundsChart(labels: {readonly chart: string; readonly x: string; readonly y: string}, go: (round: number) => void) {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "rounds-chart").attr("role", "img").attr("aria-label", labels.chart);
  const axes = [svg.append("g"), svg.append("g")] as const;
  const curves = svg.append("g").attr("class", "rounds-curves");
  const cursor = svg.append("line").attr("class", "probe");
  const stops = svg.append("g").attr("class", "stops");
  const ends = svg.append("g");
  const x = scaleLinear();
  svg.on("pointerdown pointermove", (event: PointerEvent) => {
    if (event.type === "pointermove" && event.buttons !== 1) return;
    if (event.type === "pointerdown" && event.pointerType === "mouse") svg.node()!.setPointerCapture(event.pointerId);
    const [from = 0, last = 0] = x.domain();
    go(Math.round(Math.max(from, Math.min(last, x.invert(pointer(event, svg.node())[0])))));
  });
  return {
    element: svg.node()!,
    show({curves: shown, first = 0, last, round, stops: marks, width, height}: RoundsChartState) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const right = width < 480 ? 132 : margin.right;
      x.domain([first, last ?? first + Math.max(1, (shown[0]?.values.length ?? 1) - 1)]).range([margin.left, width - right]);
      const all = shown.flatMap(({values}) => values).map((value) => Math.max(value, 1e-6));
      const y = scaleLog().domain(all.length ? [Math.min(...all) * 0.9, Math.max(...all) * 1.1] : [0.1, 1]).range([height - margin.bottom, margin.top]);
      drawAxis(axes[0], {side: "bottom", scale: x, at: height - margin.bottom, label: labels.x, count: width < 480 ? 4 : 8});
      drawAxis(axes[1], {side: "left", scale: y, at: margin.left, label: labels.y, count: 3, format: "~g", grid: x.range()[1]! - margin.left});
      const at = (value: number) => y(Math.max(value, 1e-6));
      curves.selectAll("path").data(shown).join("path").style("stroke", ({color}) => color)
        .style("stroke-dasharray", ({dashed}) => (dashed ? "5 4" : null))
        .attr("d", ({values}) => line<number>((_, i) => x(first + i), at)(values));
      cursor.attr("display", round < first ? "none" : null).attr("x1", x(round)).attr("x2", x(round)).attr("y1", margin.top - 8).attr("y2", height - margin.bottom);
      stops.selectAll("circle").data(marks).join("circle").attr("r", 5).style("stroke", ({color}) => color)
        .attr("cx", (mark) => x(mark.round)).attr("cy", ({value}) => at(value));
      drawEndLabels(ends, shown.map(({name, color, values}) => ({text: name, color, y: at(values[values.length - 1]!)})),
        width - right + 8, height - margin.bottom);
    }
  };
}
