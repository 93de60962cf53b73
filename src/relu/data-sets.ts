/** The data that the room's networks train on: small, two-dimensional or less, so that all of it can be looked at. */

export type DataSetName = "spirals" | "moons" | "circles" | "xor" | "sine" | "penguins";

export interface DataSet {
  readonly inputs: 1 | 2;
  /** Targets are 0 and 1, or values of a function. */
  readonly kind: "classes" | "values";
  /** [points][inputs + 1], the target last. */
  readonly values: Float32Array;
  /** What each input ranges over in a picture. */
  readonly domain: readonly [number, number];
}

/** A source of numbers in [0, 1). */
type Random = () => number;
type Point = readonly number[];

const points = 256;

/** A data set's points; noise is drawn from `random`. Asynchronous, as the penguins are loaded when they are wanted. */
export async function dataSet(name: DataSetName, random: Random): Promise<DataSet> {
  if (name === "penguins") return penguinSet();
  const inputs = name === "sine" ? 1 : 2;
  const values = Array.from({length: points}, (_, i) => makers[name](i, random));
  return {inputs, kind: name === "sine" ? "values" : "classes", values: Float32Array.from(values.flat()), domain: [-1.2, 1.2]};
}

/** Point i of each set: neighbours in the order belong to different classes. */
const makers: Readonly<Record<Exclude<DataSetName, "penguins">, (i: number, random: Random) => Point>> = {
  spirals(i, random) {
    const along = (i >> 1) / (points / 2);
    const angle = 1.25 * 2 * Math.PI * along + (i % 2) * Math.PI;
    const radius = 0.08 + 0.9 * along;
    return [radius * Math.sin(angle) + spread(0.05, random), radius * Math.cos(angle) + spread(0.05, random), i % 2];
  },
  moons(i, random) {
    const angle = Math.PI * random();
    const [x, y] = i % 2 ? [0.5 - Math.cos(angle), 0.25 - Math.sin(angle)] : [Math.cos(angle) - 0.5, Math.sin(angle) - 0.25];
    return [0.7 * x + spread(0.12, random), 0.7 * y + spread(0.12, random), i % 2];
  },
  circles(i, random) {
    const angle = 2 * Math.PI * random();
    const radius = (i % 2 ? 0.4 : 0.9) + spread(0.12, random);
    return [radius * Math.cos(angle), radius * Math.sin(angle), i % 2];
  },
  xor(_, random) {
    const [x, y] = [2 * random() - 1, 2 * random() - 1];
    // A gap between the quarters.
    const apart = (v: number) => v * 0.92 + Math.sign(v) * 0.08;
    return [apart(x), apart(y), Number(x * y < 0)];
  },
  sine(i, random) {
    const x = (2 * (i + random())) / points - 1;
    return [x, Math.sin(2 * Math.PI * x) * 0.8];
  }
};

/** A uniform number around 0. */
const spread = (half: number, random: Random) => half * (2 * random() - 1);

/** Adélie penguins against the other two species, by the length and depth of their beaks, standardised. */
async function penguinSet(): Promise<DataSet> {
  const {penguins} = await import("../boosting/penguins.js");
  const {features, labels} = penguins(["beak length, mm", "beak depth, mm"], "A");
  const rows = Array.from(labels, (label, i) => [features[2 * i]!, features[2 * i + 1]!, label] as const);
  const whole = rows.filter(([length, depth]) => !Number.isNaN(length + depth));
  const scales = ([0, 1] as const).map((column) => {
    const mean = whole.reduce((sum, row) => sum + row[column], 0) / whole.length;
    const variance = whole.reduce((sum, row) => sum + (row[column] - mean) ** 2, 0) / whole.length;
    return {mean, deviation: Math.sqrt(variance)};
  });
  const standard = whole.flatMap(([length, depth, label]) => [
    (length - scales[0]!.mean) / scales[0]!.deviation, (depth - scales[1]!.mean) / scales[1]!.deviation, label
  ]);
  return {inputs: 2, kind: "classes", values: Float32Array.from(standard), domain: [-3, 3]};
}
