/** The measures of a pair of boxes as a table; choosing a row chooses the loss that is drawn. */
import {html} from "htl";
import {numberText} from "../../notebook/number-text.js";
import {boxDistance, boxLoss, ciou, diou, giou, iou, whyUndefined} from "../iou.js";
import type {Box, DistanceKind, LossKind, LossOptions} from "../iou.js";
import {kindColors, kindNames} from "./loss-look.js";
import type {AnyKind} from "./loss-look.js";

const labels = {
  caption: "Measures and losses",
  measure: "measure",
  value: "value",
  loss: "loss",
  draw: "Draw",
  undefinedBecause: {
    "zero-area-both": "Both boxes have no area: intersection over union is 0/0, undefined here as in torchvision.",
    "zero-size-aspect":
      "A box has neither width nor height, so its aspect ratio w/h is 0/0: CIoU is undefined here as in torchvision."
  }
};

export interface BoxReadings {
  readonly element: HTMLElement;
  show(chosen: LossKind, shown: readonly AnyKind[], prediction: Box, target: Box, options: LossOptions): void;
}

interface RowParts {
  readonly row: HTMLElement;
  readonly value: HTMLElement;
  readonly loss: HTMLElement;
  readonly bar: HTMLElement;
}

/** These four are measures in their own right; the other losses are named by what they leave of 1. */
const measures: Readonly<Partial<Record<AnyKind, (a: Box, b: Box) => number>>> = {iou, giou, diou, ciou};

const isDistance = (kind: AnyKind): kind is DistanceKind => kind === "l1" || kind === "l2";

/** The losses' bars share one scale, 0 to 2; the distances, being in pixels, have none. */
const fullBar = 2;

export function boxReadings(choose: (kind: LossKind) => void): BoxReadings {
  const rows = new Map<AnyKind, RowParts>();
  const body = html`<tbody></tbody>`;
  const why = html`<p class="figure-note" role="status"></p>`;
  for (const kind of Object.keys(kindNames) as AnyKind[]) {
    const parts = readingRow(kind, choose);
    rows.set(kind, parts);
    body.append(parts.row);
  }
  const element = html`<div><table class="readings" aria-label=${labels.caption}>
    <thead><tr><th scope="col">${labels.measure}</th><th scope="col">${labels.value}</th><th scope="col">${labels.loss}</th><th scope="col"></th></tr></thead>
    ${body}</table>${why}</div>`;
  return {
    element,
    show(chosen, shown, prediction, target, options) {
      for (const [kind, {row, value, loss, bar}] of rows) {
        row.hidden = !shown.includes(kind) && kind !== chosen;
        if (row.hidden) continue;
        row.toggleAttribute("aria-current", kind === chosen);
        const {value: cost} = isDistance(kind)
          ? boxDistance(kind, prediction, target)
          : boxLoss(kind, prediction, target, options);
        value.textContent = isDistance(kind) ? "" : numberText(measureOf(kind, cost, prediction, target));
        loss.textContent = numberText(cost);
        bar.style.width = isDistance(kind) || Number.isNaN(cost) ? "0" : `${Math.min(1, cost / fullBar) * 100}%`;
      }
      const reason = whyUndefined(chosen, prediction, target);
      why.textContent = reason ? labels.undefinedBecause[reason] : "";
    }
  };
}

/** Without eps, which only the losses have: where a measure is 0/0 the variants that no library names are so, too. */
function measureOf(kind: LossKind, cost: number, prediction: Box, target: Box): number {
  const measure = measures[kind];
  if (measure) return measure(prediction, target);
  return whyUndefined(kind, prediction, target) ? NaN : 1 - cost;
}

function readingRow(kind: AnyKind, choose: (kind: LossKind) => void): RowParts {
  const name = isDistance(kind)
    ? html`<span>${kindNames[kind]}</span>`
    : html`<button type="button" aria-label=${`${labels.draw} ${kindNames[kind]}`}>${kindNames[kind]}</button>`;
  if (!isDistance(kind)) name.addEventListener("click", () => choose(kind));
  const value = html`<td class="number"></td>`;
  const loss = html`<td class="number"></td>`;
  const bar = html`<span></span>`;
  const row = html`<tr style=${`--kind: ${kindColors[kind]}`}><th scope="row">${name}</th>${value}${loss}<td class="bar">${bar}</td></tr>`;
  return {row, value, loss, bar};
}
