/** COCO's twelve numbers; choosing one shows what it is the mean of. */
import {html} from "htl";
import {cocoStats, shareText} from "./coco-look.js";

const labels = {group: "COCO's twelve numbers", waiting: "…"};

export type CocoStat = (typeof cocoStats)[number];

export interface StatTable {
  readonly element: HTMLElement;
  /** @param stats undefined while they are computed */
  show(stats: readonly number[] | undefined, isChosen: (stat: CocoStat) => boolean): void;
}

/** @param choose undefined where the numbers are only to be read */
export function statTable(choose?: (stat: CocoStat) => void): StatTable {
  const made = cocoStats.map((stat) => {
    const value = html`<span class="number"></span>`;
    const element = choose
      ? html`<button type="button" class="coco-stat"><span>${stat.name}</span>${value}</button>`
      : html`<div class="coco-stat"><span>${stat.name}</span>${value}</div>`;
    if (choose) element.addEventListener("click", () => choose(stat));
    return {stat, value, element};
  });
  return {
    element: html`<div class=${choose ? "coco-stats" : "coco-stats wide"} role="group" aria-label=${labels.group}>${made.map(({element}) => element)}</div>`,
    show(stats, isChosen) {
      made.forEach(({stat, value, element}, i) => {
        value.textContent = stats ? shareText(stats[i]!) : labels.waiting;
        if (choose) element.setAttribute("aria-pressed", String(isChosen(stat)));
      });
    }
  };
}
