/**
 * What every loss of the family is made of: intersection, union, enclosing box, centre distance, with derivatives with
 * respect to the prediction's corners. Ties follow PyTorch: at equal arguments max and min give half the slope to each.
 */
import type {Box} from "./box.js";
import type {Sloped} from "./sloped.js";

export interface Overlap {
  readonly overlapWidth: number;
  readonly overlapHeight: number;
  readonly intersection: Sloped;
  readonly predictionArea: number;
  readonly targetArea: number;
  readonly union: Sloped;
  /** The prediction's own width and height, and how far its centre is right of and below the target's. */
  readonly width: Sloped;
  readonly height: Sloped;
  readonly dx: Sloped;
  readonly dy: Sloped;
  readonly enclosingWidth: Sloped;
  readonly enclosingHeight: Sloped;
}

/** The share of the slope that goes to a where max(a, b) is taken. */
const wins = (a: number, b: number) => (a > b ? 1 : a < b ? 0 : 0.5);

/** @returns areas and the enclosing box of prediction and target, in the boxes' unit (areas in its square) */
export function overlap([x1, y1, x2, y2]: Box, [X1, Y1, X2, Y2]: Box): Overlap {
  const width = Math.min(x2, X2) - Math.max(x1, X1);
  const height = Math.min(y2, Y2) - Math.max(y1, Y1);
  // torchvision's _loss_inter_union counts an intersection only where both extents are positive.
  const meet = width > 0 && height > 0;
  const intersection = meet ? width * height : 0;
  const dI: Box = meet
    ? [-height * wins(x1, X1), -width * wins(y1, Y1), height * wins(X2, x2), width * wins(Y2, y2)]
    : [0, 0, 0, 0];
  const w = x2 - x1;
  const h = y2 - y1;
  const predictionArea = w * h;
  const targetArea = (X2 - X1) * (Y2 - Y1);
  return {
    overlapWidth: Math.max(0, width),
    overlapHeight: Math.max(0, height),
    intersection: {value: intersection, slope: dI},
    predictionArea,
    targetArea,
    union: {value: predictionArea + targetArea - intersection, slope: [-h - dI[0], -w - dI[1], h - dI[2], w - dI[3]]},
    width: {value: w, slope: [-1, 0, 1, 0]},
    height: {value: h, slope: [0, -1, 0, 1]},
    dx: {value: (x1 + x2 - X1 - X2) / 2, slope: [0.5, 0, 0.5, 0]},
    dy: {value: (y1 + y2 - Y1 - Y2) / 2, slope: [0, 0.5, 0, 0.5]},
    enclosingWidth: {value: Math.max(x2, X2) - Math.min(x1, X1), slope: [-wins(X1, x1), 0, wins(x2, X2), 0]},
    enclosingHeight: {value: Math.max(y2, Y2) - Math.min(y1, Y1), slope: [0, -wins(Y1, y1), 0, wins(y2, Y2)]}
  };
}
