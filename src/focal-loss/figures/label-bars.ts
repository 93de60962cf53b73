/** An example's labels, a row each: probability, loss and slope as bars. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {numberText} from "../../notebook/number-text.js";
import type {VectorLoss} from "../label-losses.js";
import {labelNames} from "./label-steps.js";

const labels = {
  chart: "Probability, loss and slope of each label",
  columns: ["probability", "loss", "slope along the logit"],
  set: "set",
  unset: "not set",
  total: "sum"
};
const [top, lineHeight, left, numberWidth, gap] = [24, 30, 74, 52, 14];

export interface LabelBars {
  readonly element: SVGSVGElement;
  show(result: VectorLoss, set: readonly number[], width: number): void;
  focus(parts: readonly string[]): void;
}

export function labelBars(): LabelBars {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img").attr("class", "label-bars");
  const titles = svg.append("g");
  const rows = svg.append("g");
  const sum = svg.append("text").attr("class", "strong");
  return {
    element: svg.node()!,
    show({probabilities, losses, gradient}, set, width) {
      const column = (width - left) / 3;
      const bar = column - numberWidth - gap;
      const height = top + labelNames.length * lineHeight + 26;
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const total = losses.reduce((all, loss) => all + loss, 0);
      const data = labelNames.map((name, i) => ({name, set: Boolean(set[i]), numbers: [probabilities[i]!, losses[i]!, gradient[i]!]}));
      svg.attr("aria-label", `${labels.chart}: ${data.map(({name, numbers}) => `${name} ${numbers.map((v) => numberText(v, 3)).join(", ")}`).join("; ")}`);
      titles.selectAll("text").data(labels.columns).join("text").attr("class", "strong").attr("y", 14)
        .attr("x", (_, c) => left + c * column).text((text) => (width < 460 ? text.split(" ")[0]! : text));
      const scales = [
        scaleLinear([0, 1], [0, bar]),
        scaleLinear([0, Math.max(1, ...losses)], [0, bar]),
        scaleLinear([-Math.max(1, ...gradient.map(Math.abs)), Math.max(1, ...gradient.map(Math.abs))], [0, bar])
      ];
      const row = rows
        .selectAll<SVGGElement, (typeof data)[number]>("g")
        .data(data)
        .join((enter) => {
          const group = enter.append("g").attr("data-part", (_, i) => `row${i}`);
          group.append("rect").attr("class", "row-light").attr("height", lineHeight - 4).attr("y", -lineHeight / 2 - 5);
          group.append("text").attr("class", "name").attr("y", -2);
          for (const c of [0, 1, 2]) {
            group.append("rect").attr("class", `bar bar${c}`).attr("height", 10).attr("y", -12);
            group.append("text").attr("class", `value value${c}`).attr("text-anchor", "end");
          }
          return group;
        })
        .attr("transform", (_, i) => `translate(0,${top + i * lineHeight + 20})`);
      row.select(".row-light").attr("width", width);
      row.select(".name").text(({name, set: on}) => `${name}, ${on ? labels.set : labels.unset}`);
      for (const [c, scale] of scales.entries()) {
        const at = left + c * column;
        row.select(`.bar${c}`).style("fill", ({set: on}) => (on ? "var(--c2)" : "var(--c5)"))
          .attr("x", ({numbers}) => at + Math.min(scale(0), scale(numbers[c]!)))
          .attr("width", ({numbers}) => Math.max(0.75, Math.abs(scale(numbers[c]!) - scale(0))));
        row.select(`.value${c}`).attr("x", at + bar + numberWidth).attr("y", -2).text(({numbers}) => numberText(numbers[c]!, 3));
      }
      sum.attr("x", left + column).attr("y", height - 8).text(`${labels.total} ${numberText(total)}`);
    },
    focus(parts) {
      rows.selectAll<SVGGElement, unknown>("g").classed("lit", function () {
        return parts.includes((this as SVGGElement).dataset.part ?? "");
      });
    }
  };
}
