/** What a control does, drawn beside what the measures say of it. */
import {max, mean, min} from "d3-array";
import {scaleLinear, scaleLog} from "d3-scale";
import {select} from "d3-selection";
import type {Selection} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis} from "../../notebook/axis.js";
import {precisionEnvelope} from "../average-precision.js";
import {cocoOverlap} from "../coco-overlap.js";
import type {CocoBox} from "../dataset.js";
import {misplaced} from "../generated.js";
import type {Flaw, SweepPoint} from "../misleads.js";
import {truthColor} from "./step-look.js";

const labels = {
  pictures: {
    tail: "AP50 of each class, by how often it occurs",
    threshold: "IoU of the objects that each detector found",
    confident: "Precision over recall, and its envelope",
    shift: "An object and its detection",
    cost: "mAP of all images and of a hundred"
  } satisfies Record<Flaw, string>,
  classes: "class, with its objects",
  ap: "AP50",
  iou: "IoU with the object",
  objects: "objects",
  more: "finds more",
  tight: "boxes tighter",
  counted: "counted",
  recall: "recall",
  precision: "precision",
  raw: "as it is",
  envelope: "envelope: what AP sees",
  truth: "object",
  detection: (iou: string) => `IoU ${iou}`,
  marks: {half: "0.5: AP50 still counts it", threeQuarters: "0.75: AP75 still counts it"},
  images: "images",
  map: "mAP",
  all: "all images",
  sample: "100 of them, 8 draws"
};

type Svg = Selection<SVGSVGElement, unknown, null, undefined>;
type Group = Selection<SVGGElement, unknown, null, undefined>;

interface Scene {
  readonly root: Group;
  readonly points: readonly SweepPoint[];
  readonly at: number;
  readonly width: number;
  readonly height: number;
}

export interface Picture {
  readonly element: SVGSVGElement;
  show(flaw: Flaw, points: readonly SweepPoint[], at: number, width: number, height: number): void;
}

const edge = {top: 32, right: 14, bottom: 46, left: 46};

