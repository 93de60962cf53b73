/** Precision against recall: thin curves of which one is chosen. */
import {scaleLinear} from "d3-scale";
import {select} from "d3-selection";
import {line} from "d3-shape";
import {drawAxis} from "../../notebook/axis.js";

const labels = {across: "recall", up: "precision"};
const edge = {top: 46, right: 16, bottom: 46, left: 46};

export interface PrecisionCurve {
  /** At COCO's 101 recalls; drawn up to the last that is reached. */
  readonly values: ArrayLike<number>;
  readonly name: string;
  readonly color: string;
  readonly strong: boolean;
}

export interface PrecisionChart {
  readonly element: SVGSVGElement;
  show(title: string, curves: readonly PrecisionCurve[], width: number, height: number): void;
}

export function precisionChart(): PrecisionChart {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img");
  const axes = [svg.append("g"), svg.append("g")] as const;
  const paths = svg.append("g").attr("class", "precision-curves");
  const title = svg.append("text").attr("class", "strong").attr("y", 14);
  return {
    element: svg.node()!,
    show(text, curves, width, height) {
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      svg.attr("aria-label", `${text}: ${labels.up}, ${labels.across}`);
      const x = scaleLinear([0, 1], [edge.left, width - edge.right]);
      const y = scaleLinear([0, 1], [height - edge.bottom, edge.top]);
      title.text(text);
      drawAxis(axes[0], {side: "bottom", scale: x, at: y(0), label: labels.across});
      drawAxis(axes[1], {side: "left", scale: y, at: edge.left, label: labels.up, grid: x(1) - x(0)});
      const strongLast = [...curves].sort((a, b) => Number(a.strong) - Number(b.strong));
      const shape = line<number>((_, i) => x(i / 100), (value) => y(value));
      paths.selectAll<SVGPathElement, PrecisionCurve>("path").data(strongLast).join("path")
        .attr("class", ({strong}) => (strong ? "strong" : ""))
        .style("stroke", ({color}) => color)
        .attr("d", ({values}) => shape(reached(values)))
        .selectAll("title").data((curve) => [curve]).join("title").text(({name}) => name);
    }
  };
}

/** The curve down to its last recall, then to the ground. */
function reached(values: ArrayLike<number>): number[] {
  const list = Array.from(values);
  let last = list.length - 1;
  while (last >= 0 && list[last]! <= 0) last--;
  return list.slice(0, Math.min(list.length, last + 2)).map((value) => Math.max(0, value));
}
