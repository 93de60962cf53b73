/** A chart of many runs: for each activation the median over its networks, in a band from the 10th to the 90th percentile. */
import {quantileSorted} from "d3-array";
import {scaleLinear, scaleLog} from "d3-scale";
import {create, select} from "d3-selection";
import {area, line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";
import type {GroupReport, GroupResult} from "../../networks/ensemble.js";
import type {ActivationName} from "../activations.js";
import {activationColors, activationDash, activationLabels} from "./activation-look.js";

export interface BandChartOptions {
  readonly label: string;
  readonly log: boolean;
  /** The y axis's ends, when they do not follow the data. */
  readonly domain?: readonly [number, number];
  readonly format?: string;
  /** What those are called together that are at 0 in nearly every network, where their names would only pile up. */
  readonly rest?: string;
  value(report: GroupReport): Float32Array;
}

type Quantiles = readonly [number, number, number];

/** The 10th, 50th and 90th percentile; a diverged network, whose value is no number, counts as infinitely bad. */
export function quantilesOf(values: Float32Array): Quantiles {
  const sorted = Array.from(values, (value) => (Number.isFinite(value) ? value : Infinity)).sort((a, b) => a - b);
  return [0.1, 0.5, 0.9].map((p) => {
    const value = quantileSorted(sorted, p) ?? NaN;
    return Number.isNaN(value) ? Infinity : value;
  }) as unknown as Quantiles;
}

const margin = {top: 26, right: 92, bottom: 42, left: 50};

export function bandChart({label, log, domain, format, rest, value}: BandChartOptions) {
  const svg = create("svg").attr("role", "img");
  const [axes, bands, medians] = [0, 1, 2].map(() => svg.append("g"));
  const [x, y, names] = [axes!, axes!, svg].map((parent) => select(parent.append("g").node()!));
  const known = new WeakMap<GroupReport, Quantiles>();
  const quantiles = (report: GroupReport): Quantiles => {
    if (!known.has(report)) known.set(report, quantilesOf(value(report)));
    return known.get(report)!;
  };

  function axisEnds(groups: readonly GroupResult[]): readonly [number, number] {
    if (domain) return domain;
    const values = groups.flatMap(({history}) => history.flatMap(quantiles)).filter((v) => Number.isFinite(v) && v > 0);
    if (values.length === 0) return log ? [0.01, 1] : [0, 1];
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return log ? [Math.max(1e-5, low), Math.min(Math.max(high, 2 * low), 20)] : [0, high];
  }

  return {
    element: svg.node()!,
    show(groups: readonly GroupResult[], steps: number, width: number, height: number) {
      const [right, bottom] = [width - margin.right, height - margin.bottom];
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const across = scaleLinear([0, steps], [margin.left, right]);
      const [low, high] = axisEnds(groups);
      const up = log ? scaleLog([low, high], [bottom, margin.top]).nice() : scaleLinear([low, high], [bottom, margin.top]);
      const held = (v: number) => up(Math.min(Math.max(v, up.domain()[0]!), up.domain()[1]!));
      drawAxis(x!, {side: "bottom", scale: across, at: bottom, label: "step", count: 5});
      drawAxis(y!, {side: "left", scale: up, at: margin.left, label, count: log ? 4 : 5, format: format ?? (log ? "~g" : undefined), grid: right - margin.left});
      const drawn = groups.filter(({history}) => history.length > 1);
      const shape = area<GroupReport>()
        .x(({step}) => across(step))
        .y0((report) => held(quantiles(report)[0]))
        .y1((report) => held(quantiles(report)[2]));
      const middle = line<GroupReport>().x(({step}) => across(step)).y((report) => held(quantiles(report)[1]));
      bands!.selectAll("path").data(drawn).join("path").attr("class", "run-band")
        .attr("d", ({history}) => shape(history))
        .style("fill", ({name}) => activationColors[name as ActivationName]);
      medians!.selectAll("path").data(drawn).join("path").attr("class", "run-median")
        .attr("d", ({history}) => middle(history))
        .attr("stroke-dasharray", ({name}) => activationDash(name as ActivationName))
        .style("stroke", ({name}) => activationColors[name as ActivationName]);
      const last = (group: GroupResult) => quantiles(group.history.at(-1)!)[1];
      const named = drawn.filter((group) => rest === undefined || quantiles(group.history.at(-1)!)[2] > 0);
      const ends = named.map((group) => ({
        text: activationLabels[group.name as ActivationName],
        color: activationColors[group.name as ActivationName],
        y: held(last(group))
      }));
      if (rest && named.length < drawn.length) ends.push({text: named.length > 0 ? rest : label, color: "var(--ink-2)", y: bottom});
      drawEndLabels(names!, ends, right + 8, bottom);
      const words = drawn.map((group) => `${activationLabels[group.name as ActivationName]} ${last(group).toPrecision(3)}`);
      svg.attr("aria-label", `${label}, medians now: ${words.join(", ")}`);
    }
  };
}
