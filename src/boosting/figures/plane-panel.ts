/** One library's decision surface with the points on it; a point can be picked. */
import {html} from "htl";
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {drawAxis} from "../../notebook/axis.js";
import {themeColor} from "../../notebook/theme.js";
import {gridColumns, gridRows} from "../plane-fit.js";
import type {Frame} from "../plane-fit.js";
import type {Table} from "../table.js";

export interface PlanePanelState {
  readonly data: Table;
  readonly frame: Frame;
  readonly scores: Float32Array;
  readonly picked: number;
  /** Rows to stand out; all, if null. */
  readonly lit: ReadonlySet<number> | null;
  readonly title: string;
  readonly names: readonly [x: string, y: string];
  readonly width: number;
}

const margin = {top: 44, right: 10, bottom: 44, left: 52};

export function planePanel(color: string, label: string, onPick: (row: number) => void) {
  const canvas = html`<canvas width=${gridColumns} height=${gridRows} role="img" aria-label=${label}></canvas>` as HTMLCanvasElement;
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("class", "plane-marks").attr("role", "img").attr("aria-label", label);
  const element = html`<div class="plane-panel">${canvas}${svg.node()}</div>`;
  const title = svg.append("text").attr("class", "library-name").attr("x", margin.left).attr("y", 14).style("--library", color);
  const axes = [svg.append("g"), svg.append("g")] as const;
  const points = svg.append("g").attr("class", "plane-points");
  const ring = svg.append("circle").attr("class", "picked").attr("r", 8);
  const [x, y] = [scaleLinear(), scaleLinear()];
  return {
    element,
    show({data, frame, scores, picked, lit, title: text, names, width}: PlanePanelState) {
      const height = Math.round(width * 0.72);
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      x.domain(frame.x).range([margin.left, width - margin.right]);
      y.domain(frame.y).range([height - margin.bottom, margin.top]);
      Object.assign(canvas.style, {
        left: `${margin.left}px`, top: `${margin.top}px`,
        width: `${width - margin.left - margin.right}px`, height: `${height - margin.top - margin.bottom}px`
      });
      paint(canvas, scores);
      title.text(text);
      drawAxis(axes[0], {side: "bottom", scale: x, at: height - margin.bottom, label: names[0], count: 5});
      drawAxis(axes[1], {side: "left", scale: y, at: margin.left, label: names[1], count: 5});
      // A missing value is drawn at the plane's lower end.
      const at = (row: number, column: 0 | 1) => {
        const value = data.features[2 * row + column]!;
        return Number.isNaN(value) ? [frame.x, frame.y][column]![0] : value;
      };
      const rows = Array.from(data.labels, (_, row) => row);
      points.selectAll<SVGCircleElement, number>("circle").data(rows).join("circle")
        .attr("cx", (row) => x(at(row, 0))).attr("cy", (row) => y(at(row, 1))).attr("r", 3.4)
        .attr("class", (row) => (data.labels[row] === 1 ? "one" : "zero"))
        .style("opacity", (row) => (!lit || lit.has(row) ? 1 : 0.15))
        .on("click", (_, row) => onPick(row));
      const isPicked = picked >= 0 && picked < data.rows;
      ring.attr("display", isPicked ? null : "none");
      if (isPicked) ring.attr("cx", x(at(picked, 0))).attr("cy", y(at(picked, 1)));
    }
  };
}

/** From class 0's colour over paper to class 1's, by probability. */
function paint(canvas: HTMLCanvasElement, scores: Float32Array): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const [zero, one, paper] = [themeColor("--c2", canvas), themeColor("--c1", canvas), themeColor("--paper", canvas)];
  const image = context.createImageData(gridColumns, gridRows);
  scores.forEach((score, i) => {
    const p = 1 / (1 + Math.exp(-score));
    const [strong, share] = p > 0.5 ? [one, 2 * p - 1] : [zero, 1 - 2 * p];
    for (let k = 0; k < 3; k++) image.data[4 * i + k] = paper[k]! + 0.72 * share * (strong[k]! - paper[k]!);
    image.data[4 * i + 3] = 255;
  });
  context.putImageData(image, 0, 0);
}
