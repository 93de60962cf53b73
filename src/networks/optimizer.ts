/** The three optimisers, as torch.optim has them. */

export type OptimizerKind = "sgd" | "momentum" | "adam";

export interface Optimizer {
  readonly kind: OptimizerKind;
  /** Momentum's μ. Default 0.9. */
  readonly momentum?: number;
  /** Adam's. Defaults 0.9, 0.999 and 1e-8. */
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

export function optimizerNumbers(optimizer: Optimizer): Required<Omit<Optimizer, "kind">> {
  const {momentum = 0.9, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8} = optimizer;
  return {momentum, beta1, beta2, epsilon};
}

/**
 * Adam's bias corrections 1/(1 − β₁ᵗ) and 1/(1 − β₂ᵗ) for the steps from `start` (0 is the first), two a step. They are
 * worked out in float64: in float32 the second is 0.03 % off at the first step.
 */
export function biasCorrections(start: number, steps: number, optimizer: Optimizer): Float32Array {
  const {beta1, beta2} = optimizerNumbers(optimizer);
  const corrections = new Float32Array(2 * steps);
  for (let s = 0; s < steps; s++)
    corrections.set([1 / (1 - beta1 ** (start + s + 1)), 1 / (1 - beta2 ** (start + s + 1))], 2 * s);
  return corrections;
}

/**
 * One step. @param state parameters, then their moments; changed in place
 * @param scale what the gradient is multiplied with, such as 1/batch for a sum over the batch
 * @param corrections Adam's two for this step
 */
export function takeStep(
  optimizer: Optimizer,
  state: Float32Array | Float64Array,
  gradient: Float64Array,
  rate: number,
  scale: number,
  corrections: readonly [number, number]
): void {
  const {momentum, beta1, beta2, epsilon} = optimizerNumbers(optimizer);
  const count = gradient.length;
  for (let k = 0; k < count; k++) {
    const slope = gradient[k]! * scale;
    if (optimizer.kind === "sgd") {
      state[k]! -= rate * slope;
    } else if (optimizer.kind === "momentum") {
      state[count + k] = momentum * state[count + k]! + slope;
      state[k]! -= rate * state[count + k]!;
    } else {
      const first = (state[count + k] = beta1 * state[count + k]! + (1 - beta1) * slope);
      const second = (state[2 * count + k] = beta2 * state[2 * count + k]! + (1 - beta2) * slope * slope);
      state[k]! -= (rate * first * corrections[0]) / (Math.sqrt(second * corrections[1]) + epsilon);
    }
  }
}
