/** Loss, or the size of its slope, against p_t or the logit: a curve for each γ, the reader's own in ink, and the example. */
import {scaleLinear, scaleLog} from "d3-scale";
import type {ScaleContinuousNumeric} from "d3-scale";
import {pointer, select} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";
import type {AxisScale} from "../../notebook/axis.js";
import {numberText} from "../../notebook/number-text.js";
import {sigmoidFocalLoss} from "../focal.js";
import {gammaColor} from "./focal-look.js";

export type ChartQuantity = "loss" | "slope";
export type ChartAxis = "pt" | "margin";

const labels = {
  loss: "loss",
  slope: "size of the slope",
  pt: "pₜ, probability of the truth",
  margin: "logit, signed so that right is right",
  easy: "easy: pₜ > ½",
  name: (gamma: number) => `γ = ${gamma}`,
  chart: (quantity: string, gamma: number, value: string) => `${quantity}; yours, γ = ${gamma}, is ${value} at the example; arrow keys move it`
};

export interface LossChartState {
  readonly quantity: ChartQuantity;
  readonly axis: ChartAxis;
  readonly log: boolean;
  /** α_t of the example's class; −1 for none. */
  readonly weight: number;
  readonly gammas: readonly number[];
  readonly gamma: number;
  /** The example's logit, signed: positive where the network is right. */
  readonly margin: number;
  readonly width: number;
  readonly height: number;
}

export interface LossChart {
  readonly element: SVGSVGElement;
  show(state: LossChartState): void;
  focus(parts: readonly string[]): void;
}

export interface LossChartOptions {
  /** The reader moves the example to this signed logit. */
  readonly onMove: (margin: number) => void;
}

const edge = {top: 30, right: 62, bottom: 46, left: 50};
const reach = 8;

/** Value of a curve at a signed logit. */
function valueAt(quantity: ChartQuantity, margin: number, weight: number, gamma: number): number {
  const {loss, gradient} = sigmoidFocalLoss(margin, 1, {alpha: weight, gamma});
  return quantity === "loss" ? loss : Math.abs(gradient);
}

const marginOf = (pt: number) => Math.log(pt) - Math.log1p(-pt);
const ptOf = (margin: number) => 1 / (1 + Math.exp(-margin));

/** Places along an axis at which curves are drawn. */
const places: Readonly<Record<ChartAxis, readonly number[]>> = {
  pt: Array.from({length: 199}, (_, i) => (i + 1) / 200),
  margin: Array.from({length: 161}, (_, i) => (i - 80) / 10)
};

export function lossChart({onMove}: LossChartOptions): LossChart {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "loss-chart")
    .attr("tabindex", 0)
    .attr("role", "application");
  const region = svg.append("g").attr("class", "easy-region");
  region.append("rect");
  region.append("text").attr("text-anchor", "end");
  const axes = [svg.append("g"), svg.append("g")] as const;
  const curves = svg.append("g").attr("class", "curves");
  const guides = svg.append("g").attr("class", "guides");
  const names = svg.append("g");
  const dot = svg.append("circle").attr("class", "example").attr("r", 6);
  let shown: LossChartState | undefined;
  let x = scaleLinear();
  svg.on("pointerdown pointermove", (event: PointerEvent) => {
    if (!shown || (event.type === "pointermove" && event.buttons !== 1)) return;
    if (event.type === "pointerdown" && event.pointerType === "mouse") svg.node()!.setPointerCapture(event.pointerId);
    const at = x.invert(pointer(event, svg.node())[0]);
    onMove(shown.axis === "margin" ? at : marginOf(Math.max(0.0004, Math.min(0.9996, at))));
  });
  svg.on("keydown", (event: KeyboardEvent) => {
    const way = {ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1}[event.key];
    if (!way || !shown) return;
    event.preventDefault();
    onMove(shown.margin + way * (event.shiftKey ? 0.5 : 0.1));
  });
  return {
    element: svg.node()!,
    show(state) {
      shown = state;
      const {width, height, axis, quantity} = state;
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const value = valueAt(quantity, state.margin, state.weight, state.gamma);
      svg.attr("aria-label", labels.chart(labels[quantity], state.gamma, numberText(value)));
      x = scaleLinear(axis === "pt" ? [0, 1] : [-reach, reach], [edge.left, width - edge.right]);
      const y = heightScale(state);
      drawRegion(region, x, axis === "pt" ? 0.5 : 0, height);
      drawAxis(axes[0], {side: "bottom", scale: x, at: height - edge.bottom, label: labels[axis], count: width < 420 ? 4 : 6});
      drawAxis(axes[1], {
        side: "left", scale: y as unknown as AxisScale, at: edge.left, label: labels[quantity], grid: width - edge.left - edge.right,
        ...(state.log ? {count: 4, format: "~g"} : {})
      });
      drawCurves(curves, names, state, x, y);
      const at = x(axis === "pt" ? ptOf(state.margin) : state.margin);
      drawGuides(guides, state, at, y);
      dot.attr("cx", at).attr("cy", y(clampTo(y, value)));
    },
    focus(parts) {
      guides.selectAll<SVGLineElement, string>("line").classed("lit", (part) => parts.includes(part));
      dot.classed("lit", parts.some((part) => ["point", "loss", "slope"].includes(part)));
    }
  };
}

