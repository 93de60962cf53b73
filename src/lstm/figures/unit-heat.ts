/** Units over time as a field of colour, with the sequence below it. */
import {html} from "htl";
import {colorBar, paintField} from "../../notebook/color-scale.js";
import type {RowLook} from "./cell-look.js";

export interface UnitHeatView {
  readonly title: string;
  /** [rows][steps] */
  readonly units: readonly Float64Array[];
  readonly look: RowLook;
  readonly symbols: readonly string[];
  /** The row that is marked. */
  readonly picked: number;
  /** Whether the sequence stands below: once is enough. */
  readonly last: boolean;
}

export interface UnitHeat {
  readonly element: HTMLElement;
  show(view: UnitHeatView): void;
}

const labels = {
  waiting: "Units over time, once the networks are made",
  picture: (title: string, units: number, steps: number) => `${title}: ${units} units from top to bottom, ${steps} steps from left to right`
};

/** @param onPick a row was pointed at */
export function unitHeat(onPick: (row: number) => void): UnitHeat {
  const title = html`<span class="strong"></span>`;
  const canvas = html`<canvas role="img" aria-label=${labels.waiting}></canvas>` as HTMLCanvasElement;
  const mark = html`<div class="heat-mark"></div>`;
  const symbols = html`<div class="heat-symbols" aria-hidden="true"></div>`;
  const bar = colorBar();
  let rows = 1;
  let shown = "";
  canvas.addEventListener("click", ({offsetY}) => onPick(Math.min(rows - 1, Math.floor((rows * offsetY) / canvas.clientHeight))));
  return {
    element: html`<div class="heat"><p>${title}${bar.element}</p><div class="heat-field">${canvas}${mark}</div>${symbols}</div>`,
    show({title: name, units, look: {low, high}, symbols: texts, picked, last}) {
      rows = units.length;
      title.textContent = name;
      canvas.setAttribute("aria-label", labels.picture(name, rows, texts.length));
      paint(canvas, units, texts.length, [low, high]);
      mark.style.top = `${(100 * picked) / rows}%`;
      mark.style.height = `${100 / rows}%`;
      bar.show(String(low).replace("-", "−"), String(high));
      symbols.hidden = !last;
      const key = texts.join();
      if (key === shown) return;
      shown = key;
      symbols.replaceChildren(...texts.map((text) => html`<span>${text.startsWith("+") ? "▲" : text.length > 1 ? "" : text}</span>`));
    }
  };
}

/** Each number is a block of pixels, so that a downloaded picture is large enough to see. */
function paint(canvas: HTMLCanvasElement, units: readonly Float64Array[], steps: number, range: readonly [number, number]): void {
  const [wide, tall] = [Math.max(1, Math.floor(640 / steps)), 4];
  if (canvas.width !== steps * wide) canvas.width = steps * wide;
  if (canvas.height !== units.length * tall) canvas.height = units.length * tall;
  if (units.length === 0) return;
  const field = new Float32Array(canvas.width * canvas.height);
  units.forEach((values, row) => {
    const line = row * tall * canvas.width;
    values.forEach((value, t) => field.fill(value, line + t * wide, line + (t + 1) * wide));
    for (let y = 1; y < tall; y++) field.copyWithin(line + y * canvas.width, line, line + canvas.width);
  });
  paintField(canvas, field, 1, range);
}
