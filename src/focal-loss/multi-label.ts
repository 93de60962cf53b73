/** A small task with several labels at once: five discs in the plane, from one that holds half of it to a tiny one. */
import type {Chance} from "./datasets.js";

/** Centre and radius. A point near a disc's rim has the label by chance. */
export const discs: readonly (readonly [x: number, y: number, radius: number])[] = [
  [-0.3, 0.1, 1.15],
  [0.6, -0.5, 0.75],
  [0.2, 0.7, 0.5],
  [-0.7, -0.5, 0.35],
  [0.9, 0.9, 0.2]
];
const softness = 0.05;

export interface MultiLabelPoints {
  readonly points: Float32Array;
  /** [count][discs]. */
  readonly labels: Uint8Array;
}

/** Points spread evenly over the square from −1.5 to 1.5. */
export function multiLabelPoints(count: number, {uniform}: Chance): MultiLabelPoints {
  const points = Float32Array.from({length: 2 * count}, () => 3 * uniform() - 1.5);
  const labels = new Uint8Array(count * discs.length);
  for (let i = 0; i < count; i++) {
    discs.forEach(([x, y, radius], label) => {
      const inside = radius - Math.hypot(points[2 * i]! - x, points[2 * i + 1]! - y);
      labels[i * discs.length + label] = Number(uniform() < 1 / (1 + Math.exp(-inside / softness)));
    });
  }
  return {points, labels};
}
