/** One loss's landscape: the painted field, contour lines, the descent field, the boxes and a crosshair. */
import {contours} from "d3-contour";
import {pointer, select} from "d3-selection";
import {html} from "htl";
import {paintField} from "../../notebook/color-scale.js";
import {numberText} from "../../notebook/number-text.js";
import type {Box, LossKind} from "../iou.js";
import {kindColors, lossNames} from "./loss-look.js";

export interface Plane {
  /** Ends of the plane along its two axes, in data units. */
  readonly across: readonly [number, number];
  readonly down: readonly [number, number];
  /** Size on screen, and of the grid of values. */
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
}

export interface Reading {
  /** Where, on the plane. */
  readonly at: readonly [number, number];
  readonly value: number;
  /** −∂loss along the plane's axes. */
  readonly pull: readonly [number, number];
}

export interface SurfacePanel {
  readonly element: HTMLElement;
  /** Paints a computed field, [rows, columns, 3]. */
  paint(field: Float32Array, plane: Plane, range: readonly [number, number], arrows: boolean): void;
  /** Boxes to outline (none when the plane is not the image's), and the reading. */
  show(plane: Plane, boxes: readonly {readonly box: Box; readonly color: string}[], reading: Reading): void;
}

export interface SurfacePanelOptions {
  readonly kind: LossKind;
  readonly label: string;
  /** The reader points somewhere (null: leaves), or presses there. */
  readonly onHover: (at: readonly [number, number] | null) => void;
  readonly onPick: (at: readonly [number, number]) => void;
  /** Arrow keys: steps right and down. */
  readonly onNudge: (dx: number, dy: number) => void;
}

const arrowGap = 26;

export function surfacePanel({kind, label, onHover, onPick, onNudge}: SurfacePanelOptions): SurfacePanel {
  const canvas = html`<canvas class="field"></canvas>` as HTMLCanvasElement;
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "surface-marks")
    .attr("tabindex", 0)
    .attr("role", "application")
    .attr("aria-label", label);
  const levels = svg.append("path").attr("class", "contour");
  const shade = svg.append("path").attr("class", "arrow-shade");
  const arrowPath = svg.append("path").attr("class", "arrow");
  const outlines = svg.append("g");
  const cross = svg.append("path").attr("class", "crosshair");
  const value = html`<span class="number"></span>`;
  const element = html`<div class="surface"><p class="surface-name"><strong style=${`color: ${kindColors[kind]}`}>${
    lossNames[kind]
  }</strong> ${value}</p><div class="surface-stack">${canvas}${svg.node()}</div></div>`;

  let plane: Plane | undefined;
  const place = (event: PointerEvent): readonly [number, number] | null => {
    if (!plane) return null;
    const [px, py] = pointer(event, svg.node());
    const share = (v: number, [from, to]: readonly [number, number]) => from + Math.max(0, Math.min(1, v)) * (to - from);
    return [share(px / plane.width, plane.across), share(py / plane.height, plane.down)];
  };
  svg.on("pointerdown pointermove", (event: PointerEvent) => {
    const at = place(event);
    if (!at) return;
    if (event.buttons === 1) onPick(at);
    else onHover(at);
  });
  svg.on("pointerleave", () => onHover(null));
  svg.on("keydown", (event: KeyboardEvent) => {
    const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
    if (!way) return;
    event.preventDefault();
    onNudge(way[0]!, way[1]!);
  });

  return {
    element,
    paint(field, painted, range, arrows) {
      const {columns, rows, width, height} = painted;
      Object.assign(canvas, {width: columns, height: rows});
      // Low loss is what descent looks for: the bright end.
      paintField(canvas, field, 3, [range[1], range[0]]);
      levels.attr("d", contourPath(field, painted, range));
      const d = arrows ? arrowsPath(field, painted) : "";
      arrowPath.attr("d", d);
      shade.attr("d", d);
      svg.attr("viewBox", `0 0 ${width} ${height}`);
    },
    show(next, boxes, {at, value: loss, pull}) {
      plane = next;
      const {width, height, across, down} = next;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const x = (v: number) => ((v - across[0]) / (across[1] - across[0])) * width;
      const y = (v: number) => ((v - down[0]) / (down[1] - down[0])) * height;
      outlines
        .selectAll("rect")
        .data(boxes)
        .join("rect")
        .style("stroke", ({color}) => color)
        .attr("x", ({box}) => x(box[0]))
        .attr("y", ({box}) => y(box[1]))
        .attr("width", ({box}) => Math.max(0, x(box[2]) - x(box[0])))
        .attr("height", ({box}) => Math.max(0, y(box[3]) - y(box[1])));
      const [cx, cy] = [x(at[0]), y(at[1])];
      cross.attr("d", `M${cx - 9} ${cy}H${cx + 9}M${cx} ${cy - 9}V${cy + 9}`);
      value.textContent = `${numberText(loss, 3)}  pull (${numberText(pull[0], 2)}, ${numberText(pull[1], 2)})`;
    }
  };
}

function contourPath(field: Float32Array, {columns, rows, width, height}: Plane, [low, high]: readonly [number, number]): string {
  const values = Array.from({length: columns * rows}, (_, i) => field[3 * i]!);
  const thresholds = Array.from({length: 9}, (_, i) => low + ((high - low) * (i + 1)) / 10);
  const polygons = contours().size([columns, rows]).thresholds(thresholds)(values);
  const point = ([x, y]: readonly number[]) => `${((x! / columns) * width).toFixed(1)} ${((y! / rows) * height).toFixed(1)}`;
  return polygons
    .flatMap(({coordinates}) => coordinates.flat())
    .map((ring) => `M${ring.map(point).join("L")}`)
    .join("");
}

/** Arrows along −gradient; lengths grow with the root of the slope, so that gentle ground still shows its way. */
function arrowsPath(field: Float32Array, {columns, rows, width, height}: Plane): string {
  const [nx, ny] = [Math.floor(width / arrowGap), Math.floor(height / arrowGap)];
  const spots = Array.from({length: nx * ny}, (_, i) => {
    const [px, py] = [((i % nx) + 0.5) * (width / nx), (Math.floor(i / nx) + 0.5) * (height / ny)];
    const at = 3 * (Math.floor((py / height) * rows) * columns + Math.floor((px / width) * columns));
    return {px, py, dx: -field[at + 1]!, dy: -field[at + 2]!};
  });
  const steepest = Math.max(1e-9, ...spots.map(({dx, dy}) => Math.hypot(dx, dy)).filter(Number.isFinite));
  return spots
    .map(({px, py, dx, dy}) => {
      const slope = Math.hypot(dx, dy);
      if (!(slope > 1e-6 * steepest)) return "";
      const length = (0.25 + 0.75 * Math.sqrt(slope / steepest)) * arrowGap * 0.7;
      return arrow(px, py, Math.atan2(dy, dx), length);
    })
    .join("");
}

function arrow(x: number, y: number, angle: number, length: number): string {
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
  const [x1, y1, x2, y2] = [x - (ux * length) / 2, y - (uy * length) / 2, x + (ux * length) / 2, y + (uy * length) / 2];
  const barb = (turn: number) => `${(x2 - 4 * Math.cos(angle + turn)).toFixed(1)} ${(y2 - 4 * Math.sin(angle + turn)).toFixed(1)}`;
  const tip = `${x2.toFixed(1)} ${y2.toFixed(1)}`;
  return `M${x1.toFixed(1)} ${y1.toFixed(1)}L${tip}M${barb(0.6)}L${tip}L${barb(-0.6)}`;
}
