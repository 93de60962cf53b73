/** Points of two classes in a plane, generated, or penguins by two of their measures. */
import {penguins} from "./penguins.js";
import {gaussian, uniform} from "./sample.js";
import type {Table} from "./table.js";

export type PlaneSet = "moons" | "circles" | "quarters" | "penguins";

type Point = readonly [x: number, y: number, label: number];

/** `count` points, half of each class (the penguins are all 344). */
export function planeSample(kind: PlaneSet, count: number, noise: number, seed: number): Table {
  if (kind === "penguins") return penguins(["beak depth, mm", "body mass, g"], "C");
  const random = uniform(seed);
  const points = Array.from({length: count}, (_, i): Point => {
    const label = i % 2;
    const angle = Math.PI * random();
    if (kind === "moons") return label ? [1 - Math.cos(angle), 0.5 - Math.sin(angle), 1] : [Math.cos(angle), Math.sin(angle), 0];
    if (kind === "circles") return [(2 - label) * Math.cos(2 * angle), (2 - label) * Math.sin(2 * angle), label];
    const [x, y] = [4 * random() - 2, 4 * random() - 2];
    return [x, y, Number(x * y > 0)];
  });
  return {
    features: Float32Array.from(points.flatMap(([x, y]) => [x + noise * gaussian(random), y + noise * gaussian(random)])),
    rows: count,
    columns: 2,
    labels: Float32Array.from(points, ([, , label]) => label),
    featureNames: ["x", "y"]
  };
}
