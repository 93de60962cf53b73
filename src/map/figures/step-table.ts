/** The running table: every detection by falling score, what became of it, precision and recall after it. */
import {html} from "htl";
import type {RowDetection, RowTruth} from "../step-through.js";
import type {MatchStep} from "../trace.js";
import {shortNumber, verdictColors, verdictNames} from "./step-look.js";

const labels = {
  region: "Precision and recall after each detection",
  columns: ["#", "score", "image", "verdict", "IoU", "TP", "FP", "precision", "recall"],
  go: (rank: number) => `Go to detection ${rank}`,
  none: "No detection of this class."
};

export interface StepTable {
  readonly element: HTMLElement;
  show(steps: readonly MatchStep<RowDetection, RowTruth>[], images: readonly string[], index: number): void;
}

/** The largest overlap with what counts, or with what was matched. */
export function shownIou({match, candidates}: MatchStep<RowDetection, RowTruth>): number {
  const of = match ? candidates.filter(({truth}) => truth === match) : candidates.filter(({state}) => state !== "ignored");
  return Math.max(0, ...of.map(({iou}) => iou));
}

export function stepTable(onStep: (index: number) => void): StepTable {
  const body = html`<tbody></tbody>`;
  const table = html`<table><thead><tr>${labels.columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>${body}</table>`;
  const element = html`<div class="step-table" role="region" tabindex="0" aria-label=${labels.region}>${table}</div>`;
  body.addEventListener("click", (event) => {
    const row = (event.target as Element).closest<HTMLElement>("tr[data-index]");
    if (row) onStep(Number(row.dataset.index));
  });
  let shownAt = -1;
  return {
    element,
    show(steps, images, index) {
      const rows = steps.map((step, i) => rowOf(step, images, i, index));
      // A rebuilt row must not take the keyboard's place away.
      const held = body.querySelector(":focus")?.closest("tr")?.dataset.index;
      body.replaceChildren(...(rows.length > 0 ? rows : [html`<tr><td colspan=${labels.columns.length}>${labels.none}</td></tr>`]));
      if (held !== undefined) body.querySelector<HTMLElement>(`tr[data-index="${held}"] button`)?.focus({preventScroll: true});
      if (index === shownAt || element.clientHeight === 0) return;
      shownAt = index;
      const row = rows[index];
      if (!row) return;
      const [top, bottom] = [row.offsetTop - 32, row.offsetTop + row.offsetHeight];
      if (top < element.scrollTop) element.scrollTop = top;
      else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
    }
  };
}

function rowOf(step: MatchStep<RowDetection, RowTruth>, images: readonly string[], i: number, index: number): HTMLElement {
  const {detection, verdict, hits, misses, precision, recall} = step;
  const head = [
    html`<td><button type="button" aria-label=${labels.go(i + 1)}>${i + 1}</button></td>`,
    html`<td>${shortNumber(detection.score)}</td>`,
    html`<td>${images[detection.image_id] ?? ""}</td>`
  ];
  // The table runs with the steps: what has not had its turn has no verdict yet.
  if (i > index) return html`<tr data-index=${i} class="later">${head}<td colspan="6"></td></tr>`;
  const row = html`<tr data-index=${i}>${head}
    <td style=${`color: ${verdictColors[verdict]}`}>${verdictNames[verdict]}</td><td>${shortNumber(shownIou(step))}</td>
    <td>${hits}</td><td>${misses}</td><td>${precision.toFixed(4)}</td><td>${recall.toFixed(4)}</td></tr>`;
  if (i === index) row.setAttribute("aria-current", "step");
  return row;
}
