/** One library's round: points, curve and prediction so far above; residuals and the tree fitted to them below. */
import {scaleLinear} from "d3-scale";
import {pointer, select} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis} from "../../notebook/axis.js";
import {gridAt} from "../curve-fit.js";
import type {CurveFit} from "../curve-fit.js";
import type {Table} from "../table.js";

export interface CurvePanelState {
  /** Null until the first fit is there. */
  readonly fit: CurveFit | null;
  readonly train: Table;
  readonly curve: (x: number) => number;
  readonly round: number;
  readonly probe: number;
  readonly width: number;
}

export interface CurvePanelOptions {
  readonly name: string;
  readonly color: string;
  readonly labels: {readonly chart: string; readonly y: string; readonly residual: string; readonly x: string};
  /** The reader draws: the curve goes through this point. */
  readonly onDraw: (x: number, y: number) => void;
  readonly onProbe: (x: number) => void;
}

const margin = {top: 34, right: 12, bottom: 42, left: 44};
const heights = {upper: 170, gap: 46, lower: 96};

export function curvePanel({name, color, labels, onDraw, onProbe}: CurvePanelOptions) {
  const height = margin.top + heights.upper + heights.gap + heights.lower + margin.bottom;
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("class", "curve-panel")
    .attr("role", "img").attr("aria-label", `${name}: ${labels.chart}`).style("--library", color);
  const axes = [svg.append("g"), svg.append("g"), svg.append("g")] as const;
  svg.append("text").attr("class", "library-name").attr("x", margin.left).attr("y", 12).text(name);
  const truth = svg.append("path").attr("class", "truth");
  const points = svg.append("g").attr("class", "curve-points");
  const fitted = svg.append("path").attr("class", "fitted");
  const zero = svg.append("line").attr("class", "zero");
  const residuals = svg.append("g").attr("class", "residuals");
  const tree = svg.append("path").attr("class", "fitted");
  const probe = svg.append("line").attr("class", "probe");
  const x = scaleLinear().domain([0, 1]);
  const y = scaleLinear().domain([0, 1]).range([margin.top + heights.upper, margin.top]);
  const r = scaleLinear().domain([-0.6, 0.6]);
  const lowerTop = margin.top + heights.upper + heights.gap;
  r.range([lowerTop + heights.lower, lowerTop]);

  svg.on("pointerdown pointermove", (event: PointerEvent) => {
    if (event.type === "pointermove" && event.buttons !== 1) return;
    const [px, py] = pointer(event, svg.node());
    const at = Math.max(0, Math.min(1, x.invert(px)));
    if (event.type === "pointerdown" && event.pointerType === "mouse") svg.node()!.setPointerCapture(event.pointerId);
    if (py < lowerTop - heights.gap / 2) onDraw(at, Math.max(0, Math.min(1, y.invert(py))));
    else onProbe(at);
  });

  return {
    element: svg.node()!,
    show({fit, train, curve, round, probe: at, width}: CurvePanelState) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      x.range([margin.left, width - margin.right]);
      const reach = x(1) - x(0);
      drawAxis(axes[0], {side: "bottom", scale: x, at: height - margin.bottom, label: labels.x, count: 5});
      drawAxis(axes[1], {side: "left", scale: y, at: margin.left, label: labels.y, count: 4, grid: reach});
      drawAxis(axes[2], {side: "left", scale: r, at: margin.left, label: labels.residual, count: 4, grid: reach});
      // A training that stopped early stays as its last round left it.
      const last = fit ? Math.min(round, fit.rounds.length) : 0;
      const before = last > 1 ? fit!.rounds[last - 2]! : null;
      const now = last > 0 ? fit!.rounds[last - 1]! : null;
      const start = fit?.start ?? 0;
      const along = (values: (i: number) => number, scale: typeof y) =>
        line<number>((i) => x(gridAt(i)), (i) => Math.max(-20, scale(values(i))))(Array.from({length: 201}, (_, i) => i));
      truth.attr("d", along((i) => curve(gridAt(i)), y));
      fitted.attr("d", along((i) => now?.grid[i] ?? start, y)).attr("display", fit ? null : "none");
      tree.attr("d", along((i) => (now ? now.grid[i]! - (before?.grid[i] ?? start) : 0), r)).attr("display", now && round <= last ? null : "none");
      zero.attr("x1", x(0)).attr("x2", x(1)).attr("y1", r(0)).attr("y2", r(0));
      const rows = Array.from(train.labels, (_, row) => row);
      points.selectAll("circle").data(rows).join("circle").attr("r", 2.4)
        .attr("cx", (row) => x(train.features[row]!)).attr("cy", (row) => y(train.labels[row]!));
      const residual = (row: number) => {
        const value = train.labels[row]! - ((round > last ? now : before)?.fitted[row] ?? start);
        return Math.max(-0.6, Math.min(0.6, value));
      };
      const sticks = residuals.attr("display", fit ? null : "none");
      sticks.selectAll("line").data(rows).join("line").attr("x1", (row) => x(train.features[row]!))
        .attr("x2", (row) => x(train.features[row]!)).attr("y1", r(0)).attr("y2", (row) => r(residual(row)));
      sticks.selectAll("circle").data(rows).join("circle").attr("r", 2)
        .attr("cx", (row) => x(train.features[row]!)).attr("cy", (row) => r(residual(row)));
      probe.attr("x1", x(at)).attr("x2", x(at)).attr("y1", margin.top).attr("y2", height - margin.bottom);
    }
  };
}
