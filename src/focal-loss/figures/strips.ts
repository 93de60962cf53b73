/** Rows of numbers between 0 and 1, a dot for each network and a bar for the mean: differences beside their spread. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";

export interface StripRow {
  readonly name: string;
  readonly color: string;
  /** For each column, one number a network; what is no number is left out. */
  readonly values: readonly (readonly number[])[];
}

export interface Strips {
  readonly element: SVGSVGElement;
  show(rows: readonly StripRow[], columns: readonly string[], width: number): void;
}

const edge = {left: 124, top: 24, gap: 22};
const lineHeight = 19;
/** Room at the end of a strip for the mean. */
const numberWidth = 38;
const none = "none";

/** Of the numbers that are finite; NaN if there is none. */
export function meanOf(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  return finite.reduce((sum, value) => sum + value, 0) / finite.length;
}

const textOf = (mean: number) => (Number.isFinite(mean) ? mean.toFixed(2) : none);

/** @param label says what the rows are, for those who do not see them */
export function strips(label: string): Strips {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img").attr("class", "strips");
  const names = svg.append("g");
  const groups = svg.append("g");
  return {
    element: svg.node()!,
    show(rows, columns, width) {
      const across = width > 760 ? columns.length : width > 480 ? 2 : 1;
      const lines = Math.ceil(columns.length / across);
      const block = edge.top + rows.length * lineHeight + 14;
      const strip = (width - edge.left - (across - 1) * edge.gap) / across - numberWidth;
      svg.attr("width", width).attr("height", lines * block).attr("viewBox", `0 0 ${width} ${lines * block}`);
      const sentence = ({name, values}: StripRow) => `${name}: ${columns.map((column, c) => `${column} ${textOf(meanOf(values[c]!))}`).join(", ")}`;
      svg.attr("aria-label", `${label}. ${rows.map(sentence).join("; ")}`);
      const places = Array.from({length: lines}, (_, at) => rows.map((row, i) => ({row, y: at * block + edge.top + i * lineHeight + 13}))).flat();
      names.selectAll("text").data(places).join("text").attr("class", "name").attr("text-anchor", "end").attr("x", edge.left - 10)
        .attr("y", ({y}) => y).style("fill", ({row}) => row.color).text(({row}) => row.name);
      groups
        .selectAll<SVGGElement, string>("g.strip")
        .data(columns)
        .join((enter) => enter.append("g").attr("class", "strip"))
        .attr("transform", (_, c) => `translate(${edge.left + (c % across) * (strip + numberWidth + edge.gap)},${Math.floor(c / across) * block})`)
        .each(function (title, c) {
          drawStrip(select(this), title, rows.map(({color, values}) => ({color, values: values[c]!})), strip);
        });
    }
  };
}

type Group = ReturnType<typeof select<SVGGElement, string>>;

function drawStrip(group: Group, title: string, rows: readonly {readonly color: string; readonly values: readonly number[]}[], width: number): void {
  const x = scaleLinear([0, 1], [0, width]);
  const middle = (i: number) => edge.top + i * lineHeight + 9;
  group.selectAll("text.title").data([title]).join("text").attr("class", "title strong").attr("y", 14).text((text) => text);
  group.selectAll("line.rail").data(rows).join("line").attr("class", "rail").attr("x2", width)
    .attr("y1", (_, i) => middle(i)).attr("y2", (_, i) => middle(i));
  const dots = rows.flatMap(({color, values}, i) => values.filter(Number.isFinite).map((value) => ({color, i, value})));
  group.selectAll("circle").data(dots).join("circle").attr("r", 3).attr("fill-opacity", 0.45)
    .style("fill", ({color}) => color).attr("cx", ({value}) => x(value)).attr("cy", ({i}) => middle(i));
  const means = rows.map(({color, values}, i) => ({color, i, mean: meanOf(values), known: values.length > 0})).filter(({known}) => known);
  const finite = means.filter(({mean}) => Number.isFinite(mean));
  group.selectAll("line.mean").data(finite).join("line").attr("class", "mean").style("stroke", ({color}) => color)
    .attr("x1", ({mean}) => x(mean)).attr("x2", ({mean}) => x(mean)).attr("y1", ({i}) => middle(i) - 7).attr("y2", ({i}) => middle(i) + 7);
  group.selectAll("text.value").data(means).join("text").attr("class", "value").attr("x", width + 8)
    .attr("y", ({i}) => middle(i) + 4).text(({mean}) => textOf(mean));
}
