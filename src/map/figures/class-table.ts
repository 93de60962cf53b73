/** AP of every class and their mean; choosing a class works it through. */
import {html} from "htl";
import type {WorkedClass} from "../step-through.js";

const labels = {
  region: "Average precision of every class",
  columns: ["class", "objects", "detections", "AP"],
  choose: (name: string) => `Work through ${name}`,
  mean: "mean: mAP",
  none: "–"
};

export interface ClassTable {
  readonly element: HTMLElement;
  show(names: readonly string[], classes: readonly WorkedClass[], map: number, chosen: number): void;
}

const percent = (value: number) => (Number.isNaN(value) ? labels.none : `${(100 * value).toFixed(2)} %`);

export function classTable(choose: (kind: number) => void): ClassTable {
  const body = html`<tbody></tbody>`;
  const foot = html`<tfoot></tfoot>`;
  const element = html`<div class="step-table class-table" role="region" tabindex="0" aria-label=${labels.region}><table>
    <thead><tr>${labels.columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>${body}${foot}</table></div>`;
  body.addEventListener("click", (event) => {
    const row = (event.target as Element).closest<HTMLElement>("tr[data-kind]");
    if (row) choose(Number(row.dataset.kind));
  });
  return {
    element,
    show(names, classes, map, chosen) {
      const held = body.querySelector(":focus") !== null;
      body.replaceChildren(...classes.map(({positives, steps, ap}, kind) => {
        const row = html`<tr data-kind=${kind}><td><button type="button" aria-label=${labels.choose(names[kind]!)}
          aria-pressed=${String(kind === chosen)}>${names[kind]!}</button></td>
          <td>${positives}</td><td>${steps.length}</td><td>${percent(ap)}</td></tr>`;
        if (kind === chosen) row.setAttribute("aria-current", "true");
        return row;
      }));
      foot.replaceChildren(html`<tr><th scope="row" colspan="3">${labels.mean}</th><td>${percent(map)}</td></tr>`);
      if (held) body.querySelector<HTMLElement>("[aria-pressed=true]")?.focus({preventScroll: true});
    }
  };
}
