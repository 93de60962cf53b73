/** What can be drawn on a pair of boxes, named as in the formulas; pure geometry in data units. */
import type {Box, LossKind} from "../iou.js";

export type Point = readonly [number, number];

export interface ScenePart {
  /** The slot name that formulas and steps use. */
  readonly name: string;
  /** The symbol, and what stands below it to the right. */
  readonly label: readonly [symbol: string, subscript?: string];
  readonly shape:
    | {readonly type: "area"; readonly box: Box}
    | {readonly type: "union"; readonly boxes: readonly [Box, Box]}
    | {readonly type: "line"; readonly from: Point; readonly to: Point};
}

const centre = ([x1, y1, x2, y2]: Box): Point => [(x1 + x2) / 2, (y1 + y2) / 2];

/** The overlap of two boxes, or null where they share no area. */
function intersection(a: Box, b: Box): Box | null {
  const box: Box = [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
  return box[2] > box[0] && box[3] > box[1] ? box : null;
}

function enclosing(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** The parts that the loss's formula speaks of, back to front. */
export function sceneParts(kind: LossKind, prediction: Box, target: Box): readonly ScenePart[] {
  const shared = intersection(prediction, target);
  const hull = enclosing(prediction, target);
  const [px, py] = centre(prediction);
  const [tx, ty] = centre(target);
  const line = (name: string, label: ScenePart["label"], from: Point, to: Point): ScenePart => ({
    name,
    label,
    shape: {type: "line", from, to}
  });
  const union: ScenePart = {name: "U", label: ["U"], shape: {type: "union", boxes: [prediction, target]}};
  const overlap: readonly ScenePart[] = shared ? [{name: "I", label: ["I"], shape: {type: "area", box: shared}}] : [];
  const hullPart: ScenePart = {name: "C", label: ["C"], shape: {type: "area", box: hull}};
  const diagonal = line("c", ["c"], [hull[0], hull[1]], [hull[2], hull[3]]);
  const rho = line("rho", ["ρ"], [px, py], [tx, ty]);
  const across = [
    line("Cw", ["C", "w"], [hull[0], hull[3]], [hull[2], hull[3]]),
    line("Ch", ["C", "h"], [hull[2], hull[1]], [hull[2], hull[3]])
  ];
  const aspects = [
    line("aspect-p", ["w/h"], [prediction[0], prediction[3]], [prediction[2], prediction[1]]),
    line("aspect-t", ["w/h", "t"], [target[0], target[3]], [target[2], target[1]])
  ];
  const extra: Record<LossKind, readonly ScenePart[]> = {
    iou: [],
    "alpha-iou": [],
    giou: [hullPart],
    diou: [hullPart, diagonal, rho],
    ciou: [hullPart, diagonal, ...aspects, rho],
    eiou: [hullPart, diagonal, ...across, rho],
    siou: [hullPart, ...across, rho],
    mpdiou: [
      line("d1", ["d", "1"], [prediction[0], prediction[1]], [target[0], target[1]]),
      line("d2", ["d", "2"], [prediction[2], prediction[3]], [target[2], target[3]])
    ]
  };
  return [union, ...overlap, ...extra[kind]];
}

/** The region to show of an image: both boxes and some way around them, so that a small object is seen large. */
export function viewOf(prediction: Box, target: Box): Box {
  const [x1, y1, x2, y2] = enclosing(prediction, target);
  const margin = Math.max(x2 - x1, y2 - y1) * 0.25;
  return [x1 - margin, y1 - margin, x2 + margin, y2 + margin];
}
