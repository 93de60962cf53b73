/** The drawn pair of boxes: the parts that the chosen loss speaks of, the boxes with their handles, the gradient. */
import {select} from "d3-selection";
import type {Box} from "../iou.js";
import type {BoxDrag} from "./box-drag.js";
import type {ScenePart} from "./scene-parts.js";

export interface SceneState {
  readonly prediction: Box;
  readonly target: Box;
  readonly parts: readonly ScenePart[];
  /** −∂loss/∂(x1, y1, x2, y2): where gradient descent pulls each edge; null draws none. */
  readonly descent: Box | null;
  /** Polygons behind the boxes (a real object's outline), each a flat list x, y, x, y, … */
  readonly outlines: readonly (readonly number[])[];
  /** The region shown, and where the image (or the free scene) lies, in data units. */
  readonly view: Box;
  readonly frame: Box;
}

export interface BoxScene {
  readonly element: SVGSVGElement;
  show(state: SceneState, pixelWidth: number): void;
  focus(names: readonly string[]): void;
  /** Data units per pixel at the last drawing. */
  unitsPerPixel(): number;
}

const longestArrow = 56;

/** Height over width. */
const sceneAspect = 0.7;

/** @param drags the boxes' handles, target first, drawn on top in this order */
export function boxScene(label: string, drags: readonly {drag: BoxDrag; box: (state: SceneState) => Box}[]): BoxScene {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "box-scene")
    .attr("role", "group")
    .attr("aria-label", label);
  const root = svg.append("g");
  const frame = root.append("rect").attr("class", "scene-frame");
  const outlines = root.append("g");
  const parts = root.append("g");
  for (const {drag} of drags) root.node()!.append(drag.element);
  const arrows = root.append("g").attr("class", "descent");
  const labels = root.append("g");
  let scale = 1;
  let lit: readonly string[] = [];

  const applyFocus = () => {
    parts.selectAll<SVGElement, ScenePart>("[data-part]").classed("lit", (part) => lit.includes(part.name));
    labels.selectAll<SVGElement, ScenePart>("text").classed("lit", (part) => lit.includes(part.name));
  };

  return {
    element: svg.node()!,
    unitsPerPixel: () => 1 / scale,
    focus(names) {
      lit = names;
      applyFocus();
    },
    show(state, pixelWidth) {
      // Every scene takes the same room on the page, whatever its shape: the page must not jump from pair to pair.
      const pixelHeight = Math.round(pixelWidth * sceneAspect);
      const [left, top, right, bottom] = state.view;
      scale = Math.min(pixelWidth / (right - left), pixelHeight / (bottom - top));
      const toScreen = (x: number, y: number) => [x * scale, y * scale] as const;
      svg.attr("width", pixelWidth).attr("height", pixelHeight).attr("viewBox", `0 0 ${pixelWidth} ${pixelHeight}`);
      const inset = [pixelWidth / 2 - ((left + right) / 2) * scale, pixelHeight / 2 - ((top + bottom) / 2) * scale];
      root.attr("transform", `translate(${inset.join(",")})`);
      const [fx1, fy1, fx2, fy2] = state.frame;
      frame.attr("x", fx1 * scale).attr("y", fy1 * scale);
      frame.attr("width", (fx2 - fx1) * scale).attr("height", (fy2 - fy1) * scale);
      outlines
        .selectAll("path")
        .data(state.outlines)
        .join("path")
        .attr("class", "outline")
        .attr("d", (points) => `M${points.map((v) => (v * scale).toFixed(1)).join(" ")}Z`);
      parts
        .selectAll<SVGPathElement, ScenePart>("path")
        .data(state.parts, (part) => part.name)
        .join("path")
        .attr("data-part", (part) => part.name)
        .attr("class", (part) => `part ${part.shape.type}`)
        .attr("d", (part) => pathOf(part, scale));
      labels
        .selectAll<SVGTextElement, ScenePart>("text")
        .data(state.parts, (part) => part.name)
        .join("text")
        .attr("class", "part-label on-paper")
        .html(({label: [symbol, subscript]}) =>
          subscript ? `${symbol}<tspan dy="3" font-size="10">${subscript}</tspan>` : symbol
        )
        .attr("transform", (part) => `translate(${labelPlace(part, scale).join(",")})`);
      for (const {drag, box} of drags) drag.show(box(state), toScreen);
      drawArrows(arrows, state, scale);
      applyFocus();
    }
  };
}

const boxPath = (box: Box, scale: number) => {
  const [x1, y1, x2, y2] = box.map((v) => v * scale) as unknown as Box;
  return `M${x1} ${y1}H${x2}V${y2}H${x1}Z`;
};

function pathOf({shape}: ScenePart, scale: number): string {
  if (shape.type === "area") return boxPath(shape.box, scale);
  if (shape.type === "union") return shape.boxes.map((box) => boxPath(box, scale)).join("");
  return `M${shape.from.map((v) => v * scale).join(" ")}L${shape.to.map((v) => v * scale).join(" ")}`;
}

/** How far along its line a label stands, where not in the middle: so that crossing lines keep their labels apart. */
const labelShares: Readonly<Record<string, number>> = {c: 0.82, "aspect-p": 0.85, "aspect-t": 0.2};

/** Areas are named in a corner of their own, lines beside their middle. */
function labelPlace({name, shape}: ScenePart, scale: number): readonly [number, number] {
  if (shape.type === "line") {
    const share = labelShares[name] ?? 0.5;
    const x = shape.from[0] + (shape.to[0] - shape.from[0]) * share;
    const y = shape.from[1] + (shape.to[1] - shape.from[1]) * share;
    return [x * scale + 7, y * scale - 5];
  }
  if (shape.type === "union") {
    const low = shape.boxes[0][3] > shape.boxes[1][3] ? shape.boxes[0] : shape.boxes[1];
    return [low[0] * scale + 8, low[3] * scale - 8];
  }
  const {box} = shape;
  if (name === "I") return [((box[0] + box[2]) / 2) * scale - 4, ((box[1] + box[3]) / 2) * scale + 5];
  return [box[2] * scale - 16, box[1] * scale + 16];
}

/** One arrow an edge, from its middle; lengths compare the four, the longest being as long as any can be. */
function drawArrows(
  group: ReturnType<typeof select<SVGGElement, unknown>>,
  {descent, prediction}: SceneState,
  scale: number
): void {
  const size = descent ? Math.max(...descent.map(Math.abs)) : 0;
  const [x1, y1, x2, y2] = prediction.map((v) => v * scale) as unknown as Box;
  const middles = [[x1, (y1 + y2) / 2], [(x1 + x2) / 2, y1], [x2, (y1 + y2) / 2], [(x1 + x2) / 2, y2]] as const;
  const data = descent && size > 1e-12 ? descent.map((pull, i) => ({pull, horizontal: i % 2 === 0, at: middles[i]!})) : [];
  group
    .selectAll("path")
    .data(data.filter(({pull}) => Math.abs(pull) / size > 0.02))
    .join("path")
    .attr("d", ({pull, horizontal, at: [x, y]}) => {
      const length = (pull / size) * longestArrow;
      return horizontal ? arrow(x, y, x + length, y) : arrow(x, y, x, y + length);
    });
}

function arrow(x1: number, y1: number, x2: number, y2: number): string {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const head = (turn: number) => `${x2 - 8 * Math.cos(angle + turn)} ${y2 - 8 * Math.sin(angle + turn)}`;
  return `M${x1} ${y1}L${x2} ${y2}M${head(0.5)}L${x2} ${y2}L${head(-0.5)}`;
}
