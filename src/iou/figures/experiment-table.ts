/** The curves' values at the steps that the paper's schedule makes interesting. */
import {html} from "htl";
import {numberText} from "../../notebook/number-text.js";
import type {KindResult} from "../experiment.training.js";
import {laneColor, laneName} from "./experiment-look.js";
import type {LaneId} from "./experiment-runs.js";

const labels = {step: "step", caption: "Mean error at some steps"};
const steps = [0, 50, 100, 160, 200];

export function experimentTable(): {element: HTMLElement; show(lanes: ReadonlyMap<LaneId, KindResult>): void} {
  const body = html`<tbody></tbody>`;
  const element = html`<div class="experiment-table" tabindex="0" role="region" aria-label=${labels.caption}><table>
    <thead><tr><th scope="col">${labels.step}</th>${steps.map((step) => html`<th scope="col" class="number">${step}</th>`)}</tr></thead>
    ${body}</table></div>`;
  let drawn = "";
  return {
    element,
    show(lanes) {
      const next = [...lanes].map(([id, {curve}]) => `${id} ${curve.length}`).join();
      if (next === drawn) return;
      drawn = next;
      body.replaceChildren(
        ...[...lanes].map(
          ([id, {curve}]) => html`<tr><th scope="row" style=${`color: ${laneColor(id)}`}>${laneName(id)}</th>${steps.map(
            (step) => html`<td class="number">${curve[step] === undefined ? "" : numberText(curve[step])}</td>`
          )}</tr>`
        )
      );
    }
  };
}
