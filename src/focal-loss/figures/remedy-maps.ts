/** What each remedy's network says over the plane: a small map each, the data on it, the line at probability ½. */
import {contours} from "d3-contour";
import {select} from "d3-selection";
import {html} from "htl";
import {numberText} from "../../notebook/number-text.js";
import {themeColor} from "../../notebook/theme.js";
import type {LabelledPoints} from "../datasets.js";
import type {RemedyId} from "../remedies.js";
import {sigmoid} from "../sigmoid.js";
import {remedyColors, remedyNames} from "./remedy-look.js";

export interface MapPlane {
  readonly across: readonly [number, number];
  /** Upwards. */
  readonly up: readonly [number, number];
  /** Pixels of the field along a side. */
  readonly side: number;
}

/** Centres of the field's pixels, row by row from the top, [side²][2]. */
export function planePoints({across, up, side}: MapPlane): Float32Array {
  const points = new Float32Array(2 * side * side);
  for (let i = 0; i < side * side; i++) {
    points[2 * i] = across[0] + (((i % side) + 0.5) / side) * (across[1] - across[0]);
    points[2 * i + 1] = up[1] - ((Math.floor(i / side) + 0.5) / side) * (up[1] - up[0]);
  }
  return points;
}

export interface RemedyMaps {
  readonly element: HTMLElement;
  /** @param data points to draw; the same object is drawn once */
  layout(remedies: readonly RemedyId[], plane: MapPlane, data: LabelledPoints, size: number): void;
  /** @param logits over the plane, row by row */
  paint(id: RemedyId, logits: Float32Array): void;
  /** Says each map's average precision; NaN: not yet known. */
  tell(id: RemedyId, averagePrecision: number): void;
}

const labels = {
  map: (name: string) => `What the network trained with ${name} says over the plane`,
  ap: "AP "
};

/** Common points drawn: a picture of where they lie, not of each. */
const mostCommon = 350;
const mostRare = 250;

interface MapPanel {
  readonly element: HTMLElement;
  place(plane: MapPlane, data: LabelledPoints, size: number): void;
  paint(logits: Float32Array): void;
  readonly value: HTMLElement;
}

export function remedyMaps(): RemedyMaps {
  const element = html`<div class="remedy-maps"></div>`;
  const panels = new Map<RemedyId, MapPanel>();
  const panelOf = (id: RemedyId): MapPanel => {
    if (!panels.has(id)) panels.set(id, mapPanel(id));
    return panels.get(id)!;
  };
  return {
    element,
    layout(remedies, plane, data, size) {
      const wanted = remedies.map((id) => panelOf(id).element);
      if (wanted.length !== element.children.length || wanted.some((child, i) => element.children[i] !== child)) {
        element.replaceChildren(...wanted);
      }
      element.style.gridTemplateColumns = `repeat(auto-fill, ${size}px)`;
      for (const id of remedies) panelOf(id).place(plane, data, size);
    },
    paint: (id, logits) => panelOf(id).paint(logits),
    tell(id, averagePrecision) {
      const text = Number.isNaN(averagePrecision) ? "" : labels.ap + numberText(averagePrecision, 2);
      if (panelOf(id).value.textContent !== text) panelOf(id).value.textContent = text;
    }
  };
}

function mapPanel(id: RemedyId): MapPanel {
  const canvas = html`<canvas></canvas>` as HTMLCanvasElement;
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("role", "img")
    .attr("aria-label", labels.map(remedyNames[id]));
  const common = svg.append("path").attr("class", "common-points");
  const rare = svg.append("path").attr("class", "rare-points");
  const border = svg.append("path").attr("class", "half-line");
  const value = html`<span class="number"></span>`;
  const element = html`<div class="remedy-map"><p><strong style=${`color: ${remedyColors[id]}`}>${
    remedyNames[id]
  }</strong> ${value}</p><div class="map-stack">${canvas}${svg.node()}</div></div>`;
  let drawn: LabelledPoints | undefined;
  let placed = {side: 1, size: 1};
  let field: Float32Array | undefined;
  const drawBorder = () => {
    if (!field) return;
    const {side, size} = placed;
    const point = ([x = 0, y = 0]: readonly number[]) => `${((x / side) * size).toFixed(1)} ${((y / side) * size).toFixed(1)}`;
    const [line] = contours().size([side, side]).thresholds([0])(Array.from(field));
    // The polygon's way along the frame is no border between classes.
    const inside = (v: number) => v > 0.01 && v < side - 0.01;
    const rings = line?.coordinates.flat() ?? [];
    border.attr("d", rings.map((ring) => ring.map((p, i) => {
      const before = ring[i - 1];
      const along = before && (inside(p[0]!) && inside(p[1]!) || inside(before[0]!) && inside(before[1]!));
      return `${along ? "L" : "M"}${point(p)}`;
    }).join("")).join(""));
  };
  return {
    element,
    value,
    place(plane, data, size) {
      if (drawn === data && placed.size === size && placed.side === plane.side) return;
      if (drawn !== data) field = undefined;
      [drawn, placed] = [data, {side: plane.side, size}];
      if (!field) {
        canvas.width = canvas.height = plane.side;
        border.attr("d", "");
      }
      canvas.style.width = canvas.style.height = `${size}px`;
      svg.attr("width", size).attr("height", size).attr("viewBox", `0 0 ${size} ${size}`);
      common.attr("d", dots(data, 0, mostCommon, plane, size));
      rare.attr("d", dots(data, 1, mostRare, plane, size));
      drawBorder();
    },
    paint(logits) {
      field = logits;
      paintProbability(canvas, logits);
      drawBorder();
    }
  };
}

/** Points of a class as zero-length strokes, round ones: one path for all. */
function dots({points, labels: classes}: LabelledPoints, label: number, most: number, plane: MapPlane, size: number): string {
  const {across, up} = plane;
  const marks: string[] = [];
  const stride = Math.max(1, classes.reduce((sum, value) => sum + Number(value === label), 0) / most);
  let [seen, next] = [0, 0];
  classes.forEach((value, i) => {
    if (value !== label || seen++ < next) return;
    next += stride;
    const x = ((points[2 * i]! - across[0]) / (across[1] - across[0])) * size;
    const y = ((up[1] - points[2 * i + 1]!) / (up[1] - up[0])) * size;
    if (x >= 0 && x <= size && y >= 0 && y <= size) marks.push(`M${x.toFixed(1)} ${y.toFixed(1)}h0`);
  });
  return marks.join("");
}

/** From the paper's colour where the rare class is ruled out to orange where it is certain. */
function paintProbability(canvas: HTMLCanvasElement, logits: Float32Array): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(canvas.width, canvas.height);
  const [paper, rare] = [themeColor("--paper-2", canvas), themeColor("--c2", canvas)];
  for (let i = 0; i < logits.length; i++) {
    const share = 0.75 * sigmoid(logits[i]!);
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = paper[c]! + share * (rare[c]! - paper[c]!);
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
