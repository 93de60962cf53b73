/** A short sequence: inputs to drag, the states they lead to, and the time step that is looked at. */
import {drag} from "d3-drag";
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import type {Selection} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis, drawEndLabels} from "../../notebook/axis.js";
import {numberText} from "../../notebook/number-text.js";
import type {ScalarStep} from "../scalar.js";

const labels = {
  strip: "Inputs and states over the sequence",
  input: (t: number, value: number) => `Input at step ${t}: ${numberText(value, 3)}. Arrow keys change it.`,
  axis: "time step", value: "value", x: "input x", c: "cell c", h: "hidden h"
};
const margin = {top: 30, right: 66, bottom: 44, left: 44};
const reach = 2;
type G = Selection<SVGGElement, unknown, null, undefined>;
const colors = {x: "var(--c2)", c: "var(--c1)", h: "var(--c4)"};

export interface SequenceStrip {
  readonly element: SVGSVGElement;
  show(inputs: readonly number[], steps: readonly ScalarStep[], time: number, width: number): void;
}

export function sequenceStrip(change: (inputs: readonly number[]) => void, pick: (time: number) => void): SequenceStrip {
  const height = 240;
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "group").attr("aria-label", labels.strip);
  const [xAxis, yAxis, marks, curves, dots, names] = Array.from({length: 6}, () => svg.append("g")) as [G, G, G, G, G, G];
  let inputs: readonly number[] = [];
  let y = scaleLinear();
  const set = (t: number, value: number) =>
    change(inputs.map((old, i) => (i === t ? Math.round(20 * Math.max(-reach, Math.min(reach, value))) / 20 : old)));
  const behaviour = drag<SVGGElement, number>()
    .container(() => svg.node()!)
    .subject((_, t) => ({x: 0, y: y(inputs[t]!)}))
    .on("start", (_, t) => pick(t + 1))
    .on("drag", (event: {y: number}, t) => set(t, y.invert(event.y)));
  return {
    element: svg.node()!,
    show(nextInputs, steps, time, width) {
      inputs = nextInputs;
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const x = scaleLinear([0.5, inputs.length + 0.5], [margin.left, width - margin.right]);
      y = scaleLinear([-reach, reach], [height - margin.bottom, margin.top]);
      drawAxis(xAxis, {side: "bottom", scale: x, at: height - margin.bottom, label: labels.axis, count: inputs.length});
      drawAxis(yAxis, {side: "left", scale: y, at: margin.left, label: labels.value, grid: width - margin.left - margin.right});
      marks.selectAll("rect").data([time]).join("rect").attr("class", "time-mark").attr("x", x(time - 0.5)).attr("width", x(1) - x(0))
        .attr("y", margin.top).attr("height", height - margin.top - margin.bottom);
      const rows = (["c", "h"] as const).filter((name) => name in (steps[0] ?? {}));
      const clamped = (value: number) => y(Math.max(-reach, Math.min(reach, value)));
      const curve = line<ScalarStep>((_, t) => x(t + 1), () => 0);
      curves.attr("class", "curves").selectAll("path").data(rows).join("path").style("stroke", (name) => colors[name])
        .attr("d", (name) => curve.y((step) => clamped(step[name]!))(steps as ScalarStep[]));
      dots.selectAll<SVGGElement, number>("g").data(inputs.map((_, t) => t)).join((enter) => {
        const dot = enter.append("g").attr("class", "input-dot").attr("tabindex", 0).attr("role", "slider")
          .attr("aria-valuemin", -reach).attr("aria-valuemax", reach).call(behaviour);
        dot.append("circle").attr("class", "box-touch").attr("r", 14);
        dot.append("circle").attr("r", 6).style("fill", colors.x);
        dot.on("keydown", (event: KeyboardEvent, t) => {
          const way = {ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1}[event.key];
          if (!way) return;
          event.preventDefault();
          event.stopPropagation();
          pick(t + 1);
          set(t, inputs[t]! + 0.1 * way);
        });
        return dot;
      }).attr("transform", (t) => `translate(${x(t + 1)},${y(inputs[t]!)})`)
        .attr("aria-valuenow", (t) => inputs[t]!).attr("aria-label", (t) => labels.input(t + 1, inputs[t]!));
      const last = steps.at(-1);
      const ends = [
        {text: labels.x, color: colors.x, y: y(inputs.at(-1)!)},
        ...rows.map((name) => ({text: labels[name], color: colors[name], y: clamped(last![name]!)}))
      ];
      drawEndLabels(names, ends, width - margin.right + 6, height - margin.bottom);
    }
  };
}
