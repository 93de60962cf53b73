/** What the network answers over its inputs, with the data it learns from. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {html} from "htl";
import {paintField} from "../../notebook/color-scale.js";
import type {TrainingData} from "../../networks/train-network.js";
import type {UnitMaps} from "./one-network-maps.js";

const labels = {
  classes: "Probability that the network gives class 1 over both inputs, with the points of the data",
  values: "The network’s function, with the points of the data"
};

export interface SurfaceState {
  readonly data: TrainingData;
  readonly inputs: number;
  readonly domain: readonly [number, number];
  readonly maps: UnitMaps | null;
  /** The point that the stepper looks at. */
  readonly point: number;
  readonly size: number;
}

export interface Surface {
  readonly element: HTMLElement;
  show(state: SurfaceState): void;
  focus(parts: readonly string[]): void;
}

export function networkSurface(): Surface {
  const canvas = html`<canvas class="net-surface"></canvas>` as HTMLCanvasElement;
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "net-marks")
    .attr("role", "img")
    .attr("aria-label", labels.classes);
  const points = svg.append("g").attr("class", "net-points");
  const curve = svg.append("path").attr("class", "net-curve");
  const ring = svg.append("circle").attr("class", "net-ring").attr("r", 8);
  return {
    element: html`<div class="net-stack">${canvas}${svg.node()}</div>`,
    show({data, inputs, domain, maps, point, size}) {
      const classes = inputs === 2;
      svg.attr("width", size).attr("height", size).attr("viewBox", `0 0 ${size} ${size}`);
      svg.attr("aria-label", classes ? labels.classes : labels.values);
      Object.assign(canvas.style, {width: `${size}px`, height: `${size}px`});
      const x = scaleLinear(domain, [0, size]);
      const y = scaleLinear(domain, [size, 0]);
      const rows = Array.from({length: data.reportCount}, (_, i) => data.values.subarray(i * data.columns, (i + 1) * data.columns));
      const place = (row: Float32Array) => ({x: x(row[0]!), y: y(row[1]!)});
      points
        .selectAll("circle")
        .data(rows)
        .join("circle")
        .attr("cx", (row) => place(row).x)
        .attr("cy", (row) => place(row).y)
        .attr("r", 3)
        .attr("class", (row) => (!classes ? "value" : row[2]! > 0.5 ? "one" : "zero"));
      const at = place(rows[point] ?? rows[0]!);
      ring.attr("cx", at.x).attr("cy", at.y);
      curve.attr("d", maps && !classes ? curveOf(maps, size, y) : null);
      paint(canvas, classes && maps?.open.config.layers[0] === 2 ? maps : null);
    },
    focus: (parts) => void ring.classed("lit", parts.includes("point"))
  };
}

function paint(canvas: HTMLCanvasElement, maps: UnitMaps | null): void {
  const side = maps?.side ?? 1;
  Object.assign(canvas, {width: side, height: side});
  if (!maps) return;
  const {values, columns} = maps;
  const shares = Float32Array.from({length: side * side}, (_, i) => 1 / (1 + Math.exp(-values[(i + 1) * columns - 1]!)));
  paintField(canvas, shares, 1, [0, 1]);
}

function curveOf({values, columns, side}: UnitMaps, size: number, y: (value: number) => number): string {
  return Array.from({length: side}, (_, i) => `${i ? "L" : "M"}${(size * (i + 0.5)) / side} ${y(values[(i + 1) * columns - 1]!)}`).join("");
}