type Group = ReturnType<typeof select<SVGGElement, unknown>>;
type Height = ScaleContinuousNumeric<number, number>;

function heightScale({quantity, log, height, gammas, gamma, weight}: LossChartState): Height {
  const range = [height - edge.bottom, edge.top] as const;
  if (log) return scaleLog([1e-5, quantity === "loss" ? 10 : 2], range);
  if (quantity === "loss") return scaleLinear([0, 5 * (weight < 0 ? 1 : Math.max(0.2, weight))], range);
  const steepest = [...gammas, gamma].flatMap((g) => places.margin.map((margin) => valueAt(quantity, margin, weight, g)));
  return scaleLinear([0, Math.max(...steepest) * 1.05], range).nice();
}

const clampTo = (y: Height, value: number) => {
  const [low = 0, high = 1] = y.domain();
  return Math.max(low, Math.min(high, value));
};

/** The reader's own curve takes the place of a listed one with its γ. */
function drawCurves(curves: Group, names: Group, state: LossChartState, x: (at: number) => number, y: Height): void {
  const {quantity, axis, weight, gamma, gammas, width, height} = state;
  const listed = gammas.filter((g) => g !== gamma).map((g) => ({gamma: g, own: false}));
  const all = [...listed, {gamma, own: true}];
  const valueOf = (place: number, g: number) => valueAt(quantity, axis === "pt" ? marginOf(place) : place, weight, g);
  const colorOf = (curve: {gamma: number; own: boolean}) => (curve.own ? "var(--ink)" : gammaColor(curve.gamma));
  curves
    .selectAll("path")
    .data(all)
    .join("path")
    .classed("own", ({own}) => own)
    .style("stroke", colorOf)
    .attr("d", (curve) =>
      line<number>((place) => x(place), (place) => y(clampTo(y, valueOf(place, curve.gamma))))(places[axis] as number[])
    );
  // Names stand at the height that the curves have where they lie apart, in one order.
  const nameAt = {loss: {pt: 0.3, margin: -1}, slope: {pt: 0.62, margin: 0.5}}[quantity][axis];
  const ends = all.map((curve) => ({
    text: labels.name(curve.gamma),
    color: colorOf(curve),
    y: y(clampTo(y, valueOf(nameAt, curve.gamma)))
  }));
  drawEndLabels(names, ends, width - edge.right + 8, height - edge.bottom);
}

function drawRegion(group: Group, x: (at: number) => number, from: number, height: number): void {
  const [left, right] = [x(from), x(from === 0 ? reach : 1)];
  group.select("rect").attr("x", left).attr("width", right - left).attr("y", edge.top).attr("height", height - edge.top - edge.bottom);
  group.select("text").attr("x", right - 6).attr("y", edge.top + 14).text(labels.easy);
}

/** p_t's place on the axis, the height of cross-entropy, what the factor takes off it, and what is left. */
function drawGuides(group: Group, state: LossChartState, at: number, y: Height): void {
  const {quantity, margin, weight, gamma, height} = state;
  const floor = height - edge.bottom;
  const [plain, own] = [0, gamma].map((g) => y(clampTo(y, valueAt(quantity, margin, weight, g)))) as [number, number];
  const parts: readonly (readonly [string, number, number, number, number])[] = [
    ["pt", at, floor, at, own],
    ["ce", at - 7, plain, at + 7, plain],
    ["drop", at, plain, at, own],
    ["loss", edge.left, own, at, own],
    ["slope", edge.left, own, at, own]
  ];
  group
    .selectAll<SVGLineElement, string>("line")
    .data(parts.filter(([part]) => (quantity === "loss" ? part !== "slope" : part === "slope" || part === "pt")).map(([part]) => part))
    .join("line")
    .attr("data-part", (part) => part)
    .attr("x1", (part) => parts.find(([name]) => name === part)![1])
    .attr("y1", (part) => parts.find(([name]) => name === part)![2])
    .attr("x2", (part) => parts.find(([name]) => name === part)![3])
    .attr("y2", (part) => parts.find(([name]) => name === part)![4]);
}
