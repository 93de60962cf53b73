/**
 * The DIoU paper's simulation: 7 targets of area 1 at (10, 10), anchors at any number of points in the disc of radius 3
 * around them, 7 scales and 7 aspect ratios at each: 343 cases a point, 1,715,000 for the paper's 5,000 points. From
 * the authors' script, Zzh-tju/DIoU `simulation experiment/test_1715k.m`.
 */

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

/** Points uniform in the disc: r = 3√u, θ = 2πu. @param random uniform in [0, 1) */
export function anchorPoints(count: number, random: () => number): readonly AnchorPoint[] {
  return Array.from({length: count}, () => {
    const r = radius * Math.sqrt(random());
    const theta = 2 * Math.PI * random();
    return [center[0] + r * Math.cos(theta), center[1] + r * Math.sin(theta)];
  });
}
