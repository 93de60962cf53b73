/** Initial weights by the usual schemes. */
import type {Layout} from "./layout.js";

/** A seeded source of numbers from the normal distribution of mean 0 and deviation 1. */
export type Normal = () => number;

/** Standard deviation of a weight: LeCun 1/√in, Glorot √(2/(in + out)), He √(2/in). */
export const initialDeviation = {
  lecun: (fanIn: number) => Math.sqrt(1 / fanIn),
  glorot: (fanIn: number, fanOut: number) => Math.sqrt(2 / (fanIn + fanOut)),
  he: (fanIn: number) => Math.sqrt(2 / fanIn)
} as const;
export type InitialScheme = keyof typeof initialDeviation;

export interface InitialOptions {
  readonly scheme: InitialScheme;
  /** What all deviations are multiplied with. Default 1. */
  readonly scale?: number;
  /** What a learned activation parameter starts at. */
  readonly learned?: number;
  /** What the outputs' biases start at; all others start at 0. */
  readonly outputBias?: number;
}

/** A network's parameters before training, in the order of `layout`. */
export function initialParameters(layout: Layout, normal: Normal, options: InitialOptions): Float32Array {
  const {scheme, scale = 1, learned = 0, outputBias = 0} = options;
  const {layers, weights, biases, parameters} = layout;
  const values = new Float32Array(parameters).fill(learned, layout.learned);
  weights.forEach((from, layer) => {
    const deviation = scale * initialDeviation[scheme](layers[layer]!, layers[layer + 1]!);
    for (let k = from; k < biases[layer]!; k++) values[k] = deviation * normal();
  });
  const last = biases[biases.length - 1]!;
  return values.fill(outputBias, last, last + layers[layers.length - 1]!);
}
