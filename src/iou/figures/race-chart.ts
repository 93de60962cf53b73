/** IoU against step, a curve for each loss, a cursor at the step shown; pointing into it goes to that step. */
import {scaleLinear} from "d3-scale";
import {pointer, select} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";
import {numberText} from "../../notebook/number-text.js";
import {laneAt} from "../race.js";
import type {Lane} from "../race.js";
import type {DescentStep} from "../regression.js";
import {kindColors, kindNames} from "./loss-look.js";

const labels = {
  iou: "IoU",
  step: "step",
  chart: "IoU of each loss's box against the step",
  drops: ["rate ÷ 10", "÷ 100"]
};
const margin = {top: 44, right: 88, bottom: 44, left: 44};

export interface RaceChartState {
  readonly lanes: readonly Lane[];
  readonly step: number;
  readonly steps: number;
  /** Steps at which the learning rate falls. */
  readonly drops: readonly number[];
  /** Size on screen. */
  readonly width: number;
  readonly height: number;
}

export interface RaceChart {
  readonly element: SVGSVGElement;
  show(state: RaceChartState): void;
}

/** @param go the reader points at a step */
export function raceChart(go: (step: number) => void): RaceChart {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "race-chart")
    .attr("role", "img")
    .attr("aria-label", labels.chart);
  const xAxis = svg.append("g");
  const yAxis = svg.append("g");
  const drops = svg.append("g").attr("class", "rate-drops");
  const curves = svg.append("g").attr("class", "curves");
  const ends = svg.append("g").attr("class", "curves");
  const cursor = svg.append("g").attr("class", "cursor");
  cursor.append("line");
  cursor.append("text").attr("class", "strong").attr("text-anchor", "middle").attr("y", 14);
  const dots = svg.append("g");
  const names = svg.append("g");
  const x = scaleLinear();
  const y = scaleLinear();

  svg.on("pointerdown pointermove", (event: PointerEvent) => {
    if (event.type === "pointermove" && event.buttons !== 1) return;
    // A drag that leaves the chart still scrubs; one by a finger may turn out to be a scroll.
    if (event.type === "pointerdown" && event.pointerType === "mouse") svg.node()!.setPointerCapture(event.pointerId);
    const [first = 0, last = 0] = x.domain();
    go(Math.round(Math.max(first, Math.min(last, x.invert(pointer(event, svg.node())[0])))));
  });

  return {
    element: svg.node()!,
    show({lanes, step, steps, drops: dropSteps, width, height}) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      x.domain([0, steps]).range([margin.left, width - margin.right]);
      y.domain([0, 1]).range([height - margin.bottom, margin.top]);
      drawAxis(xAxis, {side: "bottom", scale: x, at: y(0), label: labels.step, count: width < 480 ? 4 : 6});
      drawAxis(yAxis, {side: "left", scale: y, at: margin.left, label: labels.iou, grid: x(steps) - x(0)});
      const color = ({kind}: Lane) => kindColors[kind];
      const curve = line<DescentStep>((d) => x(d.step), (d) => y(d.iou));
      curves.selectAll("path").data(lanes).join("path").style("stroke", color).attr("d", ({path}) => curve(path));
      const lost = lanes.filter(({divergedAt}) => divergedAt !== null);
      ends.selectAll("path").data(lost).join("path").style("stroke", color).attr("d", ({path}) => {
        const last = path[path.length - 1]!;
        const [cx, cy] = [x(last.step), y(last.iou)];
        return `M${cx - 4} ${cy - 4}l8 8m0-8l-8 8`;
      });
      dots
        .selectAll("circle")
        .data(lanes)
        .join("circle")
        .attr("r", 3.5)
        .style("fill", color)
        .attr("cx", (lane) => x(laneAt(lane, step).step))
        .attr("cy", (lane) => y(laneAt(lane, step).iou));
      drawCursor(cursor, step, x(step), y.range() as [number, number]);
      drawDrops(drops, dropSteps.map((drop) => x(drop)), y(0), y(1));
      drawEndLabels(names, lanes.map((lane) => endLabel(lane, y)), x(steps) + 8, y(0));
    }
  };
}

type Group = ReturnType<typeof select<SVGGElement, unknown>>;

function drawCursor(group: Group, step: number, at: number, [bottom, top]: readonly [number, number]): void {
  group.select("line").attr("x1", at).attr("x2", at).attr("y1", bottom).attr("y2", top - 22);
  group.select("text").attr("x", at).text(`${labels.step} ${step}`);
}

/** Where the learning rate falls, named above the plot. */
function drawDrops(group: Group, places: readonly number[], bottom: number, top: number): void {
  group.selectAll("line").data(places).join("line").attr("y1", bottom).attr("y2", top - 6)
    .attr("x1", (place) => place).attr("x2", (place) => place);
  group.selectAll("text").data(places).join("text").attr("y", top - 8)
    .attr("x", (place, i) => place + (i === 0 ? -3 : 3))
    .attr("text-anchor", (_, i) => (i === 0 ? "end" : "start"))
    .text((_, i) => labels.drops[i]!);
}

/** The loss and where its curve ends: its last IoU, or a cross where it diverged. */
function endLabel({kind, path, divergedAt}: Lane, y: (iou: number) => number) {
  const {iou} = path[path.length - 1]!;
  const text = `${kindNames[kind]} ${divergedAt === null ? numberText(iou, 2) : "×"}`;
  return {text, color: kindColors[kind], y: y(iou)};
}
