/** Milliseconds against rows, both logarithmic, a line a method. */
import {scaleLog} from "d3-scale";
import {select} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";
import {speedColumns, speedRows} from "../speed-experiment.js";
import type {SpeedConfig, SpeedTiming} from "../speed-experiment.js";

export interface SpeedLine {
  readonly name: string;
  readonly color: string;
  readonly timings: readonly SpeedTiming[];
}

const margin = {top: 30, right: 132, bottom: 42, left: 56};

export function speedChart(labels: {readonly chart: string; readonly x: Readonly<Record<SpeedConfig["across"], string>>; readonly y: string}) {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("class", "speed-chart").attr("role", "img").attr("aria-label", labels.chart);
  const axes = [svg.append("g"), svg.append("g")] as const;
  const lines = svg.append("g").attr("class", "rounds-curves");
  const dots = svg.append("g");
  const names = svg.append("g");
  return {
    element: svg.node()!,
    show(shown: readonly SpeedLine[], across: SpeedConfig["across"], width: number, height: number) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const drawn = shown.filter(({timings}) => timings.length > 0);
      const all = drawn.flatMap(({timings}) => timings.map(({tree}) => Math.max(tree, 0.05)));
      const x = scaleLog().domain(endsOf(across)).range([margin.left, width - margin.right]);
      const y = scaleLog().domain(all.length ? [Math.min(...all) / 1.5, Math.max(...all) * 1.5] : [1, 1000]).range([height - margin.bottom, margin.top]);
      drawAxis(axes[0], {side: "bottom", scale: x, at: height - margin.bottom, label: labels.x[across], count: 3, format: "~s"});
      drawAxis(axes[1], {side: "left", scale: y, at: margin.left, label: labels.y, count: 3, format: "~g", grid: width - margin.right - margin.left});
      const at = (timing: SpeedTiming) => y(Math.max(timing.tree, 0.05));
      lines.selectAll("path").data(drawn).join("path").style("stroke", ({color}) => color)
        .attr("d", ({timings}) => line<SpeedTiming>((timing) => x(timing[across]), at)(timings));
      dots.selectAll("circle").data(drawn.flatMap(({color, timings}) => timings.map((timing) => ({color, timing})))).join("circle")
        .attr("r", 3.5).style("fill", ({color}) => color).attr("cx", ({timing}) => x(timing[across])).attr("cy", ({timing}) => at(timing));
      drawEndLabels(names, drawn.map(({name, color, timings}) => ({text: name, color, y: at(timings.at(-1)!)})), width - margin.right + 8, height - margin.bottom);
    }
  };
}

const endsOf = (across: SpeedConfig["across"]): readonly [number, number] => {
  const sizes = across === "rows" ? speedRows : speedColumns;
  return [sizes[0]!, sizes.at(-1)!];
};
