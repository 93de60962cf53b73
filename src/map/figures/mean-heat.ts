/** Classes across, IoU thresholds up: a cell each, the classes' means above, the thresholds' at the right. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import type {Selection} from "d3-selection";
import {sequentialColor} from "../../notebook/color-scale.js";
import type {Cells} from "../mean-cells.js";
import {shareText} from "./coco-look.js";

const labels = {
  chart: "Class and IoU threshold: arrow keys choose a cell",
  cell: (name: string, iou: string, value: string) => `${name}, IoU ≥ ${iou}: ${value}`,
  up: "IoU ≥",
  mean: "mean"
};
const edge = {top: 66, right: 118, bottom: 104, left: 44};
const row = 19;
const leastPitch = 11;

export interface HeatColumn {
  readonly id: number;
  readonly name: string;
  /** Place among the evaluated classes. */
  readonly k: number;
}

export interface HeatOptions {
  readonly cells: Cells;
  readonly columns: readonly HeatColumn[];
  readonly thresholds: readonly number[];
  /** Chosen column and threshold. */
  readonly column: number;
  readonly threshold: number;
  readonly width: number;
}

export interface MeanHeat {
  readonly element: HTMLElement;
  show(options: HeatOptions): void;
}

export function meanHeat(choose: (column: number, threshold: number) => void): MeanHeat {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "mean-heat").attr("role", "slider").attr("tabindex", 0).attr("aria-label", labels.chart);
  const [bars, cells, means, names, sides] = Array.from({length: 5}, () => svg.append("g")) as [Layer, Layer, Layer, Layer, Layer];
  names.attr("class", "heat-names");
  const cursor = svg.append("rect").attr("class", "heat-cursor");
  const element = document.createElement("div");
  element.className = "heat-scroll";
  element.append(svg.node()!);
  let shown: HeatOptions | undefined;
  let pitch = leastPitch;

  const pick = (event: PointerEvent) => {
    if (!shown) return;
    const box = svg.node()!.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left - edge.left) / pitch);
    const line = Math.floor((event.clientY - box.top - edge.top) / row);
    if (column < 0 || column >= shown.columns.length) return;
    const inside = line >= 0 && line < shown.thresholds.length;
    choose(column, inside ? shown.thresholds.length - 1 - line : shown.threshold);
  };
  svg.on("pointerdown", pick).on("pointermove", (event: PointerEvent) => {
    if (event.pointerType === "mouse") pick(event);
  });
  svg.on("keydown", (event: KeyboardEvent) => {
    const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1], Home: [-1e6, 0], End: [1e6, 0]}[event.key];
    if (!step || !shown) return;
    event.preventDefault();
    const clamp = (value: number, length: number) => Math.max(0, Math.min(length - 1, value));
    choose(clamp(shown.column + step[0]!, shown.columns.length), clamp(shown.threshold + step[1]!, shown.thresholds.length));
  });
  return {
    element,
    show(options) {
      shown = options;
      const {columns, thresholds, width} = options;
      pitch = Math.max(leastPitch, (width - edge.left - edge.right) / Math.max(1, columns.length));
      const [wide, high] = [edge.left + pitch * columns.length + edge.right, edge.top + row * thresholds.length + edge.bottom];
      svg.attr("width", wide).attr("height", high).attr("viewBox", `0 0 ${wide} ${high}`).style("max-width", "none");
      drawCells(cells, cursor, svg, options, pitch);
      drawClassMeans(bars, names, options, pitch);
      drawThresholdMeans(means, sides, options, edge.left + pitch * columns.length);
    }
  };
}

type Layer = Selection<SVGGElement, unknown, null, undefined>;
type Mark = Selection<SVGRectElement, unknown, null, undefined>;
type Svg = Selection<SVGSVGElement, unknown, null, undefined>;

const yOf = (t: number, count: number) => edge.top + row * (count - 1 - t);

