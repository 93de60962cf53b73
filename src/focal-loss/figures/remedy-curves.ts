/** Precision against recall, and what came against what was predicted, a curve for each remedy: the mean of its seeds. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {area, line} from "d3-shape";
import {drawAxis} from "../../notebook/axis.js";
import {recallGrid} from "../remedy-scores.js";
import type {Scores} from "../remedy-scores.js";
import type {RemedyId} from "../remedies.js";
import {remedyColors} from "./remedy-look.js";

const labels = {
  recall: "recall",
  precision: "precision",
  predicted: "predicted probability",
  came: "share that was rare",
  trusted: "as predicted",
  chance: "chance",
  step: "step",
  ap: "average precision",
  learning: "Average precision on unseen points as the training goes on, for each remedy",
  curves: "Precision against recall for each remedy, the mean of its seeds",
  calibration: "Share of rare points against the predicted probability, for each remedy"
};

export type ScoresByRemedy = ReadonlyMap<RemedyId, readonly Scores[]>;

export interface RemedyCurves {
  readonly element: SVGSVGElement;
  /** @param rate share of rare points in the test */
  show(scores: ScoresByRemedy, rate: number, width: number, height: number): void;
}

const edge = {top: 28, right: 16, bottom: 46, left: 48};
type Point = readonly [x: number, y: number, low: number, high: number];

export const precisionRecall = (): RemedyCurves => chart(labels.curves, labels.recall, labels.precision, precisionPoints, false);
export const reliability = (): RemedyCurves => chart(labels.calibration, labels.predicted, labels.came, reliabilityPoints, true);

function chart(
  label: string,
  across: string,
  up: string,
  pointsOf: (scores: readonly Scores[]) => readonly Point[],
  diagonal: boolean
): RemedyCurves {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img").attr("aria-label", label);
  const axes = [svg.append("g"), svg.append("g")] as const;
  const aid = svg.append("g").attr("class", "chance-line");
  const bands = svg.append("g");
  const curves = svg.append("g").attr("class", "curves");
  const dots = svg.append("g");
  return {
    element: svg.node()!,
    show(scores, rate, width, height) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const x = scaleLinear([0, 1], [edge.left, width - edge.right]);
      const y = scaleLinear([0, 1], [height - edge.bottom, edge.top]);
      drawAxis(axes[0], {side: "bottom", scale: x, at: height - edge.bottom, label: across, count: 5});
      drawAxis(axes[1], {side: "left", scale: y, at: edge.left, label: up, count: 5, grid: width - edge.left - edge.right});
      const [from, to] = diagonal ? [0, 1] : [rate, rate];
      aid.selectAll("line").data([0]).join("line").attr("x1", x(0)).attr("x2", x(1)).attr("y1", y(from)).attr("y2", y(to));
      aid.selectAll("text").data([0]).join("text").attr("x", diagonal ? x(0.66) : x(0) + 4).attr("text-anchor", diagonal ? "end" : "start")
        .attr("y", diagonal ? y(0.7) : y(rate) - 5).attr("class", "on-paper").text(diagonal ? labels.trusted : labels.chance);
      const data = [...scores].map(([id, all]) => ({id, points: pointsOf(all)})).filter(({points}) => points.length > 0);
      const color = ({id}: {id: RemedyId}) => remedyColors[id];
      bands.selectAll("path").data(diagonal ? [] : data).join("path").style("fill", color).attr("fill-opacity", 0.1)
        .attr("d", ({points}) => area<Point>((p) => x(p[0]), (p) => y(p[2]), (p) => y(p[3]))(points as Point[]));
      curves.selectAll("path").data(data).join("path").style("stroke", color)
        .attr("d", ({points}) => line<Point>((p) => x(p[0]), (p) => y(p[1]))(points as Point[]));
      dots.selectAll("circle").data(diagonal ? data.flatMap(({id, points}) => points.map((point) => ({id, point}))) : [])
        .join("circle").attr("r", 2.75).style("fill", color)
        .attr("cx", ({point}) => x(point[0])).attr("cy", ({point}) => y(point[1]));
    }
  };
}

/** Mean and deviation of the seeds' precision at each recall. */
function precisionPoints(scores: readonly Scores[]): readonly Point[] {
  if (scores.length === 0) return [];
  return recallGrid.map((recall, k) => {
    const values = scores.map(({precisionAt}) => precisionAt[k]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return [recall, mean, Math.max(0, mean - deviation), Math.min(1, mean + deviation)];
  });
}

/** The seeds' bins together; bins of fewer than ten answers say nothing. */
function reliabilityPoints(scores: readonly Scores[]): readonly Point[] {
  if (scores.length === 0) return [];
  return scores[0]!.bins.flatMap((_, b): Point[] => {
    let [count, confidence, hits] = [0, 0, 0];
    for (const {bins} of scores) {
      const bin = bins[b]!;
      if (bin.count === 0) continue;
      count += bin.count;
      confidence += bin.count * bin.confidence;
      hits += bin.count * bin.frequency;
    }
    return count < 10 ? [] : [[confidence / count, hits / count, 0, 0]];
  });
}

export interface LookbackPoint {
  readonly step: number;
  readonly value: number;
}

export interface LearningCurves {
  readonly element: SVGSVGElement;
  show(curves: ReadonlyMap<RemedyId, readonly LookbackPoint[]>, steps: number, width: number, height: number): void;
}

/** Average precision against step, a curve for each remedy. */
export function learningCurves(): LearningCurves {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img").attr("aria-label", labels.learning);
  const axes = [svg.append("g"), svg.append("g")] as const;
  const paths = svg.append("g").attr("class", "curves");
  const dots = svg.append("g");
  return {
    element: svg.node()!,
    show(curves, steps, width, height) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const x = scaleLinear([0, steps], [edge.left, width - edge.right]);
      const y = scaleLinear([0, 1], [height - edge.bottom, edge.top]);
      drawAxis(axes[0], {side: "bottom", scale: x, at: height - edge.bottom, label: labels.step, count: 4});
      drawAxis(axes[1], {side: "left", scale: y, at: edge.left, label: labels.ap, count: 5, grid: width - edge.left - edge.right});
      const data = [...curves].map(([id, points]) => ({id, points}));
      paths.selectAll("path").data(data).join("path").style("stroke", ({id}) => remedyColors[id])
        .attr("d", ({points}) => line<LookbackPoint>((p) => x(p.step), (p) => y(p.value))(points as LookbackPoint[]));
      dots.selectAll("circle").data(data.flatMap(({id, points}) => points.map((point) => ({id, point})))).join("circle").attr("r", 2.5)
        .style("fill", ({id}) => remedyColors[id]).attr("cx", ({point}) => x(point.step)).attr("cy", ({point}) => y(point.value));
    }
  };
}
