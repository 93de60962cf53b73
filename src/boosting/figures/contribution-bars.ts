/** What each tree adds to one row's score, as bars, and the running sum as a line. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {curveStepAfter, line} from "d3-shape";
import {drawAxis} from "../../notebook/axis.js";

const labels = {chart: "What each tree adds to the point's score, and the sum", x: "tree", y: "score"};
const margin = {top: 30, right: 12, bottom: 42, left: 52};

export interface ContributionState {
  readonly added: readonly number[];
  readonly start: number;
  readonly total: number;
  readonly color: string;
  readonly width: number;
  readonly height: number;
}

/** @param go the reader points at a tree */
export function contributionBars(go: (round: number) => void) {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("class", "contributions").attr("role", "img").attr("aria-label", labels.chart);
  const axes = [svg.append("g"), svg.append("g")] as const;
  const bars = svg.append("g");
  const sum = svg.append("path").attr("class", "fitted");
  return {
    element: svg.node()!,
    show({added, start, total, color, width, height}: ContributionState) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`).style("--library", color);
      const sums = [start];
      for (const value of added) sums.push(sums[sums.length - 1]! + value);
      const x = scaleLinear().domain([0.5, total + 0.5]).range([margin.left, width - margin.right]);
      const [low, high] = [Math.min(-0.5, ...sums, ...added), Math.max(0.5, ...sums, ...added)];
      const y = scaleLinear().domain([low, high]).range([height - margin.bottom, margin.top]).nice(4);
      drawAxis(axes[0], {side: "bottom", scale: x, at: height - margin.bottom, label: labels.x, count: 6});
      drawAxis(axes[1], {side: "left", scale: y, at: margin.left, label: labels.y, count: 4, grid: width - margin.right - margin.left});
      const barWidth = Math.max(1, (x(2) - x(1)) * 0.7);
      bars.selectAll("rect").data(added).join("rect").attr("class", (value) => (value > 0 ? "up" : "down"))
        .attr("x", (_, i) => x(i + 1) - barWidth / 2).attr("width", barWidth)
        .attr("y", (value) => Math.min(y(0), y(value))).attr("height", (value) => Math.abs(y(value) - y(0)))
        .on("click", (_, value) => go(added.indexOf(value) + 1));
      sum.attr("d", line<number>((_, i) => x(i + 0.5), (value) => y(value)).curve(curveStepAfter)([...sums.slice(1), sums[sums.length - 1]!]));
    }
  };
}
