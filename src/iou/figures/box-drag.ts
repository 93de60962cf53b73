/** Moving and resizing a box by mouse, touch and keyboard. */
import {drag} from "d3-drag";
import {select} from "d3-selection";
import type {Box} from "../iou.js";

/** Which coordinates a handle moves: x1, y1, x2, y2. */
type Grip = readonly [boolean, boolean, boolean, boolean];

const grips: Readonly<Record<string, Grip>> = {
  move: [true, true, true, true],
  nw: [true, true, false, false],
  ne: [false, true, true, false],
  sw: [true, false, false, true],
  se: [false, false, true, true],
  n: [false, true, false, false],
  s: [false, false, false, true],
  w: [true, false, false, false],
  e: [false, false, true, false]
};

export interface BoxDragOptions {
  readonly label: string;
  readonly color: string;
  /** The region boxes stay in, in data units: [x1, y1, x2, y2]. */
  readonly bounds: () => Box;
  readonly get: () => Box;
  readonly set: (box: Box) => void;
  /** Data units per screen pixel, so that a dragged corner stays under the finger at any size. */
  readonly unitsPerPixel: () => number;
  /** How far an arrow key moves, in data units. Default 1. */
  readonly keyStride?: number;
}

export interface BoxDrag {
  readonly element: SVGGElement;
  /** Puts the handles on the box, `toScreen` mapping data units to drawing units. */
  show(box: Box, toScreen: (x: number, y: number) => readonly [number, number]): void;
}

/** The handles of one box. Corners and edges resize, the inside moves; arrow keys move, with Shift they resize. */
export function boxDrag(options: BoxDragOptions): BoxDrag {
  const {label, color, get, set, keyStride = 1} = options;
  const group = select(document.createElementNS("http://www.w3.org/2000/svg", "g"))
    .attr("class", "box-drag")
    .attr("tabindex", 0)
    .attr("role", "application")
    .style("color", color);

  const inside = group.append("rect").attr("class", "box-inside").datum(grips.move!);
  const edges = (["n", "s", "w", "e"] as const).map((name) =>
    group.append("line").attr("class", `box-edge ${name}`).datum(grips[name]!)
  );
  const corners = (["nw", "ne", "sw", "se"] as const).map((name) => {
    const corner = group.append("g").attr("class", `box-corner ${name}`).datum(grips[name]!);
    corner.append("circle").attr("class", "box-touch").attr("r", 16);
    corner.append("circle").attr("class", "box-handle").attr("r", 5);
    return corner;
  });

  const behaviour = drag<SVGElement, Grip>()
    .container(() => group.node()!.ownerSVGElement!)
    .clickDistance(4)
    .on("start", (event: {sourceEvent: Event}) => {
      event.sourceEvent.stopPropagation();
      group.node()!.focus({preventScroll: true});
    })
    .on("drag", (event: {dx: number; dy: number}, grip) => {
      const scale = options.unitsPerPixel();
      set(moved(get(), grip, event.dx * scale, event.dy * scale, options.bounds()));
    });
  for (const part of [inside, ...edges, ...corners]) (part as unknown as typeof inside).call(behaviour as never);

  group.on("keydown", (event: KeyboardEvent) => {
    const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
    if (!way) return;
    event.preventDefault();
    const stride = keyStride * (event.altKey ? 10 : 1);
    const grip = event.shiftKey ? grips.se! : grips.move!;
    set(moved(get(), grip, way[0]! * stride, way[1]! * stride, options.bounds()));
  });

  return {
    element: group.node()!,
    show(box, toScreen) {
      const [x1, y1] = toScreen(box[0], box[1]);
      const [x2, y2] = toScreen(box[2], box[3]);
      group.attr("aria-label", `${label}: ${box.map((v) => Number(v.toFixed(2))).join(", ")}. ${keys}`);
      inside.attr("x", x1).attr("y", y1).attr("width", x2 - x1).attr("height", y2 - y1);
      const ends = [[x1, y1, x2, y1], [x1, y2, x2, y2], [x1, y1, x1, y2], [x2, y1, x2, y2]] as const;
      edges.forEach((edge, i) => {
        const [ax, ay, bx, by] = ends[i]!;
        edge.attr("x1", ax).attr("y1", ay).attr("x2", bx).attr("y2", by);
      });
      const at = [[x1, y1], [x2, y1], [x1, y2], [x2, y2]] as const;
      corners.forEach((corner, i) => corner.attr("transform", `translate(${at[i]!.join(",")})`));
    }
  };
}

const keys = "Arrow keys move, Shift and arrow keys resize, Alt takes ten at a time.";

/**
 * The box after a grip moved by (dx, dy). A moved box stays whole inside the bounds; a resized one may be pulled flat
 * (zero width or height is a case worth seeing) but not inside out.
 */
export function moved(box: Box, grip: Grip, dx: number, dy: number, bounds: Box): Box {
  const whole = grip.every(Boolean);
  const [x1, y1, x2, y2] = box;
  if (whole) {
    const shiftX = clamp(dx, bounds[0] - x1, bounds[2] - x2);
    const shiftY = clamp(dy, bounds[1] - y1, bounds[3] - y2);
    return [x1 + shiftX, y1 + shiftY, x2 + shiftX, y2 + shiftY];
  }
  return [
    grip[0] ? clamp(x1 + dx, bounds[0], x2) : x1,
    grip[1] ? clamp(y1 + dy, bounds[1], y2) : y1,
    grip[2] ? clamp(x2 + dx, x1, bounds[2]) : x2,
    grip[3] ? clamp(y2 + dy, y1, bounds[3]) : y2
  ];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
