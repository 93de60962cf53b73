/** Success against what it costs: a point or a curve for each method. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis} from "../../notebook/axis.js";

export interface BudgetPoint {
  readonly name: string;
  readonly color: string;
  /** Where its name stands. */
  readonly side: keyof typeof places;
  readonly calls: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Points of one family are joined. */
  readonly family: string;
}

export interface BudgetCurve {
  readonly name: string;
  readonly color: string;
  /** [states judged, share solved by then]. */
  readonly points: readonly (readonly [number, number])[];
}

export interface BudgetChartLabels {
  readonly chart: string;
  readonly x: string;
  readonly y: string;
}

const places = {
  left: {x: -8, y: 4, anchor: "end"},
  "above left": {x: -6, y: -6, anchor: "end"},
  "above right": {x: 8, y: -7, anchor: "start"},
  "below right": {x: 8, y: 15, anchor: "start"}
} as const;
/** A name's width, about, in pixels a letter. */
const letter = 6.5;

const margin = {top: 26, right: 96, bottom: 44, left: 50};

export function budgetChart(labels: BudgetChartLabels) {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img").attr("aria-label", labels.chart);
  const [xAxis, yAxis, curves, joins, marks] = [svg.append("g"), svg.append("g"), svg.append("g"), svg.append("g"), svg.append("g")];
  return {
    element: svg.node()!,
    show(points: readonly BudgetPoint[], lines: readonly BudgetCurve[], width: number, height: number) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const most = Math.max(60, ...points.map(({calls}) => calls), ...lines.map(({points: all}) => all.at(Math.floor(0.98 * all.length))?.[0] ?? 0));
      const x = scaleLinear([0, most * 1.04], [margin.left, width - margin.right]);
      const y = scaleLinear([0, 1], [height - margin.bottom, margin.top]);
      drawAxis(xAxis, {side: "bottom", scale: x, at: y(0), label: labels.x, count: width < 500 ? 4 : 8});
      drawAxis(yAxis, {side: "left", scale: y, at: margin.left, label: labels.y, format: "%", grid: width - margin.left - margin.right});
      const path = line<readonly [number, number]>(([calls]) => x(Math.min(calls, most)), ([, share]) => y(share));
      curves.selectAll("path").data(lines).join("path").attr("fill", "none").attr("stroke-width", 1.75)
        .style("stroke", ({color}) => color)
        .attr("d", ({points: all}) => path([[0, 0], ...steps(all)]) ?? "");
      const ends = lines.map(({name, color, points: all}) => ({name, color, y: y(all.at(-1)?.[1] ?? 0)}));
      const families = [...new Set(points.map(({family}) => family))].map((family) => points.filter((point) => point.family === family));
      joins.selectAll("path").data(families).join("path").attr("fill", "none").attr("stroke-dasharray", "2 3")
        .style("stroke", ([first]) => first!.color)
        .attr("d", (family) => path(family.map(({calls, mean}) => [calls, mean] as const)) ?? "");
      const groups = marks.selectAll<SVGGElement, BudgetPoint>("g").data(points).join((enter) => {
        const made = enter.append("g");
        made.append("line").attr("stroke-width", 1.5);
        made.append("circle").attr("r", 4.5);
        made.append("text").attr("class", "on-paper");
        return made;
      }).attr("transform", ({calls}) => `translate(${x(calls)},0)`);
      groups.select("line").style("stroke", ({color}) => color).attr("y1", ({low}) => y(low)).attr("y2", ({high}) => y(high));
      groups.select("circle").style("fill", ({color}) => color).attr("cy", ({mean}) => y(mean));
      // A name that would cross the axis is left to the legend.
      const fits = ({side, calls, name}: BudgetPoint) => side !== "left" || x(calls) - letter * (name.length + 1) > margin.left;
      groups.select("text").attr("x", ({side}) => places[side].x).attr("y", ({mean, side}) => y(mean) + places[side].y)
        .attr("text-anchor", ({side}) => places[side].anchor).style("fill", ({color}) => color).text((point) => (fits(point) ? point.name : ""));
      let floor = -Infinity;
      const placed = ends.sort((a, b) => a.y - b.y).map((end) => ({...end, y: (floor = Math.max(end.y, floor + 14))}));
      curves.selectAll("text").data(placed).join("text").attr("x", width - margin.right + 6).attr("y", (end) => end.y + 4)
        .style("fill", ({color}) => color).text(({name}) => name);
    }
  };
}

/** A share stays what it was until the next puzzle is solved. */
function steps(points: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  return points.flatMap(([calls, share], i) => [[calls, points[i - 1]?.[1] ?? 0] as const, [calls, share] as const]);
}
