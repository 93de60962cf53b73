/** The TypeScript of experiment.wgsl.ts: the same formulas on one case, allocating nothing. */
import type {ExperimentKind} from "./experiment.js";
import type {Sign} from "./regression.js";

/**
 * Moves `box` (x and y from the target's centre, w, h) by `steps` steps, and adds the error before each step and after
 * the last to `errors` at `first`, `first + stride`, ….
 */
export function advanceCase(
  kind: ExperimentKind,
  sign: Sign,
  box: Float64Array,
  targetW: number,
  targetH: number,
  rate: number,
  steps: number,
  errors: Float32Array,
  first: number,
  stride: number
): void {
  let [x, y, w, h] = box as unknown as [number, number, number, number];
  const distance = kind === "diou" || kind === "ciou";
  for (let step = 0; step < steps; step++) {
    const excessX = 0.5 * (w - targetW);
    const excessY = 0.5 * (h - targetH);
    const growthX = Math.abs(excessX);
    const growthY = Math.abs(excessY);
    const offsetX = Math.abs(x);
    const offsetY = Math.abs(y);
    errors[first + step * stride]! += offsetX + offsetY + 2 * (growthX + growthY);

    const farX = Math.max(offsetX, growthX);
    const farY = Math.max(offsetY, growthY);
    const enclosingX = excessX + targetW + farX;
    const enclosingY = excessY + targetH + farY;
    const overlapX = excessX + targetW - farX;
    const overlapY = excessY + targetH - farY;
    const meet = overlapX >= 0 && overlapY >= 0;
    const intersection = meet ? overlapX * overlapY : 0;
    const union = w * h + targetW * targetH - intersection;
    const iou = intersection / union;
    // As in the WGSL: −∂loss/∂overlap, ∂loss/∂enclosing, ∂loss/∂(w h).
    let inner = (1 + iou) / union;
    let outerX = 0;
    let outerY = 0;
    let area = iou / union;
    let home = 0;
    if (kind === "giou") {
      const inverse = 1 / (enclosingX * enclosingY);
      inner -= inverse;
      outerX = union * inverse * inverse * enclosingY;
      outerY = union * inverse * inverse * enclosingX;
      area -= inverse;
    } else if (distance) {
      const inverse = 1 / (enclosingX * enclosingX + enclosingY * enclosingY);
      home = 2 * inverse;
      const stretch = -(x * x + y * y) * inverse * home;
      outerX = stretch * enclosingX;
      outerY = stretch * enclosingY;
    }
    const innerX = meet ? overlapY * inner : 0;
    const innerY = meet ? overlapX * inner : 0;
    const apartX = offsetX >= growthX;
    const apartY = offsetY >= growthY;
    const published = distance && sign === "published";
    let wSlope = sizeSlope(innerX, outerX, apartX, excessX, published) + area * h;
    let hSlope = sizeSlope(innerY, outerY, apartY, excessY, published) + area * w;
    if (kind === "ciou") {
      const turn = Math.atan2(targetW * h - targetH * w, targetH * h + targetW * w);
      const v = (4 / Math.PI ** 2) * turn * turn;
      const torque = (v / (1.0000001 - iou + v)) * (8 / Math.PI ** 2) * turn;
      wSlope -= torque * h;
      hSlope += torque * w;
    }
    const pace = rate * (2 - iou);
    x -= pace * ((apartX ? (x < 0 ? -1 : 1) * (innerX + outerX) : 0) + x * home);
    y -= pace * ((apartY ? (y < 0 ? -1 : 1) * (innerY + outerY) : 0) + y * home);
    w -= pace * wSlope;
    h -= pace * hSlope;
  }
  errors[first + steps * stride]! += Math.abs(x) + Math.abs(y) + Math.abs(w - targetW) + Math.abs(h - targetH);
  box[0] = x;
  box[1] = y;
  box[2] = w;
  box[3] = h;
}

/** ∂loss/∂size by way of overlap and enclosing size. `published` is the script's sign where the prediction covers. */
function sizeSlope(inner: number, outer: number, apart: boolean, excess: number, published: boolean): number {
  if (apart) return 0.5 * (outer - inner);
  if (excess < 0) return -inner;
  return published ? -outer : outer;
}
