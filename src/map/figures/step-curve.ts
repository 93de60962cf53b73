/** Precision against recall, growing detection by detection; then its envelope, the places sampled, and the area. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {drawAxis} from "../../notebook/axis.js";
import {areaParts} from "../average-precision.js";
import type {Interpolation} from "../average-precision.js";
import type {WorkedClass} from "../step-through.js";
import {verdictColors} from "./step-look.js";

const labels = {
  chart: "Precision over recall",
  recall: "recall",
  precision: "precision",
  ap: (percent: string) => `AP = ${percent}`
};

export interface CurveView {
  readonly work: WorkedClass;
  /** Detections that have had their turn. */
  readonly done: number;
  readonly interpolation: Interpolation;
  readonly envelope: boolean;
  readonly area: boolean;
}

export interface StepCurve {
  readonly element: SVGSVGElement;
  show(view: CurveView, width: number, height: number): void;
}

const edge = {top: 30, right: 16, bottom: 46, left: 44};

export function stepCurve(): StepCurve {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "step-curve").attr("role", "img").attr("aria-label", labels.chart);
  const axes = [svg.append("g"), svg.append("g")] as const;
  const fill = svg.append("path").attr("class", "curve-area");
  const future = svg.append("path").attr("class", "curve-future");
  const raw = svg.append("path").attr("class", "curve-raw");
  const hull = svg.append("path").attr("class", "curve-hull");
  const samples = svg.append("g").attr("class", "curve-samples");
  const dots = svg.append("g").attr("class", "curve-dots");
  const text = svg.append("text").attr("class", "curve-ap strong on-paper");
  return {
    element: svg.node()!,
    show({work, done, interpolation, envelope, area}, width, height) {
      const {steps, recall, precision, ap} = work;
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const x = scaleLinear([0, 1], [edge.left, width - edge.right]);
      const y = scaleLinear([0, 1], [height - edge.bottom, edge.top]);
      drawAxis(axes[0], {side: "bottom", scale: x, at: height - edge.bottom, label: labels.recall, count: 5});
      drawAxis(axes[1], {side: "left", scale: y, at: edge.left, label: labels.precision, count: 5, grid: width - edge.left - edge.right});
      const point = (i: number) => `${x(recall[i]!)} ${y(precision[i]!)}`;
      const path = (from: number, to: number) =>
        to - from < 1 ? "" : `M${Array.from({length: to - from}, (_, i) => point(from + i)).join("L")}`;
      raw.attr("d", path(0, done)).classed("faint", envelope);
      future.attr("d", path(Math.max(0, done - 1), steps.length));
      const parts = areaParts(recall, precision, interpolation);
      const shape = interpolation === "all-point" ? stairs(parts) : bars(parts);
      const outline = (points: readonly (readonly [number, number])[]) => points.map(([r, p]) => `${x(r)} ${y(p)}`).join("L");
      const hullPoints = stairs(areaParts(recall, precision, "all-point"));
      hull.attr("d", envelope && hullPoints.length > 0 ? `M${outline(hullPoints)}` : "");
      fill.attr("d", area && shape.length > 0
        ? `M${x(shape[0]![0])} ${y(0)}L${outline(shape)}L${x(shape[shape.length - 1]![0])} ${y(0)}Z` : "");
      samples.selectAll("circle").data(envelope && interpolation !== "all-point" ? parts : []).join("circle")
        .attr("r", interpolation === "voc11" ? 4 : 1.6).attr("cx", (part) => x(part.recall)).attr("cy", (part) => y(part.precision));
      dots.selectAll("circle").data(steps.slice(0, done)).join("circle")
        .attr("class", (_, i) => (i === done - 1 && !envelope ? "now" : null))
        .attr("r", (_, i) => (i === done - 1 && !envelope ? 6 : 3.5))
        .style("fill", ({verdict}) => verdictColors[verdict])
        .attr("cx", (step) => x(step.recall)).attr("cy", (step) => y(step.precision));
      text.attr("x", x(0.04)).attr("y", y(0.06)).text(area && !Number.isNaN(ap) ? labels.ap(`${(100 * ap).toFixed(2)} %`) : "");
    }
  };
}

type Part = ReturnType<typeof areaParts>[number];
type Point = readonly [recall: number, precision: number];

/** Each gain of recall at its precision. */
function stairs(parts: readonly Part[]): readonly Point[] {
  return parts.filter(({weight}) => weight > 0).flatMap(({recall, precision, weight}): Point[] => [[recall - weight, precision], [recall, precision]]);
}

/** A mean of samples as an area: a bar of equal width for each. */
function bars(parts: readonly Part[]): readonly Point[] {
  return parts.flatMap(({precision, weight}, i): Point[] => [[i * weight, precision], [(i + 1) * weight, precision]]);
}
