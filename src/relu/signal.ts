/** An untrained network, layer by layer: how its weights are drawn, and what becomes of the signal and the gradient. */

/** How square layers' weights are drawn; biases are 0. */
export type Initialisation = "lecun" | "glorot" | "he" | "orthogonal" | "small" | "large";

/** Standard deviation of a weight of a layer with n inputs and n outputs. */
export const deviations: Readonly<Record<Initialisation, (n: number) => number>> = {
  lecun: (n) => Math.sqrt(1 / n),
  glorot: (n) => Math.sqrt(2 / (n + n)),
  he: (n) => Math.sqrt(2 / n),
  orthogonal: (n) => Math.sqrt(1 / n),
  small: (n) => 0.5 * Math.sqrt(1 / n),
  large: (n) => 2 * Math.sqrt(1 / n)
};

/** A normal number of mean 0 and deviation 1 at each call. */
export type Normal = () => number;
/** A number from [0, 1) at each call. */
export type Uniform = () => number;

/**
 * One layer's weights, [inputs][outputs], both `width`: normal numbers, but Glorot's are uniform, as in his paper, and
 * orthogonal ones are a random rotation (Saxe and others, 2014).
 */
export function drawWeights(kind: Initialisation, width: number, normal: Normal, uniform: Uniform): Float32Array {
  const deviation = deviations[kind](width);
  const size = width * width;
  if (kind === "orthogonal") return orthonormal(width, normal);
  if (kind === "glorot") {
    const limit = deviation * Math.sqrt(3);
    return Float32Array.from({length: size}, () => limit * (2 * uniform() - 1));
  }
  return Float32Array.from({length: size}, () => deviation * normal());
}

/** Rows of normal numbers made orthonormal one after the other (modified Gram–Schmidt, in float64). */
function orthonormal(width: number, normal: Normal): Float32Array {
  const rows: Float64Array[] = [];
  for (let i = 0; i < width; i++) {
    const row = Float64Array.from({length: width}, () => normal());
    for (const other of rows) {
      let along = 0;
      for (let k = 0; k < width; k++) along += row[k]! * other[k]!;
      for (let k = 0; k < width; k++) row[k]! -= along * other[k]!;
    }
    const length = Math.hypot(...row);
    rows.push(row.map((value) => value / length));
  }
  return Float32Array.from(rows.flatMap((row) => [...row]));
}

/** Where histograms end: activations beyond it fall into the outermost bins. */
export const activationReach = 3;
/** log10 of the gradients that a histogram tells apart; what is smaller, 0 too, falls into the lowest bin. */
export const gradientRange = [-12, 4] as const;
export const bins = 49;

export interface LayerStatistics {
  readonly mean: number;
  /** Standard deviation. */
  readonly deviation: number;
  /** √ of the mean square. */
  readonly rms: number;
  /** Share of values in each bin. */
  readonly histogram: Float32Array;
}

/** The values' statistics; the histogram runs from −activationReach to activationReach. */
export function activationStatistics(values: Float32Array): LayerStatistics {
  return statistics(values, (value) => (value + activationReach) / (2 * activationReach));
}

/** The gradients' statistics; the histogram is of log10 of their magnitudes. */
export function gradientStatistics(values: Float32Array): LayerStatistics {
  const [low, high] = gradientRange;
  return statistics(values, (value) => (Math.log10(Math.abs(value)) - low) / (high - low));
}

function statistics(values: Float32Array, place: (value: number) => number): LayerStatistics {
  const histogram = new Float32Array(bins);
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
    // log 0 is −∞, which the clamp takes to the lowest bin.
    histogram[Math.max(0, Math.min(bins - 1, Math.floor(place(value) * bins)))]! += 1 / values.length;
  }
  const mean = sum / values.length;
  const square = squares / values.length;
  return {mean, deviation: Math.sqrt(Math.max(0, square - mean * mean)), rms: Math.sqrt(square), histogram};
}

/** Share of units whose slope is 0 on every sample: nothing that is fed in here can move their weights. */
export function deadShare(slopes: Float32Array, width: number): number {
  const alive = new Uint8Array(width);
  slopes.forEach((slope, i) => {
    if (slope !== 0) alive[i % width] = 1;
  });
  return 1 - alive.reduce((sum, unit) => sum + unit, 0) / width;
}
