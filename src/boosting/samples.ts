/** Small generated data for the figures, the same for the same seed. */
import {gaussian, uniform} from "./sample.js";
import type {Table} from "./table.js";

export type LineSet = "two-groups" | "interval" | "steps";

/** One feature and classes 0 and 1: two groups that overlap, a group amid the other, or shares that rise in steps. */
export function lineSample(kind: LineSet, rows: number, seed: number): Table {
  const random = uniform(seed);
  const chance: Record<LineSet, (x: number) => number> = {
    "two-groups": (x) => 1 / (1 + Math.exp(-1.3 * (x - 5))),
    interval: (x) => (x > 3.2 && x < 6.4 ? 0.92 : 0.08),
    steps: (x) => (x < 2.5 ? 0.05 : x < 5 ? 0.4 : x < 7.5 ? 0.6 : 0.97)
  };
  const values = Array.from({length: rows}, () => Math.round(100 * (0.2 + 9.6 * random())) / 100).sort((a, b) => a - b);
  const features = Float32Array.from(values);
  const labels = features.map((x) => Number(random() < chance[kind](x)));
  // Both classes are there, whatever the seed.
  labels[0] = 0;
  labels[kind === "interval" ? rows >> 1 : rows - 1] = 1;
  return {features, rows, columns: 1, labels, featureNames: ["x"]};
}

/** Points around a curve: x even in 0–1 but for a jitter, y with normal noise. */
export function curveSample(curve: (x: number) => number, rows: number, noise: number, seed: number): Table {
  const random = uniform(seed);
  const features = Float32Array.from({length: rows}, (_, i) => (i + 0.15 + 0.7 * random()) / rows);
  const labels = features.map((x) => curve(x) + noise * gaussian(random));
  return {features, rows, columns: 1, labels, featureNames: ["x"]};
}
