/** One measure of importance: a bar a feature, with a whisker over the seeds. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {numberText} from "../../notebook/number-text.js";

export interface ImportanceBar {
  readonly name: string;
  readonly color: string;
  /** One a seed. */
  readonly values: readonly number[];
}

const rowHeight = 30;
const top = 26;
const right = 46;

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / (values.length || 1);

/** Letters are about 6.2 px wide. */
const shortened = (name: string, room: number) => (name.length * 6.2 > room ? `${name.slice(0, Math.floor(room / 6.2) - 2)}…` : name);

/** @param left the room for the names, which are cut to it */
export function importanceChart(title: string, left = 56) {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("class", "importance-chart").attr("role", "img");
  svg.append("text").attr("class", "strong").attr("y", 12).text(title);
  const zero = svg.append("line").attr("class", "importance-zero");
  const rows = svg.append("g");
  return {
    element: svg.node()!,
    show(bars: readonly ImportanceBar[], width: number) {
      const height = top + bars.length * rowHeight + 4;
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      svg.attr("aria-label", `${title}: ${bars.map(({name, values}) => `${name} ${numberText(mean(values), 2)}`).join(", ")}`);
      const all = bars.flatMap(({values}) => values);
      const low = Math.min(0, ...all);
      const x = scaleLinear().domain([low, Math.max(1e-9, ...all)]).range([left, width - right]);
      zero.attr("x1", x(0)).attr("x2", x(0)).attr("y1", top - 2).attr("y2", height - 4);
      const groups = rows.selectAll<SVGGElement, ImportanceBar>("g").data(bars).join("g")
        .attr("transform", (_, i) => `translate(0,${top + i * rowHeight})`);
      const part = <T extends string>(tag: T, name: string) =>
        groups.selectAll<SVGElement, ImportanceBar>(`.${name}`).data((bar) => [bar]).join(tag).attr("class", name);
      part("text", "importance-name").attr("x", left - 8).attr("y", 18).attr("text-anchor", "end").text(({name}) => shortened(name, left));
      part("rect", "importance-bar").style("fill", ({color}) => color).attr("y", 6).attr("height", 15)
        .attr("x", ({values}) => Math.min(x(0), x(mean(values)))).attr("width", ({values}) => Math.abs(x(mean(values)) - x(0)));
      part("line", "importance-whisker").attr("y1", 13.5).attr("y2", 13.5)
        .attr("x1", ({values}) => x(values.length ? Math.min(...values) : 0)).attr("x2", ({values}) => x(values.length ? Math.max(...values) : 0));
      part("text", "importance-value").attr("x", width).attr("y", 18).attr("text-anchor", "end").text(({values}) => numberText(mean(values), 2));
    }
  };
}
