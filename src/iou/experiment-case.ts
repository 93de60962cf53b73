/** The TypeScript of experiment.wgsl.ts: the same formulas on one case at a time, allocating nothing. */
import type {ExperimentKind} from "./experiment.js";
import type {Sign} from "./regression.js";

export interface CaseMove {
  readonly kind: ExperimentKind;
  readonly sign: Sign;
  readonly steps: number;
  readonly rate: number;
}

// What the WGSL keeps in registers: the slopes of the loss, and both axes.
const slope = new Float64Array(4);
const alongX = {excess: 0, apart: false, overlap: 0, enclosing: 0};
const alongY = {excess: 0, apart: false, overlap: 0, enclosing: 0};

/**
 * Moves `box` (x and y from the target's centre, w, h), and adds the error before each step and after the last to
 * `errors` at `first`, `first + stride`, ….
 */
export function advanceCase(
  box: Float64Array,
  targetW: number,
  targetH: number,
  {kind, sign, steps, rate}: CaseMove,
  errors: Float32Array,
  first: number,
  stride: number
): void {
  for (let step = 0; step <= steps; step++) {
    errors[first + step * stride]! +=
      Math.abs(box[0]!) + Math.abs(box[1]!) + Math.abs(box[2]! - targetW) + Math.abs(box[3]! - targetH);
    if (step === steps) return;
    const iou = findSlopes(box, targetW, targetH, kind, sign);
    const pace = rate * (2 - iou);
    for (let i = 0; i < 4; i++) box[i]! -= pace * slope[i]!;
  }
}

/** Sets `slope` to ∂loss/∂(x, y, w, h). @returns IoU */
function findSlopes(box: Float64Array, targetW: number, targetH: number, kind: ExperimentKind, sign: Sign): number {
  const [x, y, w, h] = [box[0]!, box[1]!, box[2]!, box[3]!];
  look(alongX, x, w, targetW);
  look(alongY, y, h, targetH);
  const meet = alongX.overlap >= 0 && alongY.overlap >= 0;
  const intersection = meet ? alongX.overlap * alongY.overlap : 0;
  const union = w * h + targetW * targetH - intersection;
  const iou = intersection / union;
  let inner = (1 + iou) / union;
  let outer = 0;
  let area = iou / union;
  let home = 0;
  if (kind === "giou") {
    const inverse = 1 / (alongX.enclosing * alongY.enclosing);
    inner -= inverse;
    area -= inverse;
    outer = union * inverse * inverse;
  } else if (kind !== "iou") {
    const inverse = 1 / (alongX.enclosing ** 2 + alongY.enclosing ** 2);
    home = 2 * inverse;
    outer = -(x * x + y * y) * inverse * home;
  }
  const innerX = meet ? alongY.overlap * inner : 0;
  const innerY = meet ? alongX.overlap * inner : 0;
  const outerX = outer * (kind === "giou" ? alongY : alongX).enclosing;
  const outerY = outer * (kind === "giou" ? alongX : alongY).enclosing;
  const published = home > 0 && sign === "published";
  slope[0] = offsetSlope(innerX + outerX, alongX.apart, x) + x * home;
  slope[1] = offsetSlope(innerY + outerY, alongY.apart, y) + y * home;
  slope[2] = sizeSlope(innerX, outerX, alongX.apart, alongX.excess, published) + area * h;
  slope[3] = sizeSlope(innerY, outerY, alongY.apart, alongY.excess, published) + area * w;
  if (kind === "ciou") addAspect(w, h, targetW, targetH, iou);
  return iou;
}

/** Overlap and enclosing size along an axis, and whether neither side holds the other. */
function look(along: typeof alongX, offset: number, size: number, target: number): void {
  const excess = 0.5 * (size - target);
  const apart = Math.abs(offset) >= Math.abs(excess);
  const far = apart ? Math.abs(offset) : Math.abs(excess);
  along.excess = excess;
  along.apart = apart;
  along.overlap = excess + target - far;
  along.enclosing = excess + target + far;
}

function offsetSlope(perFar: number, apart: boolean, offset: number): number {
  return apart ? (offset < 0 ? -perFar : perFar) : 0;
}

/** `published` is the script's sign where the prediction covers the target. */
function sizeSlope(inner: number, outer: number, apart: boolean, excess: number, published: boolean): number {
  if (apart) return 0.5 * (outer - inner);
  if (excess < 0) return -inner;
  return published ? -outer : outer;
}

function addAspect(w: number, h: number, targetW: number, targetH: number, iou: number): void {
  const turn = Math.atan2(targetW * h - targetH * w, targetH * h + targetW * w);
  const v = (4 / Math.PI ** 2) * turn * turn;
  const torque = (v / (1.0000001 - iou + v)) * (8 / Math.PI ** 2) * turn;
  slope[2]! -= torque * h;
  slope[3]! += torque * w;
}
