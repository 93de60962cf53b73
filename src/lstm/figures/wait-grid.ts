/** Which time steps of which sequences can be computed at once: the earliest round of each, on unlimited cores. */
import {select} from "d3-selection";
import {sequentialColor} from "../../notebook/color-scale.js";
import {earliestRound, parallelLayers} from "../parallel.js";
import type {ParallelLayer} from "../parallel.js";

const labels = {
  picture: "Eight time steps of four sequences, each with the round in which it can be computed at the earliest: in an LSTM the rounds are the time steps, in attention all are computed in the first.",
  titles: {lstm: "LSTM: eight rounds", attention: "attention: one round"},
  time: "time →",
  sequences: "sequences"
};

const [steps, sequences] = [8, 4];
const height = 150;

export function waitGrid(): {readonly element: SVGSVGElement; show(width: number): void} {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img").attr("aria-label", labels.picture)
    .attr("class", "wait-grid");
  return {
    element: svg.node()!,
    show(width) {
      const narrow = width < 560;
      const panel = narrow ? width : Math.min(460, (width - 40) / 2);
      const tall = narrow ? 2 * height + 8 : height;
      svg.attr("width", width).attr("height", tall).attr("viewBox", `0 0 ${width} ${tall}`);
      const panels = svg.selectAll<SVGGElement, ParallelLayer>("g.panel").data(parallelLayers).join("g").attr("class", "panel")
        .attr("transform", (_, i) => (narrow ? `translate(0,${i * (height + 8)})` : `translate(${i * (panel + 40)},0)`));
      panels.each(function (layer) {
        drawPanel(select(this), layer, panel);
      });
    }
  };
}

type Panel = ReturnType<typeof select<SVGGElement, unknown>>;

function drawPanel(group: Panel, layer: ParallelLayer, width: number): void {
  const size = Math.min(48, (width - 4) / steps);
  const cells = Array.from({length: steps * sequences}, (_, i) => ({t: i % steps, s: Math.floor(i / steps)}));
  group.selectAll("*").remove();
  group.append("text").attr("class", "strong").attr("y", 12).text(labels.titles[layer]);
  const nodes = group.selectAll("g").data(cells).join("g")
    .attr("transform", ({t, s}) => `translate(${t * size},${20 + s * 27})`);
  const round = ({t}: {t: number}) => earliestRound(layer, t);
  const share = (cell: {t: number}) => (round(cell) - 1) / (steps - 1);
  nodes.append("rect").attr("width", size - 3).attr("height", 24).attr("rx", 3).style("fill", (cell) => sequentialColor(share(cell)));
  // Light numbers on the scale's dark half, dark ones on its bright half, in both themes.
  nodes.append("text").attr("x", (size - 3) / 2).attr("y", 16).attr("text-anchor", "middle")
    .style("fill", (cell) => (share(cell) > 0.5 ? "#111" : "#fff")).text(round);
  group.append("text").attr("y", 142).text(labels.time);
  group.append("text").attr("x", steps * size - 3).attr("y", 142).attr("text-anchor", "end").text(`${sequences} ${labels.sequences}`);
}
