/** Lines with bands: at each x the mean of some values, and one standard deviation to either side. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {area, line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";

export interface Band {
  readonly name: string;
  readonly color: string;
  /** For each x, a value a seed; none yet where the list is empty. */
  readonly values: readonly (readonly number[])[];
}

export interface BandChartState {
  readonly xs: readonly number[];
  readonly bands: readonly Band[];
  readonly width: number;
  readonly height: number;
}

interface Spot {
  readonly x: number;
  readonly mean: number;
  readonly deviation: number;
}

const margin = {top: 30, bottom: 42, left: 52};

export function bandChart(labels: {readonly chart: string; readonly x: string; readonly y: string}) {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("class", "band-chart").attr("role", "img").attr("aria-label", labels.chart);
  const axes = [svg.append("g"), svg.append("g")] as const;
  const areas = svg.append("g").attr("class", "bands");
  const lines = svg.append("g").attr("class", "rounds-curves");
  const names = svg.append("g");
  return {
    element: svg.node()!,
    show({xs, bands, width, height}: BandChartState) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const right = 126;
      const drawn = bands.map((band) => ({...band, spots: spotsOf(xs, band)})).filter(({spots}) => spots.length > 0);
      const all = drawn.flatMap(({spots}) => spots.flatMap(({mean, deviation}) => [mean - deviation, mean + deviation]));
      const x = scaleLinear().domain([xs[0]!, xs.at(-1)!]).range([margin.left, width - right]);
      const y = scaleLinear().domain(all.length ? [Math.min(...all), Math.max(...all)] : [0.4, 0.8]).nice(5).range([height - margin.bottom, margin.top]);
      drawAxis(axes[0], {side: "bottom", scale: x, at: height - margin.bottom, label: labels.x, count: 4, format: ".0%"});
      drawAxis(axes[1], {side: "left", scale: y, at: margin.left, label: labels.y, count: 5, grid: width - right - margin.left});
      areas.selectAll("path").data(drawn).join("path").style("fill", ({color}) => color)
        .attr("d", ({spots}) => area<Spot>().x((s) => x(s.x)).y0((s) => y(s.mean - s.deviation)).y1((s) => y(s.mean + s.deviation))(spots));
      lines.selectAll("path").data(drawn).join("path").style("stroke", ({color}) => color)
        .attr("d", ({spots}) => line<Spot>((s) => x(s.x), (s) => y(s.mean))(spots));
      drawEndLabels(names, drawn.map(({name, color, spots}) => ({text: name, color, y: y(spots.at(-1)!.mean)})), width - right + 8, height - margin.bottom);
    }
  };
}

function spotsOf(xs: readonly number[], {values}: Band): readonly Spot[] {
  return xs.flatMap((x, i) => {
    const seen = values[i] ?? [];
    if (seen.length === 0) return [];
    const mean = seen.reduce((a, b) => a + b, 0) / seen.length;
    return [{x, mean, deviation: Math.sqrt(seen.reduce((sum, v) => sum + (v - mean) ** 2, 0) / seen.length)}];
  });
}
