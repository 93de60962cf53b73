/** A sequential colour scale for fields painted on a canvas: even to the eye and safe for every colour vision. */
import {interpolateCividis} from "d3-scale-chromatic";

/** Cividis in 256 steps as RGBA bytes in the canvas's byte order: dark blue for 0, yellow for 1. */
const colors: Uint32Array = (() => {
  const bytes = new Uint8ClampedArray(4 * 256);
  for (let i = 0; i < 256; i++) {
    const [r = 0, g = 0, b = 0] = (interpolateCividis(i / 255).match(/\d+/g) ?? []).map(Number);
    bytes.set([r, g, b, 255], 4 * i);
  }
  return new Uint32Array(bytes.buffer);
})();

/** The colour of `share` (0–1, clamped) as a pixel of ImageData seen as Uint32Array. */
export function sequentialPixel(share: number): number {
  return colors[Math.round(255 * Math.max(0, Math.min(1, share)))]!;
}

/** The colour of `share` (0–1, clamped) as a CSS string. */
export function sequentialColor(share: number): string {
  return interpolateCividis(Math.max(0, Math.min(1, share)));
}

/**
 * Paints a field: `values[i × stride]` is pixel i, row by row; `low` is dark, `high` bright (or, with low > high, the
 * other way round). What is no number stays transparent.
 */
export function paintField(
  canvas: HTMLCanvasElement,
  values: Float32Array,
  stride: number,
  [low, high]: readonly [number, number]
): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  const scale = 255 / (high - low || 1);
  for (let i = 0; i < pixels.length; i++) {
    const value = values[i * stride]!;
    if (!Number.isFinite(value)) continue;
    pixels[i] = colors[Math.max(0, Math.min(255, Math.round((value - low) * scale)))]!;
  }
  context.putImageData(image, 0, 0);
}

/** A bar of the scale with its ends named, as an element to place beside a field. */
export function colorBar(): {element: HTMLElement; show(low: string, high: string): void} {
  const bar = document.createElement("span");
  bar.className = "color-bar";
  const stops = Array.from({length: 11}, (_, i) => sequentialColor(i / 10)).join(", ");
  const strip = document.createElement("span");
  strip.style.background = `linear-gradient(to right, ${stops})`;
  const [from, to] = [document.createElement("span"), document.createElement("span")];
  bar.append(from, strip, to);
  return {
    element: bar,
    show(low, high) {
      from.textContent = low;
      to.textContent = high;
    }
  };
}
