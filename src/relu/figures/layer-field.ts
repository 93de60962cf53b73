/** One activation's histograms side by side, a column for each layer: how the distribution travels through depth. */
import {select} from "d3-selection";
import {html} from "htl";
import {paintField} from "../../notebook/color-scale.js";
import type {ActivationName} from "../activations.js";
import {bins} from "../signal.js";
import {activationColors, activationLabels} from "./activation-look.js";

export interface LayerFieldState {
  /** Shares by bin, for each layer. */
  readonly histograms: readonly Float32Array[];
  /** Ends of the values' axis, as they are written beside it, and its middle. */
  readonly ends: readonly [low: string, middle: string, high: string];
  readonly reading: string;
  readonly at: number;
  readonly width: number;
  readonly height: number;
}

export interface LayerField {
  readonly element: HTMLElement;
  show(state: LayerFieldState): void;
}

const left = 40;
/** A bin with this share of all values is as bright as they come. */
const brightest = 0.2;

/** @param onHover the reader points at a layer (null: leaves) */
export function layerField(
  name: ActivationName,
  label: string,
  onHover: (layer: number | null) => void
): LayerField {
  const canvas = html`<canvas class="layer-field"></canvas>` as HTMLCanvasElement;
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "layer-marks")
    .attr("role", "img")
    .attr("aria-label", `${activationLabels[name]}: ${label}`);
  const texts = svg.append("g");
  const cursor = svg.append("line").attr("class", "x-cursor");
  const reading = html`<span class="number"></span>`;
  const element = html`<div class="layer-panel"><p><strong style=${`color: ${activationColors[name]}`}>${
    activationLabels[name]
  }</strong> ${reading}</p><div class="layer-stack">${canvas}${svg.node()}</div></div>`;
  let columns = 1;
  svg.on("pointermove pointerdown", (event: PointerEvent) => {
    const box = canvas.getBoundingClientRect();
    onHover(Math.max(0, Math.min(columns - 1, Math.floor(((event.clientX - box.left) / box.width) * columns))));
  });
  svg.on("pointerleave", () => onHover(null));
  let painted: unknown;
  return {
    element,
    show({histograms, ends, reading: text, at, width, height}) {
      columns = histograms.length;
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      Object.assign(canvas.style, {width: `${width - left}px`, height: `${height}px`, left: `${left}px`});
      if (painted !== histograms) {
        painted = histograms;
        Object.assign(canvas, {width: columns, height: bins});
        paintField(canvas, fieldOf(histograms), 1, [0, Math.sqrt(brightest)]);
      }
      texts
        .selectAll("text")
        .data([[ends[0], height - 1], [ends[1], height / 2 + 4], [ends[2], 10]] as const)
        .join("text")
        .attr("x", left - 6)
        .attr("text-anchor", "end")
        .attr("y", ([, y]) => y)
        .text(([end]) => end);
      const x = left + ((Math.min(at, columns - 1) + 0.5) / columns) * (width - left);
      cursor.attr("x1", x).attr("x2", x).attr("y1", 0).attr("y2", height);
      reading.textContent = text;
    }
  };
}

/** Row 0 is the highest bin. Roots of the shares, so that thin tails show; an empty bin stays transparent. */
function fieldOf(histograms: readonly Float32Array[]): Float32Array {
  const columns = histograms.length;
  return Float32Array.from({length: bins * columns}, (_, i) => {
    const share = histograms[i % columns]![bins - 1 - Math.floor(i / columns)]!;
    return share > 0 ? Math.sqrt(share) : NaN;
  });
}
