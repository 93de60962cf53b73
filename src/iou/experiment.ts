/**
 * The DIoU paper's simulation: 7 targets of area 1 at (10, 10), anchors at any number of points in the disc of radius 3
 * around them, 7 scales and 7 aspect ratios at each: 343 cases a point, 1,715,000 for the paper's 5,000 points. From
 * the authors' script, Zzh-tju/DIoU `simulation experiment/test_1715k.m`.
 */
import type {CenterBox} from "./box.js";
import {coordinateError, descentPull, moved, paperLearningRate} from "./regression.js";
import type {Sign} from "./regression.js";

export const experimentKinds = ["iou", "giou", "diou", "ciou"] as const;
export type ExperimentKind = (typeof experimentKinds)[number];
export type AnchorPoint = readonly [x: number, y: number];

export const experimentSteps = 200;
export const center: AnchorPoint = [10, 10];
export const radius = 3;

/** Width and height of the targets, and of the anchors before scaling; all of area 1. */
export const ratios: readonly (readonly [w: number, h: number])[] = [
  [1 / 2, 2],
  [Math.sqrt(3) / 3, Math.sqrt(3)],
  [Math.SQRT2 / 2, Math.SQRT2],
  [1, 1],
  [Math.SQRT2, Math.SQRT2 / 2],
  [Math.sqrt(3), Math.sqrt(3) / 3],
  [2, 1 / 2]
];

/** Areas of the anchors. */
export const scales: readonly number[] = [0.5, 0.67, 0.75, 1, 1.33, 1.5, 2];

/** Cases at one anchor point: targets × scales × ratios. */
export const casesPerPoint = ratios.length * scales.length * ratios.length;

export const targets: readonly CenterBox[] = ratios.map(([w, h]) => [...center, w, h]);

/** Points uniform in the disc: r = 3√u, θ = 2πu. @param random uniform in [0, 1) */
export function anchorPoints(count: number, random: () => number): readonly AnchorPoint[] {
  return Array.from({length: count}, () => {
    const r = radius * Math.sqrt(random());
    const theta = 2 * Math.PI * random();
    return [center[0] + r * Math.cos(theta), center[1] + r * Math.sin(theta)];
  });
}

/** The target and start of case `index` (0–342) at a point: target, then scale, then ratio, the last fastest. */
export function experimentCase([x, y]: AnchorPoint, index: number): {readonly start: CenterBox; readonly target: CenterBox} {
  const [w, h] = ratios[index % 7]!;
  const size = Math.sqrt(scales[Math.floor(index / 7) % 7]!);
  return {start: [x, y, w * size, h * size], target: targets[Math.floor(index / 49)]!};
}

/** One step of one case: the box after it. `step` counts from 0. */
export function experimentStep(
  kind: ExperimentKind,
  box: CenterBox,
  target: CenterBox,
  step: number,
  sign: Sign
): CenterBox {
  const {pull, iou} = descentPull(kind, box, target, {sign});
  return moved(box, pull, paperLearningRate(step) * (2 - iou));
}

export interface ExperimentResult {
  /** Mean error of a case after step 0 (the start) to `steps`. */
  readonly curve: readonly number[];
  /** Mean error of a point's cases at the end. */
  readonly finalByPoint: readonly number[];
}

/** The whole simulation at the given points, float64; about a microsecond for each case and step. */
export function runExperimentOnCpu(
  kind: ExperimentKind,
  points: readonly AnchorPoint[],
  sign: Sign,
  steps = experimentSteps
): ExperimentResult {
  const curve = new Array<number>(steps + 1).fill(0);
  const finalByPoint = points.map((point) => {
    let final = 0;
    for (let index = 0; index < casesPerPoint; index++) {
      const {start, target} = experimentCase(point, index);
      let box = start;
      curve[0]! += coordinateError(box, target);
      for (let step = 0; step < steps; step++) {
        box = experimentStep(kind, box, target, step, sign);
        curve[step + 1]! += coordinateError(box, target);
      }
      final += coordinateError(box, target);
    }
    return final / casesPerPoint;
  });
  return {curve: curve.map((sum) => sum / (points.length * casesPerPoint)), finalByPoint};
}
