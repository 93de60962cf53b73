/** The measured probability by depth and width, a cell each; bright cells are dead networks. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {html} from "htl";
import {drawAxis} from "../../notebook/axis.js";
import {paintField} from "../../notebook/color-scale.js";

const labels = {
  map: "Probability of being born dead by depth and width; arrow keys move the reading",
  width: "width",
  depth: "layers"
};
const margin = {top: 26, right: 8, bottom: 44, left: 40};

export interface BornDeadMapState {
  /** [widths][depths]; NaN where nothing is counted yet. */
  readonly shares: Float32Array;
  readonly widths: readonly number[];
  readonly depths: readonly number[];
  /** The cell that is read. */
  readonly at: readonly [depth: number, width: number];
  /** For each width, the depth at which half of the networks are dead, measured and by the bound; null if beyond. */
  readonly halves: readonly {readonly measured: number | null; readonly bound: number | null}[];
  readonly width: number;
  readonly height: number;
}

export interface BornDeadMap {
  readonly element: HTMLElement;
  show(state: BornDeadMapState): void;
}

export interface BornDeadMapOptions {
  readonly onHover: (at: readonly [depth: number, width: number] | null) => void;
  readonly onPick: (at: readonly [depth: number, width: number]) => void;
  /** Arrow keys: so many layers and units more. */
  readonly onNudge: (depth: number, width: number) => void;
}

export function bornDeadMap({onHover, onPick, onNudge}: BornDeadMapOptions): BornDeadMap {
  const canvas = html`<canvas class="dead-field"></canvas>` as HTMLCanvasElement;
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "dead-marks")
    .attr("tabindex", 0)
    .attr("role", "application")
    .attr("aria-label", labels.map);
  const xAxis = svg.append("g");
  const yAxis = svg.append("g");
  const measured = svg.append("path").attr("class", "half");
  const bound = svg.append("path").attr("class", "half bound");
  const cell = svg.append("rect").attr("class", "dead-cell");
  const element = html`<div class="dead-stack">${canvas}${svg.node()}</div>`;
  let state: BornDeadMapState | undefined;
  const place = (event: PointerEvent): readonly [number, number] | null => {
    if (!state) return null;
    const box = canvas.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * state.depths.length);
    const row = Math.floor(((event.clientY - box.top) / box.height) * state.widths.length);
    const depth = state.depths[column];
    const width = state.widths[state.widths.length - 1 - row];
    return depth === undefined || width === undefined ? null : [depth, width];
  };
  svg.on("pointerdown pointermove", (event: PointerEvent) => {
    const at = place(event);
    if (at && event.buttons === 1) onPick(at);
    else onHover(at);
  });
  svg.on("pointerleave", () => onHover(null));
  svg.on("keydown", (event: KeyboardEvent) => {
    const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}[event.key];
    if (!way) return;
    event.preventDefault();
    onNudge(way[0]!, way[1]!);
  });
  return {
    element,
    show(next) {
      state = next;
      const {shares, widths, depths, at, halves, width, height} = next;
      const [across, up] = [width - margin.left - margin.right, height - margin.top - margin.bottom];
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      Object.assign(canvas, {width: depths.length, height: widths.length});
      Object.assign(canvas.style, {
        left: `${margin.left}px`, top: `${margin.top}px`, width: `${across}px`, height: `${up}px`
      });
      paintField(canvas, shares, 1, [0, 1]);
      const x = scaleLinear([depths[0]! - 0.5, depths[depths.length - 1]! + 0.5], [margin.left, width - margin.right]);
      const row = up / widths.length;
      const y = (each: number) => margin.top + (widths.length - 1 - widths.indexOf(each)) * row;
      drawAxis(xAxis, {side: "bottom", scale: x, at: height - margin.bottom, label: labels.depth, count: 6});
      drawRows(yAxis, widths.map((each) => ({name: String(each), y: y(each) + row / 2 + 4})));
      const path = (which: "measured" | "bound") =>
        halves
          .map((half, i) => ({depth: half[which], top: y(widths[i]!)}))
          .filter((half): half is {depth: number; top: number} => half.depth !== null)
          .map(({depth, top}, i) => `${i ? "L" : "M"}${x(depth - 0.5)} ${top + row}V${top}`)
          .join("");
      measured.attr("d", path("measured"));
      bound.attr("d", path("bound"));
      cell
        .attr("x", x(at[0] - 0.5))
        .attr("width", Math.max(4, x(1) - x(0)))
        .attr("y", y(at[1]))
        .attr("height", row);
    }
  };
}

function drawRows(group: ReturnType<typeof select<SVGGElement, unknown>>, rows: readonly {name: string; y: number}[]): void {
  const texts = [...rows.map((row) => ({...row, x: margin.left - 8, strong: false}))];
  group
    .selectAll("text")
    .data([...texts, {name: labels.width, y: margin.top - 10, x: margin.left + 2, strong: true}])
    .join("text")
    .attr("x", ({x}) => x)
    .attr("y", ({y}) => y)
    .attr("class", ({strong}) => (strong ? "strong" : null))
    .attr("text-anchor", ({strong}) => (strong ? "middle" : "end"))
    .text(({name}) => name);
}
