/** Every class's numbers in a table; choosing one shows its curve. */
import {html} from "htl";
import type {ClassRow} from "../analysis.js";
import {shareText} from "./coco-look.js";

const labels = {
  region: "Every class's numbers",
  columns: ["class", "objects", "detections", "AP", "AP50", "AP75", "AR100"],
  choose: (name: string) => `Show the curve of ${name}`
};

export interface OwnClasses {
  readonly element: HTMLElement;
  show(rows: readonly ClassRow[], chosen: number): void;
}

export function ownClasses(choose: (id: number) => void): OwnClasses {
  const body = html`<tbody></tbody>`;
  const element = html`<div class="own-table" role="region" tabindex="0" aria-label=${labels.region}><table>
    <thead><tr>${labels.columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>${body}</table></div>`;
  body.addEventListener("click", (event) => {
    const row = (event.target as Element).closest<HTMLElement>("tr[data-id]");
    if (row) choose(Number(row.dataset.id));
  });
  let drawn: readonly ClassRow[] = [];
  return {
    element,
    show(rows, chosen) {
      // Only another list is drawn anew: the table keeps its scroll and its focus.
      if (rows.length !== drawn.length || rows.some((row, i) => row !== drawn[i])) {
        drawn = rows;
        body.replaceChildren(...rows.map(({id, name, truths, detections, ap, ap50, ap75, recall}) => html`<tr data-id=${id}>
          <th scope="row"><button type="button" class="quiet" aria-label=${labels.choose(name)}>${name}</button></th>
          <td class="number">${truths}</td><td class="number">${detections}</td>${[ap, ap50, ap75, recall].map((value) => html`<td class="number">${shareText(value)}</td>`)}</tr>`));
      }
      for (const row of body.querySelectorAll<HTMLElement>("tr")) {
        const current = Number(row.dataset.id) === chosen;
        row.classList.toggle("chosen", current);
        row.querySelector("button")!.setAttribute("aria-pressed", String(current));
      }
    }
  };
}
