/** A button that opens a short list of further buttons: closed by Escape, by a choice, and by a click elsewhere. */
import {html} from "htl";

export interface ToolMenuItem {
  readonly label: string;
  /** What it is for, in a few words. */
  readonly hint: string;
  readonly action: () => unknown;
}

let count = 0;

export function toolMenu(label: string, items: readonly ToolMenuItem[]): HTMLElement {
  const id = `tool-menu-${count++}`;
  const button = html`<button type="button" aria-expanded="false" aria-controls=${id}>${label} ▾</button>`;
  const panel = html`<div class="tool-menu" id=${id} role="group" aria-label=${label} hidden>${items.map((item) => {
    const choice = html`<button type="button" aria-label=${item.label}><span>${item.label}</span><small>${item.hint}</small></button>`;
    choice.addEventListener("click", () => {
      show(false);
      void item.action();
    });
    return choice;
  })}</div>`;
  const element = html`<span class="tool-menu-place">${button}${panel}</span>`;
  const elsewhere = (event: Event) => {
    if (!event.composedPath().includes(element)) show(false);
  };
  const show = (open: boolean): void => {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    // Listens to the whole page only while it is open.
    if (open) document.addEventListener("pointerdown", elsewhere);
    else document.removeEventListener("pointerdown", elsewhere);
  };
  button.addEventListener("click", () => {
    show(panel.hidden === true);
    if (!panel.hidden) panel.querySelector("button")?.focus();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    show(false);
    button.focus();
  });
  return element;
}
