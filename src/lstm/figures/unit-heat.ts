/** Units over time as a field of colour, with the sequence below it. */
import {html} from "htl";
import {colorBar, paintField} from "../../notebook/color-scale.js";
import type {RowLook} from "./cell-look.js";

export interface UnitHeat {
  readonly element: HTMLElement;
  show(title: string, units: readonly Float64Array[], look: RowLook, symbols: readonly string[]): void;
}

const labels = {
  waiting: "Units over time, once the networks are made",
  picture: (title: string, units: number, steps: number) => `${title}: ${units} units from top to bottom, ${steps} steps from left to right`
};

export function unitHeat(): UnitHeat {
  const title = html`<p class="strong"></p>`;
  const canvas = html`<canvas role="img" aria-label=${labels.waiting}></canvas>` as HTMLCanvasElement;
  const symbols = html`<div class="heat-symbols" aria-hidden="true"></div>`;
  const bar = colorBar();
  let shown = "";
  return {
    element: html`<div class="heat">${title}${canvas}${symbols}${bar.element}</div>`,
    show(name, units, {low, high}, texts) {
      const steps = texts.length;
      title.textContent = name;
      canvas.setAttribute("aria-label", labels.picture(name, units.length, steps));
      // Each number is a block of pixels, so that a downloaded picture is large enough to see.
      const [wide, tall] = [Math.max(1, Math.floor(640 / steps)), 8];
      if (canvas.width !== steps * wide) canvas.width = steps * wide;
      if (canvas.height !== units.length * tall) canvas.height = units.length * tall;
      const field = new Float32Array(canvas.width * canvas.height);
      for (let y = 0; y < canvas.height; y++)
        for (let x = 0; x < canvas.width; x++) field[y * canvas.width + x] = units[Math.floor(y / tall)]![Math.floor(x / wide)]!;
      if (units.length > 0) paintField(canvas, field, 1, [low, high]);
      bar.show(String(low).replace("-", "−"), String(high));
      const key = texts.join();
      if (key === shown) return;
      shown = key;
      symbols.replaceChildren(...texts.map((text) => html`<span>${text.startsWith("+") ? "▲" : text.length > 1 ? "" : text}</span>`));
    }
  };
}
