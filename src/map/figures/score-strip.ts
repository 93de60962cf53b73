/** The detections of a class by score, each a mark to drag or to move by keys: the order in which they have their turn. */
import {drag} from "d3-drag";
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {drawAxis} from "../../notebook/axis.js";
import type {Verdict} from "../trace.js";
import {verdictColors, verdictNames} from "./step-look.js";

export interface ScoreMark {
  readonly row: number;
  readonly score: number;
  readonly verdict: Verdict;
  readonly image: string;
  readonly now: boolean;
  /** Has not had its turn. */
  readonly later: boolean;
}

const labels = {
  strip: "Scores, high to low decides the order",
  axis: "score",
  mark: (row: number, image: string, verdict: string) => `Score of detection ${row + 1}, image ${image}, ${verdict}`
};

export interface ScoreStrip {
  readonly element: SVGSVGElement;
  show(marks: readonly ScoreMark[], width: number): void;
}

const edge = {left: 12, right: 12};
const height = 78;
const base = 42;

export function scoreStrip(onScore: (row: number, score: number) => void, onSelect: (row: number) => void): ScoreStrip {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "score-strip").attr("role", "group").attr("aria-label", labels.strip).attr("height", height);
  const axis = svg.append("g");
  const marks = svg.append("g");
  const x = scaleLinear([0, 1], [0, 1]);
  const set = (row: number, score: number) => onScore(row, Math.min(1, Math.max(0, Math.round(score * 100) / 100)));
  const dragging = drag<SVGGElement, ScoreMark>()
    .container(() => svg.node()!)
    .subject((event: {x: number; y: number}) => ({x: event.x, y: event.y}))
    .on("start", (event: {sourceEvent: {target: Element}}) => {
      event.sourceEvent.target.closest<SVGGElement>(".score-mark")?.focus({preventScroll: true});
    })
    .on("drag", (event: {x: number}, {row}) => set(row, x.invert(event.x)));
  const strides: Readonly<Record<string, number>> = {
    ArrowLeft: -0.01, ArrowDown: -0.01, ArrowRight: 0.01, ArrowUp: 0.01, "-": -0.01, "+": 0.01, PageDown: -0.1, PageUp: 0.1
  };

  return {
    element: svg.node()!,
    show(list, width) {
      svg.attr("width", width).attr("viewBox", `0 0 ${width} ${height}`);
      x.range([edge.left, width - edge.right]);
      drawAxis(axis, {side: "bottom", scale: x, at: base, label: labels.axis, count: 5});
      const placed = stacked(list, x);
      marks
        .selectAll<SVGGElement, ScoreMark>("g.score-mark")
        .data(placed.map(({mark}) => mark), ({row}) => row)
        .join((enter) => {
          const mark = enter.append("g").attr("role", "slider").attr("tabindex", 0).attr("aria-valuemin", 0).attr("aria-valuemax", 1);
          mark.append("circle").attr("class", "box-touch").attr("r", 13);
          mark.append("circle").attr("class", "score-dot").attr("r", 6);
          mark.on("focus", (_, {row}) => onSelect(row));
          mark.on("keydown", (event: KeyboardEvent, {row, score}) => {
            const stride = strides[event.key];
            if (stride === undefined) return;
            event.preventDefault();
            set(row, score + stride);
          });
          return mark.call(dragging as never);
        })
        .attr("class", ({now, later, verdict}) =>
          `score-mark${now ? " now" : ""}${later ? " later" : ""}${verdict === "true-positive" ? " hit" : ""}`)
        .attr("aria-valuenow", ({score}) => score)
        .attr("aria-label", ({row, image, verdict}) => labels.mark(row, image, verdictNames[verdict]))
        .style("color", ({verdict}) => verdictColors[verdict])
        .attr("transform", (mark) => {
          const {level} = placed.find((each) => each.mark === mark)!;
          return `translate(${x(mark.score)},${base - 12 - 11 * level})`;
        });
    }
  };
}

/** Marks that would cover each other stand on one another, three high at most. */
function stacked(list: readonly ScoreMark[], x: (score: number) => number) {
  const ends = [-Infinity, -Infinity, -Infinity];
  return [...list].sort((a, b) => a.score - b.score || a.row - b.row).map((mark) => {
    const free = ends.findIndex((end) => x(mark.score) - end >= 13);
    const level = free >= 0 ? free : ends.indexOf(Math.min(...ends));
    ends[level] = x(mark.score);
    return {mark, level};
  });
}
