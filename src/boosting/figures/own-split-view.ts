/** Own data: the first split of XGBoost's first tree, every threshold of a feature with what it gains. */
import {html} from "htl";
import {scaleLinear} from "d3-scale";
import {pointer, select} from "d3-selection";
import {curveStepAfter, line} from "d3-shape";
import {drawAxis} from "../../notebook/axis.js";
import {formulaTex, renderTex} from "../../notebook/formula.js";
import {numberText} from "../../notebook/number-text.js";
import type {RootSplits} from "../csv-experiment.js";
import {leafScore} from "../gain.js";
import type {Candidate} from "../gain.js";
import {columnChoice} from "./column-choice.js";
import {columnOf, nameOf} from "./own-settings.js";
import type {OwnShown, OwnView} from "./own-settings.js";

const labels = {
  feature: "Feature",
  threshold: "Threshold",
  chart: "What each threshold would gain at the root of XGBoost's first tree",
  gain: "gain",
  none: "The root's thresholds are weighed when the training is done.",
  several: "More than two classes: these are the splits of the first class's tree.",
  missing: {left: "missing values left", right: "missing values right"},
  chosen: (name: string, threshold: string, gain: string) => `The tree splits at ${name} < ${threshold}, which gains ${gain}.`,
  bar: (name: string, threshold: string) => `best of all: ${name} < ${threshold}`,
  leaf: "No threshold gains enough: the root stays a leaf.",
  here: (name: string, threshold: string, side: string) => `${name} < ${threshold}${side}`
};
const margin = {top: 30, right: 20, bottom: 44, left: 60};
const height = 260;

