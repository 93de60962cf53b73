/** The picked unit in numbers: what comes in, and what it does over all points. */
import {html} from "htl";
import {numberText} from "../../notebook/number-text.js";
import type {Layout} from "../../networks/layout.js";
import {placeOf} from "../neuron-step.js";
import type {NetworkReport} from "../open-network.js";

const labels = {
  unit: (layer: number, index: number) => `Hidden layer ${layer}, unit ${index}`,
  below: (layer: number, index: number) => (layer === 1 ? `from x${"₁₂"[index - 1]}` : `from unit ${index}`),
  line: "from x",
  bias: "bias",
  mean: "mean activation",
  deviation: "deviation",
  silent: "silent at",
  points: (share: number) => `${numberText(100 * share, 3)} % of points`
};

export function unitTable(): {
  element: HTMLElement;
  show(layout: Layout, parameters: Float64Array, report: NetworkReport, unit: number): void;
} {
  const title = html`<strong></strong>`;
  const list = html`<dl class="net-numbers"></dl>`;
  return {
    element: html`<div class="net-unit-numbers">${title}${list}</div>`,
    show(layout, parameters, {mean, variance, silent}, unit) {
      const {layer, index, fan} = placeOf(layout, unit);
      title.textContent = labels.unit(layer, index + 1);
      const from = layout.weights[layer - 1]! + index * fan;
      const rows: readonly (readonly [string, string])[] = [
        ...Array.from(parameters.subarray(from, from + fan), (weight, i) => [
          layer === 1 && fan === 1 ? labels.line : labels.below(layer, i + 1), numberText(weight, 3)
        ] as const),
        [labels.bias, numberText(parameters[layout.biases[layer - 1]! + index]!, 3)],
        [labels.mean, numberText(mean[unit]!, 3)],
        [labels.deviation, numberText(Math.sqrt(variance[unit]!), 3)],
        [labels.silent, labels.points(silent[unit]!)]
      ];
      list.replaceChildren(...rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`));
    }
  };
}
