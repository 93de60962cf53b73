/** A decision surface with the points on it; a point can be picked. */
import {html} from "htl";
import {scaleLinear} from "d3-scale";
import type {ScaleLinear} from "d3-scale";
import {select} from "d3-selection";
import type {Selection} from "d3-selection";
import {drawAxis} from "../../notebook/axis.js";
import {themeColor} from "../../notebook/theme.js";
import type {Frame} from "../plane-fit.js";
import type {PlaneAxis} from "../plane-samples.js";

export interface PlanePanelOptions {
  readonly color: string;
  readonly label: string;
  /** Of the grid that the surface is painted on. */
  readonly columns: number;
  readonly rows: number;
  readonly onPick: (row: number) => void;
}

export interface PlanePanelState {
  /** Where each row is drawn, x and y; NaN is missing. */
  readonly places: Float32Array;
  readonly axes: readonly [PlaneAxis, PlaneAxis];
  readonly frame: Frame;
  /** From class 0's colour (0) over paper (0.5) to class 1's (1), row by row from the top; none yet, if absent. */
  readonly shares: Float32Array | undefined;
  readonly colorOf: (row: number) => string;
  readonly picked: number;
  /** Rows to stand out; all, if null. */
  readonly lit: ReadonlySet<number> | null;
  readonly title: string;
  readonly width: number;
}

type Group = Selection<SVGGElement, unknown, null, undefined>;
const numbersMargin = {top: 44, right: 10, bottom: 44, left: 52};
const wordsMargin = {top: 44, right: 10, bottom: 74, left: 68};

export function planePanel({color, label, columns, rows: gridRows, onPick}: PlanePanelOptions) {
  const canvas = html`<canvas width=${columns} height=${gridRows} role="img" aria-label=${label}></canvas>` as HTMLCanvasElement;
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("class", "plane-marks").attr("role", "img").attr("aria-label", label);
  const element = html`<div class="plane-panel">${canvas}${svg.node()}</div>`;
  const title = svg.append("text").attr("class", "library-name").attr("y", 14).style("--library", color);
  const axisGroups = [svg.append("g"), svg.append("g")] as const;
  const points = svg.append("g").attr("class", "plane-points");
  const ring = svg.append("circle").attr("class", "picked").attr("r", 8);
  const [x, y] = [scaleLinear(), scaleLinear()];
  return {
    element,
    show({places, axes, frame, shares, colorOf, picked, lit, title: text, width}: PlanePanelState) {
      const height = Math.round(width * 0.72);
      const margin = axes[0].words || axes[1].words ? wordsMargin : numbersMargin;
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      x.domain(frame.x).range([margin.left, width - margin.right]);
      y.domain(frame.y).range([height - margin.bottom, margin.top]);
      Object.assign(canvas.style, {
        left: `${margin.left}px`, top: `${margin.top}px`,
        width: `${width - margin.left - margin.right}px`, height: `${height - margin.top - margin.bottom}px`
      });
      paint(canvas, shares);
      title.attr("x", margin.left).text(text);
      drawSide(axisGroups[0], "bottom", x, height - margin.bottom, axes[0]);
      drawSide(axisGroups[1], "left", y, margin.left, axes[1]);
      // A missing value is drawn at the plane's lower end.
      const at = (row: number, column: 0 | 1) => {
        const value = places[2 * row + column]!;
        return Number.isNaN(value) ? [frame.x, frame.y][column]![0] : value;
      };
      const count = places.length / 2;
      points.selectAll<SVGCircleElement, number>("circle").data(Array.from({length: count}, (_, row) => row)).join("circle")
        .attr("cx", (row) => x(at(row, 0))).attr("cy", (row) => y(at(row, 1))).attr("r", count > 400 ? 2.6 : 3.4)
        .style("fill", colorOf)
        .style("opacity", (row) => (!lit || lit.has(row) ? 1 : 0.15))
        .on("click", (_, row) => onPick(row));
      const isPicked = picked >= 0 && picked < count;
      ring.attr("display", isPicked ? null : "none");
      if (isPicked) ring.attr("cx", x(at(picked, 0))).attr("cy", y(at(picked, 1)));
    }
  };
}

/** An axis of numbers, or of words: those below stand aslant. */
function drawSide(group: Group, side: "bottom" | "left", scale: ScaleLinear<number, number>, at: number, {name, words}: PlaneAxis): void {
  if (!words) return drawAxis(group, {side, scale, at, label: name, count: 5});
  const bottom = side === "bottom";
  group.attr("class", "axis").selectAll("*").remove();
  const [start = 0, end = 0] = scale.range();
  for (const [i, word] of words.entries()) {
    const place = scale(i);
    const text = group.append("text").text(word).attr("text-anchor", "end");
    if (bottom) text.attr("transform", `translate(${place + 4},${at + 12}) rotate(-40)`);
    else text.attr("x", at - 6).attr("y", place + 4);
  }
  group.append("line").attr(bottom ? "x1" : "y1", start).attr(bottom ? "x2" : "y2", end).attr(bottom ? "y1" : "x1", at).attr(bottom ? "y2" : "x2", at);
  const label = group.append("text").attr("class", "strong").text(name);
  if (bottom) label.attr("x", end).attr("y", at + 68).attr("text-anchor", "end");
  else label.attr("x", 0).attr("y", Math.min(start, end) - 12);
}

/** Scores as probabilities. */
export function classShares(scores: Float32Array): Float32Array {
  return scores.map((score) => 1 / (1 + Math.exp(-score)));
}

function paint(canvas: HTMLCanvasElement, shares: Float32Array | undefined): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  if (!shares) return context.clearRect(0, 0, canvas.width, canvas.height);
  const [zero, one, paper] = [themeColor("--c2", canvas), themeColor("--c1", canvas), themeColor("--paper", canvas)];
  const image = context.createImageData(canvas.width, canvas.height);
  shares.forEach((p, i) => {
    const [strong, share] = p > 0.5 ? [one, 2 * p - 1] : [zero, 1 - 2 * p];
    for (let k = 0; k < 3; k++) image.data[4 * i + k] = paper[k]! + 0.72 * share * (strong[k]! - paper[k]!);
    image.data[4 * i + 3] = 255;
  });
  context.putImageData(image, 0, 0);
}
