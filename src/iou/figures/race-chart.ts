/** IoU against step, a curve for each loss, a cursor at the step shown; pointing into it goes to that step. */
import {scaleLinear} from "d3-scale";
import {pointer, select} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";
import {numberText} from "../../notebook/number-text.js";
import type {Lane} from "../race.js";
import type {DescentStep} from "../regression.js";
import {kindColors, kindNames} from "./loss-look.js";

const labels = {iou: "IoU", step: "step", chart: "IoU of each loss's box against the step"};
const margin = {top: 26, right: 112, bottom: 44, left: 44};

export interface RaceChart {
  readonly element: SVGSVGElement;
  show(lanes: readonly Lane[], step: number, steps: number, width: number, height: number, go: (step: number) => void): void;
}

export function raceChart(): RaceChart {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "race-chart")
    .attr("role", "img")
    .attr("aria-label", labels.chart);
  const xAxis = svg.append("g");
  const yAxis = svg.append("g");
  const curves = svg.append("g").attr("class", "curves");
  const cursor = svg.append("line").attr("class", "cursor");
  const dots = svg.append("g");
  const names = svg.append("g");
  return {
    element: svg.node()!,
    show(lanes, step, steps, width, height, go) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const x = scaleLinear([0, steps], [margin.left, width - margin.right]);
      const y = scaleLinear([0, 1], [height - margin.bottom, margin.top]);
      drawAxis(xAxis, {side: "bottom", scale: x, at: y(0), label: labels.step});
      drawAxis(yAxis, {side: "left", scale: y, at: margin.left, label: labels.iou, grid: x(steps) - x(0)});
      const curve = line<DescentStep>((d) => x(d.step), (d) => y(d.iou));
      curves
        .selectAll("path")
        .data(lanes)
        .join("path")
        .style("stroke", ({kind}) => kindColors[kind])
        .attr("d", ({path}) => curve(path));
      cursor.attr("x1", x(step)).attr("x2", x(step)).attr("y1", y(0)).attr("y2", y(1));
      dots
        .selectAll("circle")
        .data(lanes)
        .join("circle")
        .attr("r", 3.5)
        .style("fill", ({kind}) => kindColors[kind])
        .attr("cx", ({path}) => x(Math.min(step, path.length - 1)))
        .attr("cy", ({path}) => y(path[Math.min(step, path.length - 1)]!.iou));
      const ends = lanes.map(({kind, path}) => ({
        text: `${kindNames[kind]} ${numberText(path[Math.min(step, path.length - 1)]!.iou, 3)}`,
        color: kindColors[kind],
        y: y(path[path.length - 1]!.iou)
      }));
      drawEndLabels(names, ends, x(steps) + 8, y(0));
      svg.on("pointerdown pointermove", (event: PointerEvent) => {
        if (event.type === "pointermove" && event.buttons !== 1) return;
        go(Math.round(Math.max(0, Math.min(steps, x.invert(pointer(event)[0])))));
      });
    }
  };
}
