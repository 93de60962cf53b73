/**
 * One step of the DIoU paper's simulation in WGSL, straight-line: no branch, no select, no min or max, which cost a
 * software adapter several times what they cost a GPU. (The full simulation is 343 million of these steps a loss.)
 *
 * Along one axis, with the centres d apart and sizes w and W, let far = max(|d|, |w − W|/2). Then the overlap is
 * (w + W)/2 − far and the enclosing size (w + W)/2 + far, so one number and its slope give both.
 */
import type {ExperimentKind} from "./experiment.js";
import type {Sign} from "./regression.js";

/** Bit tricks that stand for a select. */
export const signs = `
  /** a, negated where b is negative. */
  fn flipped(a : f32, b : f32) -> f32 {
    return bitcast<f32>(bitcast<u32>(a) ^ (bitcast<u32>(b) & 0x80000000u));
  }
  /** 1, or 0 where a is negative. */
  fn positive(a : f32) -> f32 { return 0.5 + flipped(0.5, a); }
  /** 1, or 0 where a or b is negative. */
  fn bothPositive(a : f32, b : f32) -> f32 {
    return 0.5 + bitcast<f32>(((bitcast<u32>(a) | bitcast<u32>(b)) & 0x80000000u) ^ 0x3f000000u);
  }`;

/** Overlap and enclosing size along an axis. apart is 1 where neither holds the other: they overlap partly or not. */
const axis = (n: "X" | "Y", d: "x" | "y", size: "w" | "h", target: "targetW" | "targetH") => `
    let excess${n} = 0.5 * (${size} - ${target});
    let offset${n} = abs(${d});
    let growth${n} = abs(excess${n});
    let apart${n} = positive(offset${n} - growth${n});
    let far${n} = growth${n} + (offset${n} - growth${n}) * apart${n};
    let mean${n} = excess${n} + ${target};
    let overlap${n} = mean${n} - far${n};
    let enclosing${n} = mean${n} + far${n};`;

const shared = `
    let meet = bothPositive(overlapX, overlapY);
    let acrossX = overlapY * meet;
    let acrossY = overlapX * meet;
    let intersection = overlapX * acrossX;
    let united = w * h + targetArea - intersection;
    let unionInverse = 1.0 / united;
    let iou = intersection * unionInverse;
    let perIntersection = (1.0 + iou) * unionInverse;`;

/**
 * How the loss slopes: `inner` is −∂loss/∂overlap and `outer` is ∂loss/∂enclosing, each along its axis; `area` is
 * ∂loss/∂(w h), overlap and enclosing size held.
 */
const losses: Readonly<Record<"plain" | "empty" | "distance", string>> = {
  plain: `
    let innerX = acrossX * perIntersection; let outerX = 0.0;
    let innerY = acrossY * perIntersection; let outerY = 0.0;
    let area = iou * unionInverse;`,
  empty: `
    let inverse = 1.0 / (enclosingX * enclosingY);
    let filled = inverse * inverse * united;
    let gain = perIntersection - inverse;
    let innerX = acrossX * gain; let outerX = filled * enclosingY;
    let innerY = acrossY * gain; let outerY = filled * enclosingX;
    let area = iou * unionInverse - inverse;`,
  distance: `
    let inverse = 1.0 / (enclosingX * enclosingX + enclosingY * enclosingY);
    let home = inverse + inverse;
    let stretch = -(x * x + y * y) * inverse * home;
    let innerX = acrossX * perIntersection; let outerX = stretch * enclosingX;
    let innerY = acrossY * perIntersection; let outerY = stretch * enclosingY;
    let area = iou * unionInverse;`
};

const lossOf = {iou: "plain", giou: "empty", diou: "distance", ciou: "distance"} as const;

/** ∂loss/∂ centre and size on an axis: `mean` grows by ½ with the size, `far` by ±1 with the offset or ±½ with it. */
const slopes = (n: "X" | "Y", d: "x" | "y", along: "w" | "h", other: "w" | "h", kind: ExperimentKind, sign: Sign) => `
    let perFar${n} = inner${n} + outer${n};
    let whenApart${n} = perFar${n} * apart${n};
    let ${d}Slope = flipped(whenApart${n}, ${d})${lossOf[kind] === "distance" ? ` + ${d} * home` : ""};
    ${(sign === "published" && lossOf[kind] === "distance" ? publishedSizeSlope : sizeSlope)(n, along, other)}`;

const sizeSlope = (n: "X" | "Y", along: "w" | "h", other: "w" | "h") =>
  `var ${along}Slope = 0.5 * (outer${n} - inner${n} + flipped(perFar${n} - whenApart${n}, excess${n}))
      + area * ${other};`;

/**
 * With `side` the slope of far along the size (½ where the prediction covers the target, −½ inside it, else 0), that of
 * the enclosing size is ½ + side; the authors' script has −1, not 1, where it covers, that is ½ − side − 4 side².
 */
const publishedSizeSlope = (n: "X" | "Y", along: "w" | "h", other: "w" | "h") =>
  `let side${n} = flipped(0.5 - 0.5 * apart${n}, excess${n});
    var ${along}Slope = outer${n} * (0.5 - side${n} - 4.0 * side${n} * side${n}) - inner${n} * (0.5 - side${n})
      + area * ${other};`;

/**
 * The turn atan(W/H) − atan(w/h) as twice the angle of half its tangent, with Abramowitz and Stegun's polynomial 4.4.47
 * for the arc tangent on [−1, 1] (error at most 1e-5); then α v's slope without the factor 1/(w² + h²).
 */
const aspectSlope = `
    let sine = targetW * h - targetH * w;
    let cosine = targetH * h + targetW * w;
    let t = sine / (cosine + sqrt(sine * sine + cosine * cosine));
    let t2 = t * t;
    let turn = 2.0 * t * (0.9998660 + t2 * (-0.3302995 + t2 * (0.1801410 + t2 * (-0.0851330 + t2 * 0.0208351))));
    let v = ${4 / Math.PI ** 2} * turn * turn;
    let torque = v / (1.0000001 - iou + v) * ${8 / Math.PI ** 2} * turn;
    wSlope -= torque * h;
    hSlope += torque * w;`;

/**
 * Adds the error before the step to `error`, then moves x, y (from the target's centre), w, h by one step; reads
 * targetW, targetH, targetArea and rate.
 */
export function experimentStepWgsl(kind: ExperimentKind, sign: Sign, error: string): string {
  return `{
    ${axis("X", "x", "w", "targetW")}
    ${axis("Y", "y", "h", "targetH")}
    ${error} += offsetX + offsetY + 2.0 * (growthX + growthY);
    ${shared}
    ${losses[lossOf[kind]]}
    ${slopes("X", "x", "w", "h", kind, sign)}
    ${slopes("Y", "y", "h", "w", kind, sign)}
    ${kind === "ciou" ? aspectSlope : ""}
    let stride = rate * (2.0 - iou);
    x -= stride * xSlope;
    y -= stride * ySlope;
    w -= stride * wSlope;
    h -= stride * hSlope;
  }`;
}
