/** Where the error remains: each anchor point coloured by the mean error of its 343 boxes, one disc for each lane. */
import {html} from "htl";
import {sequentialPixel} from "../../notebook/color-scale.js";
import {numberText} from "../../notebook/number-text.js";
import {center, radius} from "../experiment.js";
import type {AnchorPoint} from "../experiment.js";
import type {KindResult} from "../experiment.training.js";
import type {LaneId} from "./experiment-runs.js";
import {laneColor, laneName} from "./experiment-look.js";

/** Errors at the ends of the colours, on a logarithmic scale. */
export const errorRange = [1e-3, 10] as const;

const labels = {disc: "Error by anchor point", at: (error: string, x: string, y: string) => `${error} at (${x}, ${y})`};

/** Low error is bright. */
function colorOf(error: number): number {
  const [low, high] = errorRange.map(Math.log10) as [number, number];
  return sequentialPixel(1 - (Math.log10(Math.max(error, 1e-12)) - low) / (high - low));
}

export interface ExperimentDiscs {
  readonly element: HTMLElement;
  show(lanes: ReadonlyMap<LaneId, KindResult>, points: readonly AnchorPoint[], size: number): void;
}

interface Disc {
  readonly element: HTMLElement;
  draw(result: KindResult, points: readonly AnchorPoint[], size: number): void;
}

export function experimentDiscs(): ExperimentDiscs {
  const element = html`<div class="discs"></div>`;
  const discs = new Map<LaneId, Disc>();
  return {
    element,
    show(lanes, points, size) {
      for (const [id, disc] of discs) {
        if (lanes.has(id)) continue;
        disc.element.remove();
        discs.delete(id);
      }
      for (const [id, result] of lanes) {
        let disc = discs.get(id);
        if (!disc) discs.set(id, (disc = createDisc(id)));
        if (!disc.element.isConnected) element.append(disc.element);
        disc.draw(result, points, size);
      }
    }
  };
}

function createDisc(id: LaneId): Disc {
  const canvas = html`<canvas role="img" aria-label=${`${labels.disc}, ${laneName(id)}`}></canvas>` as HTMLCanvasElement;
  const text = html`<span class="number"></span>`;
  const element = html`<div class="disc"><p><strong style=${`color: ${laneColor(id)}`}>${laneName(id)}</strong> ${text}</p>${canvas}</div>`;
  let drawn: {result: KindResult; points: readonly AnchorPoint[]; size: number} | undefined;
  const mean = () => {
    const curve = drawn?.result.curve ?? [];
    text.textContent = numberText(curve[curve.length - 1] ?? NaN, 3);
  };
  canvas.addEventListener("pointermove", (event) => {
    if (!drawn) return;
    const [x, y] = [event.offsetX, event.offsetY].map((v, i) => center[i]! + (v / drawn!.size - 0.5) * 2 * radius * 1.04);
    const i = nearest(drawn.points, x!, y!);
    const [px, py] = drawn.points[i]!;
    text.textContent = labels.at(numberText(drawn.result.errorByPoint[i]!, 3), px.toFixed(1), py.toFixed(1));
  });
  canvas.addEventListener("pointerleave", mean);
  return {
    element,
    draw(result, points, size) {
      if (drawn?.result.errorByPoint === result.errorByPoint && drawn.size === size) return;
      drawn = {result, points, size};
      paint(canvas, result.errorByPoint, points, size);
      mean();
    }
  };
}

/** Squares written as pixels: five thousand fills of a canvas would hold up the page. */
function paint(canvas: HTMLCanvasElement, errors: Float32Array, points: readonly AnchorPoint[], size: number): void {
  const side = Math.round(size * Math.min(2, devicePixelRatio));
  if (canvas.width !== side) canvas.width = canvas.height = side;
  canvas.style.width = canvas.style.height = `${size}px`;
  const context = canvas.getContext("2d")!;
  const image = context.createImageData(side, side);
  const pixels = new Uint32Array(image.data.buffer);
  const scale = side / (2 * radius * 1.04);
  // Squares as large as the room they have, so that few points fill the disc as well as many.
  const dot = Math.max(2, Math.round(1.2 * scale * radius * Math.sqrt(Math.PI / points.length)));
  points.forEach(([x, y], i) => {
    const color = colorOf(errors[i]!);
    const left = Math.max(0, Math.round(side / 2 + (x - center[0]) * scale - dot / 2));
    const top = Math.max(0, Math.round(side / 2 + (y - center[1]) * scale - dot / 2));
    const right = Math.min(side, left + dot);
    for (let row = top; row < Math.min(side, top + dot); row++) pixels.fill(color, row * side + left, row * side + right);
  });
  context.putImageData(image, 0, 0);
}

function nearest(points: readonly AnchorPoint[], x: number, y: number): number {
  let best = 0;
  let distance = Infinity;
  points.forEach(([px, py], i) => {
    const d = (px - x) ** 2 + (py - y) ** 2;
    if (d < distance) [best, distance] = [i, d];
  });
  return best;
}
