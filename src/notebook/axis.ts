/** Thin axes for d3 scales, and labels at the ends of curves that keep out of each other's way. */
import type {Selection} from "d3-selection";

/** What an axis needs of a d3 scale. */
export interface AxisScale {
  (value: number): number;
  ticks(count?: number): number[];
  tickFormat(count?: number, specifier?: string): (value: number) => string;
  range(): number[];
}

export interface AxisOptions {
  readonly side: "bottom" | "left";
  readonly scale: AxisScale;
  /** Where the axis stands: y of a bottom axis, x of a left one. */
  readonly at: number;
  readonly label: string;
  readonly count?: number;
  readonly format?: string;
  /** Length of faint lines across the plot, 0 for none. */
  readonly grid?: number;
}

type Group = Selection<SVGGElement, unknown, null, undefined>;

/** Draws the axis into `group`, replacing what it held. */
export function drawAxis(group: Group, {side, scale, at, label, count = 5, format, grid = 0}: AxisOptions): void {
  const bottom = side === "bottom";
  const [start = 0, end = 0] = scale.range();
  const text = scale.tickFormat(count, format);
  group.attr("class", "axis").selectAll("*").remove();
  for (const tick of scale.ticks(count)) {
    const place = scale(tick);
    const mark = group.append("g").attr("transform", bottom ? `translate(${place},${at})` : `translate(${at},${place})`);
    if (grid) mark.append("line").attr("class", "grid").attr(bottom ? "y2" : "x2", bottom ? -grid : grid);
    mark.append("line").attr(bottom ? "y2" : "x2", bottom ? 5 : -5);
    mark
      .append("text")
      .attr("x", bottom ? 0 : -8)
      .attr("y", bottom ? 18 : 4)
      .attr("text-anchor", bottom ? "middle" : "end")
      .text(text(tick));
  }
  group.append("line").attr(bottom ? "x1" : "y1", start).attr(bottom ? "x2" : "y2", end)
    .attr(bottom ? "y1" : "x1", at).attr(bottom ? "y2" : "x2", at);
  const name = group.append("text").attr("class", "strong").text(label);
  if (bottom) name.attr("x", end).attr("y", at + 36).attr("text-anchor", "end");
  else name.attr("x", at - 36).attr("y", Math.min(start, end) - 12).attr("text-anchor", "start");
}

export interface EndLabel {
  readonly text: string;
  readonly color: string;
  /** Where the curve ends. */
  readonly y: number;
}

/** Writes labels in a column at x, each as near its curve's end as the others let it be. */
export function drawEndLabels(group: Group, labels: readonly EndLabel[], x: number, bottom: number, gap = 14): void {
  const sorted = labels.map((label) => ({...label})).sort((a, b) => a.y - b.y);
  let floor = -Infinity;
  for (const label of sorted) floor = label.y = Math.max(label.y, floor + gap);
  let ceiling = bottom;
  for (const label of [...sorted].reverse()) {
    label.y = Math.min(label.y, ceiling);
    ceiling = label.y - gap;
  }
  group
    .selectAll("text")
    .data(sorted)
    .join("text")
    .attr("x", x)
    .attr("y", (label) => label.y + 4)
    .style("fill", (label) => label.color)
    .attr("class", "end-label")
    .text((label) => label.text);
}