export function splitView(change: (patch: {readonly feature: number}) => void): OwnView {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("class", "split-chart").attr("role", "img").attr("aria-label", labels.chart);
  const axes = [svg.append("g"), svg.append("g")] as const;
  const curves = svg.append("g").attr("class", "own-gains");
  const marks = svg.append("g");
  const best = svg.append("g").attr("class", "gamma");
  const formula = html`<div class="step-formula"></div>`;
  const [here, verdict] = [html`<p class="node-text"></p>`, html`<p class="node-text" role="status"></p>`];
  const x = scaleLinear();
  // −1: the best of the feature's.
  let [candidates, picked, drawn]: [readonly Candidate[], number, string] = [[], -1, ""];
  const choice = columnChoice(labels.feature, (feature) => {
    picked = -1;
    change({feature});
  });
  const slider = html`<input type="range" min="0" step="1" aria-label=${labels.threshold}>` as HTMLInputElement;
  slider.addEventListener("input", () => {
    picked = slider.valueAsNumber;
    redraw();
  });
  let redraw = (): void => undefined;
  svg.on("pointerdown pointermove", (event: PointerEvent) => {
    if (event.type === "pointermove" && event.buttons !== 1) return;
    const at = x.invert(pointer(event, svg.node())[0]);
    picked = nearest(candidates, at);
    redraw();
  });

  function draw(shown: OwnShown, root: RootSplits): void {
    const {state, task, width} = shown;
    const feature = columnOf(state.feature, task, likely(root));
    candidates = root.candidates.filter((candidate) => candidate.feature === feature).sort((a, b) => a.threshold - b.threshold);
    const allowed = candidates.filter(({gain}) => gain > -Infinity);
    svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
    const ends = allowed.length ? [allowed[0]!.threshold, allowed.at(-1)!.threshold] : [0, 1];
    x.domain(ends[0] === ends[1] ? [ends[0]! - 1, ends[1]! + 1] : ends).range([margin.left, width - margin.right]);
    const top = Math.max(1e-6, ...root.candidates.map(({gain}) => gain));
    const y = scaleLinear().domain([Math.min(0, ...allowed.map(({gain}) => gain)), top]).range([height - margin.bottom, margin.top]).nice(4);
    drawAxis(axes[0], {side: "bottom", scale: x, at: height - margin.bottom, label: nameOf(feature, task), count: 6});
    drawAxis(axes[1], {side: "left", scale: y, at: margin.left, label: labels.gain, count: 4, format: "~s", grid: width - margin.left - margin.right});
    const ways = [true, false].map((left) => allowed.filter(({defaultLeft}) => defaultLeft === left)).filter(({length}) => length > 0);
    curves.selectAll("path").data(ways).join("path").attr("class", (way) => (way[0]!.defaultLeft ? "left" : "right"))
      .attr("d", line<Candidate>(({threshold}) => x(threshold), ({gain}) => y(gain)).curve(curveStepAfter));
    const {chosen} = root;
    best.attr("display", chosen ? null : "none").attr("transform", `translate(0,${y(chosen?.gain ?? 0)})`);
    best.selectAll("line").data([0]).join("line").attr("x1", margin.left).attr("x2", width - margin.right);
    best.selectAll("text").data([0]).join("text").attr("class", "strong on-paper").attr("x", width - margin.right - 4).attr("y", -5)
      .attr("text-anchor", "end").text(chosen ? labels.bar(nameOf(chosen.feature, task), numberText(chosen.threshold, 3)) : "");
    const at = picked < 0 ? allowed.reduce((top, {gain}, i) => (gain > allowed[top]!.gain ? i : top), 0) : Math.min(picked, allowed.length - 1);
    const now = allowed[at];
    slider.max = String(Math.max(0, allowed.length - 1));
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", now ? numberText(now.threshold) : "");
    const dots = [...(chosen?.feature === feature ? [{...chosen, name: "best"}] : []), ...(now ? [{...now, name: "here"}] : [])];
    marks.selectAll("circle").data(dots).join("circle").attr("class", ({name}) => `candidate ${name}`).attr("r", 5.5)
      .attr("cx", ({threshold}) => x(threshold)).attr("cy", ({gain}) => y(gain));
    here.textContent = now ? labels.here(nameOf(feature, task), numberText(now.threshold), isSparse(ways) ? `, ${labels.missing[now.defaultLeft ? "left" : "right"]}` : "") : "";
    writeFormula(root, now, state);
  }

  function writeFormula({gradient, hessian, score}: RootSplits, now: Candidate | undefined, {lambda, alpha}: OwnShown["state"]): void {
    formula.style.visibility = now ? "" : "hidden";
    if (!now) return;
    const penalties = {regLambda: lambda, regAlpha: alpha, minChildWeight: 0, maxDeltaStep: 0};
    const {gl, hl, gr, hr, gain} = now;
    const sum = (name: string) => (alpha > 0 ? `T_{[[alpha]]}([[G${name}]])` : `[[G${name}]]`);
    const part = (name: string) => `\\frac{${sum(name)}^2}{[[H${name}]] + [[lambda]]}`;
    const values = {
      GL: gl, HL: hl, GR: gr, HR: hr, G: gradient, H: hessian, lambda, alpha,
      left: leafScore(penalties, gl, hl), right: leafScore(penalties, gr, hr), parent: score, gain
    };
    const tex = formulaTex(
      `\\begin{aligned}\\text{gain} &= ${part("L")} + ${part("R")} - ${part("")} \\\\ &= [[left]] + [[right]] - [[parent]] = [[gain]]\\end{aligned}`,
      values, "numbers"
    );
    if (tex !== drawn) void renderTex(formula, (drawn = tex));
  }

  return {
    element: html`<div><div class="own-choices">${choice.element}<label class="control"><span class="control-label">${labels.threshold}</span>${slider}</label></div>${svg.node()}${here}${formula}${verdict}</div>`,
    show(shown) {
      const root = shown.snapshot?.result?.root;
      const {task, state} = shown;
      choice.show(Array.from({length: task.table.columns}, (_, column) => nameOf(column, task)), columnOf(state.feature, task, root ? likely(root) : 0));
      verdict.textContent = root ? verdictOf(root, shown) : labels.none;
      svg.attr("display", root ? null : "none");
      redraw = () => root && draw(shown, root);
      redraw();
    }
  };
}

/** The feature of the best split of those with a choice of thresholds; any, if none has. */
function likely({candidates, chosen}: RootSplits): number {
  const counts = new Map<number, number>();
  for (const {feature, gain} of candidates) if (gain > -Infinity) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const broad = candidates.filter(({feature}) => (counts.get(feature) ?? 0) > 2);
  return (broad.length ? broad.reduce((best, next) => (next.gain > best.gain ? next : best)) : chosen)?.feature ?? 0;
}

const isSparse = (ways: readonly (readonly Candidate[])[]) => ways.length > 1;

function nearest(candidates: readonly Candidate[], at: number): number {
  const allowed = candidates.filter(({gain}) => gain > -Infinity);
  return allowed.reduce((best, {threshold}, i) => (Math.abs(threshold - at) < Math.abs(allowed[best]!.threshold - at) ? i : best), 0);
}

function verdictOf({chosen}: RootSplits, {task}: OwnShown): string {
  const split = chosen ? labels.chosen(nameOf(chosen.feature, task), numberText(chosen.threshold), numberText(chosen.gain, 4)) : labels.leaf;
  return task.classes.length > 2 ? `${split} ${labels.several}` : split;
}
