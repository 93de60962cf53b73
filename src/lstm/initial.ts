/** Weights to begin with: PyTorch's uniform ones, with a scale and the forget gate's bias as knobs. */
import {gateCount, placesOf} from "./shape.js";
import type {Shape} from "./shape.js";

export interface InitialOptions {
  /** Multiplies the recurrent weights: below 1 gradients vanish sooner, above they may explode. Default 1. */
  readonly scale?: number;
  /** Added to the forget gate's bias (Gers 2000 and Jozefowicz 2015 advise 1). Default 0, as PyTorch has it. */
  readonly forgetBias?: number;
}

/** Parameters drawn from U(−1/√H, 1/√H). */
export function initialParameters(
  shape: Shape,
  random: () => number,
  {scale = 1, forgetBias = 0}: InitialOptions = {}
): Float32Array {
  const {kind, hidden} = shape;
  const {weightHh, biasIh, total} = placesOf(shape);
  const bound = 1 / Math.sqrt(hidden);
  const params = Float32Array.from({length: total}, () => bound * (2 * random() - 1));
  for (let i = weightHh; i < weightHh + gateCount[kind] * hidden * hidden; i++) params[i]! *= scale;
  if (kind === "lstm") for (let unit = 0; unit < hidden; unit++) params[biasIh + hidden + unit]! += forgetBias;
  return params;
}
