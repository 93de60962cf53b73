/** Points of two classes in a plane: generated, penguins by two of their measures, mushrooms by two of their attributes. */
import {mushrooms, odors, sporePrints} from "./agaricus.js";
import {penguins} from "./penguins.js";
import {gaussian, uniform} from "./sample.js";
import type {Table} from "./table.js";

export type PlaneSet = "moons" | "circles" | "quarters" | "penguins" | "agaricus";

export interface PlaneAxis {
  readonly name: string;
  /** What stands at 0, 1, 2, …, where the axis has words instead of numbers. */
  readonly words?: readonly string[];
}

export interface PlaneData {
  /** What is learned: the places themselves, or features made of them. */
  readonly table: Table;
  /** Where each row is drawn, x and y; NaN is missing. */
  readonly places: Float32Array;
  readonly axes: readonly [x: PlaneAxis, y: PlaneAxis];
  /** The features of a place in the plane. */
  featuresAt(x: number, y: number): readonly number[];
}

type Point = readonly [x: number, y: number, label: number];

/** `count` points, half of each class; the penguins are all 344, the mushrooms that many of 8124, by chance. */
export function planeSample(kind: PlaneSet, count: number, noise: number, seed: number): PlaneData {
  if (kind === "agaricus") return agaricusPlane(count, seed);
  const table = kind === "penguins" ? penguins(["beak depth, mm", "body mass, g"], "C") : generated(kind, count, noise, seed);
  const [x = "x", y = "y"] = table.featureNames ?? [];
  return {table, places: table.features, axes: [{name: x}, {name: y}], featuresAt: (x, y) => [x, y]};
}

function generated(kind: "moons" | "circles" | "quarters", count: number, noise: number, seed: number): Table {
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

/** As in XGBoost's demo, each value of an attribute is a feature, 0 or 1. Rows are drawn beside each other in their cell. */
function agaricusPlane(count: number, seed: number): PlaneData {
  const sample = mushrooms(count, seed);
  const featuresAt = (x: number, y: number) =>
    [...odors.map((_, i) => Number(i === Math.round(x))), ...sporePrints.map((_, i) => Number(i === Math.round(y)))];
  const random = uniform(seed + 1);
  const aside = () => 0.8 * (random() - 0.5);
  return {
    table: {
      features: Float32Array.from(sample.flatMap(({odor, spore}) => featuresAt(odor, spore))),
      rows: count,
      columns: odors.length + sporePrints.length,
      labels: Float32Array.from(sample, ({isPoisonous}) => Number(isPoisonous)),
      featureNames: [...odors.map((word) => `odor=${word}`), ...sporePrints.map((word) => `spores=${word}`)]
    },
    places: Float32Array.from(sample.flatMap(({odor, spore}) => [odor + aside(), spore + aside()])),
    axes: [{name: "odor", words: odors}, {name: "spore print", words: sporePrints}],
    featuresAt
  };
}