function drawCells(layer: Layer, cursor: Mark, svg: Svg, {cells, columns, thresholds, column, threshold}: HeatOptions, pitch: number): void {
  const K = cells.ofClass.length;
  const data = columns.flatMap(({k}, i) => thresholds.map((_, t) => ({i, t, value: cells.values[t * K + k]!})));
  layer.selectAll("rect").data(data).join("rect")
    .attr("x", ({i}) => edge.left + pitch * i).attr("y", ({t}) => yOf(t, thresholds.length))
    .attr("width", pitch - 1).attr("height", row - 1)
    .attr("class", ({value}) => (Number.isNaN(value) ? "heat-none" : ""))
    .style("fill", ({value}) => (Number.isNaN(value) ? null : sequentialColor(value)));
  cursor.attr("x", edge.left + pitch * column - 1).attr("y", yOf(threshold, thresholds.length) - 1)
    .attr("width", pitch + 1).attr("height", row + 1).attr("visibility", columns.length > 0 ? null : "hidden");
  const chosen = columns[column];
  const value = chosen ? cells.values[threshold * K + chosen.k]! : NaN;
  svg.attr("aria-valuemin", 0).attr("aria-valuemax", 1).attr("aria-valuenow", value >= 0 ? value : 0)
    .attr("aria-valuetext", chosen ? labels.cell(chosen.name, thresholds[threshold]!.toFixed(2), shareText(value)) : labels.chart);
}

/** Above, each class's mean; below, its name. */
function drawClassMeans(bars: Layer, names: Layer, {cells, columns, thresholds, column}: HeatOptions, pitch: number): void {
  const y = scaleLinear([0, 1], [edge.top - 4, 14]);
  const [left, right] = [edge.left, edge.left + pitch * columns.length];
  bars.selectAll("rect").data(columns).join("rect").attr("class", (_, i) => (i === column ? "heat-bar chosen" : "heat-bar"))
    .attr("x", (_, i) => left + pitch * i).attr("width", pitch - 1)
    .attr("y", ({k}) => y(Math.max(0, cells.ofClass[k]! || 0))).attr("height", ({k}) => y(0) - y(Math.max(0, cells.ofClass[k]! || 0)));
  bars.selectAll("line").data(Number.isNaN(cells.mean) ? [] : [cells.mean]).join("line").attr("class", "heat-mean")
    .attr("x1", left).attr("x2", right).attr("y1", y).attr("y2", y);
  bars.selectAll("text").data(Number.isNaN(cells.mean) ? [] : [cells.mean]).join("text").attr("class", "strong")
    .attr("x", right + 8).attr("y", (mean) => y(mean) + 4).text((mean) => `${labels.mean} ${shareText(mean)}`);
  const bottom = edge.top + row * thresholds.length + 8;
  names.selectAll("text").data(columns).join("text").attr("class", (_, i) => (i === column ? "strong" : ""))
    .attr("transform", (_, i) => `translate(${left + pitch * (i + 0.5) + 3},${bottom}) rotate(-90)`)
    .attr("text-anchor", "end").text(({name}) => name);
}

/** At the left the thresholds, at the right each one's mean. */
function drawThresholdMeans(means: Layer, sides: Layer, {cells, thresholds, threshold}: HeatOptions, right: number): void {
  const x = scaleLinear([0, 1], [right + 8, right + 70]);
  const middle = (t: number) => yOf(t, thresholds.length) + row / 2;
  const data = thresholds.map((iou, t) => ({iou, t, mean: cells.ofThreshold[t]!}));
  means.selectAll("rect").data(data).join("rect").attr("class", ({t}) => (t === threshold ? "heat-bar chosen" : "heat-bar"))
    .attr("x", x(0)).attr("y", ({t}) => yOf(t, thresholds.length)).attr("height", row - 1)
    .attr("width", ({mean}) => (Number.isNaN(mean) ? 0 : x(mean) - x(0)));
  means.selectAll("text").data(data).join("text").attr("class", ({t}) => (t === threshold ? "strong" : ""))
    .attr("x", ({mean}) => x(Number.isNaN(mean) ? 0 : mean) + 5).attr("y", ({t}) => middle(t) + 4).text(({mean}) => shareText(mean));
  sides.selectAll("text").data([...data.map(({iou, t}) => ({text: iou.toFixed(2), y: middle(t) + 4, chosen: t === threshold})), {text: labels.up, y: edge.top - 8, chosen: false}])
    .join("text").attr("class", ({chosen}) => (chosen ? "strong" : "")).attr("x", edge.left - 7).attr("y", ({y}) => y).attr("text-anchor", "end").text(({text}) => text);
}