export function picture(): Picture {
  const svg: Svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("class", "flaw-picture").attr("role", "img");
  return {
    element: svg.node()!,
    show(flaw, points, at, width, height) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`).attr("aria-label", labels.pictures[flaw]);
      svg.selectAll("*").remove();
      const here = flaw === "cost" ? points : points.filter((point) => point.at === at);
      pictures[flaw]({root: svg.append("g"), points: here, at, width, height});
    }
  };
}

const pictures: Readonly<Record<Flaw, (scene: Scene) => void>> = {tail: classBars, threshold: overlapBars, confident: bothCurves, shift: shiftedBox, cost: estimates};

function frame({root, width, height}: Scene, xLabel: string, yLabel: string, x: ReturnType<typeof scaleLinear>, top: number) {
  const y = scaleLinear([0, top], [height - edge.bottom, edge.top]);
  drawAxis(root.append("g"), {side: "left", scale: y, at: edge.left, label: yLabel, count: 4, grid: width - edge.left - edge.right});
  drawAxis(root.append("g"), {side: "bottom", scale: x as never, at: height - edge.bottom, label: xLabel, count: 5});
  return y;
}

function classBars(scene: Scene): void {
  const {root, points, width, height} = scene;
  const first = points[0]?.classes ?? [];
  const x = scaleLinear([0, Math.max(1, first.length)], [edge.left, width - edge.right]);
  const y = frame(scene, labels.classes, labels.ap, Object.assign(x.copy(), {ticks: () => []}) as never, 1);
  const bar = (width - edge.left - edge.right) / Math.max(1, first.length);
  const bars = root.append("g").selectAll("g").data(first.map(({count}, k) => ({count, k, aps: points.map(({classes}) => classes?.[k]?.ap ?? 0)}))).join("g");
  bars.append("rect").attr("class", "flaw-bar").attr("x", ({k}) => x(k) + 2).attr("width", bar - 4)
    .attr("y", ({aps}) => y(mean(aps) ?? 0)).attr("height", ({aps}) => y(0) - y(mean(aps) ?? 0));
  bars.append("line").attr("class", "flaw-whisker").attr("x1", ({k}) => x(k + 0.5)).attr("x2", ({k}) => x(k + 0.5))
    .attr("y1", ({aps}) => y(min(aps) ?? 0)).attr("y2", ({aps}) => y(max(aps) ?? 0));
  bars.append("text").attr("text-anchor", "middle").attr("x", ({k}) => x(k + 0.5)).attr("y", height - edge.bottom + 17).text(({count}) => count);
}

function overlapBars(scene: Scene): void {
  const {root, points, at, width, height} = scene;
  const [low, size] = [0.5, 0.025];
  const x = scaleLinear([low, 1], [edge.left, width - edge.right]);
  const count = (which: number) => Array.from({length: Math.round((1 - low) / size)}, (_, i) =>
    mean(points, ({overlaps}) => overlaps?.[which]?.filter((iou) => Math.floor((iou - low) / size + 1e-9) === i).length ?? 0) ?? 0);
  const sorts = [{name: labels.more, color: "var(--c2)", bins: count(0)}, {name: labels.tight, color: "var(--c1)", bins: count(1)}];
  const top = Math.max(1, ...sorts.flatMap(({bins}) => bins)) * 1.15;
  const y = frame(scene, labels.iou, labels.objects, x as never, top);
  root.append("rect").attr("class", "flaw-counted").attr("x", x(at)).attr("width", x(1) - x(at)).attr("y", edge.top).attr("height", height - edge.bottom - edge.top);
  root.append("text").attr("x", x(at) + 5).attr("y", edge.top + 12).text(`${labels.counted} →`);
  for (const {name, color, bins} of sorts) {
    const steps = bins.flatMap((value, i): [number, number][] => [[low + i * size, value], [low + (i + 1) * size, value]]);
    root.append("path").attr("class", "flaw-line").style("stroke", color).attr("d", line<[number, number]>(([v]) => x(v), ([, n]) => y(n))(steps));
    const peak = bins.indexOf(Math.max(...bins));
    if (bins[peak]! > 0) {
      root.append("text").attr("class", "on-paper").style("fill", color).attr("text-anchor", peak > bins.length - 4 ? "end" : "start")
        .attr("x", x(low + (peak + (peak > bins.length - 4 ? 1 : 0)) * size)).attr("y", y(bins[peak]!) - 6).text(name);
    }
  }
}

function bothCurves(scene: Scene): void {
  const {root, points, width} = scene;
  const x = scaleLinear([0, 1], [edge.left, width - edge.right]);
  const y = frame(scene, labels.recall, labels.precision, x as never, 1);
  const curve = points[0]?.curve;
  if (!curve) return;
  const path = (precision: ArrayLike<number>) => line<number>((r) => x(r), (_, i) => y(precision[i]!))(curve.recall as number[]);
  root.append("path").attr("class", "flaw-line").style("stroke", "var(--ink-3)").attr("d", path(curve.precision));
  root.append("path").attr("class", "flaw-line").style("stroke", "var(--c2)").style("stroke-width", "2.5px").attr("d", path(precisionEnvelope(curve.precision)));
  root.append("text").attr("class", "on-paper").style("fill", "var(--c2)").attr("x", x(0.12)).attr("y", y(1) - 6).text(labels.envelope);
  root.append("text").attr("class", "on-paper").attr("x", x(0.09)).attr("y", y(0.28)).text(labels.raw);
}

function shiftedBox({root, at, width, height}: Scene): void {
  const truth: CocoBox = [0, 0, 200, 150];
  const box = misplaced(truth, [], 0, at);
  const scale = Math.min((width - 40) / 290, (height - 80) / 150);
  const [left, top] = [(width - 290 * scale) / 2, 40];
  const draw = ([x, y, w, h]: CocoBox, className: string, color: string) =>
    root.append("rect").attr("class", className).style("color", color).attr("x", left + x * scale).attr("y", top + y * scale).attr("width", w * scale).attr("height", h * scale);
  draw(truth, "flaw-truth", truthColor);
  const iou = cocoOverlap(box, truth, false);
  const color = iou >= 0.75 ? "var(--c3)" : iou >= 0.5 ? "var(--c2)" : "var(--c6)";
  draw(box, "flaw-found", color);
  root.append("text").attr("class", "on-paper").style("fill", truthColor).attr("x", left).attr("y", top - 7).text(labels.truth);
  root.append("text").attr("class", "strong on-paper").style("fill", color).attr("text-anchor", "end").attr("x", left + (box[0] + box[2]) * scale).attr("y", top - 7).text(labels.detection(iou.toFixed(2)));
  // How far the right edge may go for each threshold: s = (1 − t)/(1 + t).
  for (const [threshold, text, row] of [[0.75, labels.marks.threeQuarters, 0], [0.5, labels.marks.half, 1]] as const) {
    const limit = left + (truth[2] * (1 + (1 - threshold) / (1 + threshold))) * scale;
    const bottom = top + truth[3] * scale;
    root.append("line").attr("class", "flaw-limit").attr("x1", limit).attr("x2", limit).attr("y1", top).attr("y2", bottom + 10 + 15 * row);
    root.append("text").attr("text-anchor", "end").attr("x", limit - 4).attr("y", bottom + 14 + 15 * row).text(text);
  }
}

function estimates(scene: Scene): void {
  const {root, points, width, height} = scene;
  const images = [...new Set(points.map(({at}) => at))];
  const x = scaleLog([80, 2000], [edge.left, width - edge.right]);
  const axis = Object.assign((v: number) => x(v), {ticks: () => images, tickFormat: () => String, range: () => x.range()});
  const values = points.flatMap(({metrics: {ap = 0, sampleMean = 0, sampleSpread = 0}}) => [ap, sampleMean - sampleSpread, sampleMean + sampleSpread]);
  const y = scaleLinear([Math.min(0.4, ...values), Math.max(0.5, ...values)], [height - edge.bottom, edge.top]).nice(4);
  drawAxis(root.append("g"), {side: "left", scale: y, at: edge.left, label: labels.map, count: 4, grid: width - edge.left - edge.right});
  drawAxis(root.append("g"), {side: "bottom", scale: axis, at: height - edge.bottom, label: labels.images});
  for (const at of images) {
    const here = points.filter((point) => point.at === at).map(({metrics}) => metrics);
    const of = (key: string) => mean(here, (metrics) => metrics[key]!) ?? 0;
    const mark = (offset: number, middle: number, spread: number, color: string) => {
      root.append("line").attr("class", "flaw-whisker").style("stroke", color).attr("x1", x(at) + offset).attr("x2", x(at) + offset).attr("y1", y(middle - spread)).attr("y2", y(middle + spread));
      root.append("circle").attr("r", 4).style("fill", color).attr("cx", x(at) + offset).attr("cy", y(middle));
    };
    mark(-5, of("ap"), 0, "var(--c2)");
    mark(5, of("sampleMean"), of("sampleSpread"), "var(--c3)");
  }
  if (images.length === 0) return;
  root.append("text").attr("class", "on-paper").style("fill", "var(--c2)").attr("x", edge.left + 8).attr("y", height - edge.bottom - 26).text(labels.all);
  root.append("text").attr("class", "on-paper").style("fill", "var(--c3)").attr("x", edge.left + 8).attr("y", height - edge.bottom - 10).text(labels.sample);
}
