/** A list of a table's columns to choose from. */
import {html} from "htl";

export interface ColumnChoice {
  readonly element: HTMLElement;
  show(names: readonly string[], chosen: number): void;
}

export function columnChoice(label: string, onChoose: (column: number) => void): ColumnChoice {
  const select = html`<select></select>` as HTMLSelectElement;
  select.addEventListener("change", () => onChoose(select.selectedIndex));
  let shown = "";
  return {
    element: html`<label class="control"><span class="control-label">${label}</span>${select}</label>`,
    show(names, chosen) {
      const key = JSON.stringify(names);
      if (key !== shown) select.replaceChildren(...names.map((name) => html`<option>${name}</option>`));
      shown = key;
      select.selectedIndex = chosen;
    }
  };
}
