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
  /** How the rate falls to 0 over all steps: along half a cosine (torch's CosineAnnealingLR), or not at all. Default none. */
  readonly decay?: "cosine";
}

export function optimizerNumbers(optimizer: Optimizer): Required<Omit<Optimizer, "kind" | "decay">> {
  const {momentum = 0.9, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8} = optimizer;
  return {momentum, beta1, beta2, epsilon};
}

/**
 * Two factors a step, for the steps from `start` (0 is the first) of `total`: of the rate, and of the second moment. They
 * are Adam's bias corrections 1/(1 − β₁ᵗ) and 1/(1 − β₂ᵗ), the first times what is left of the rate as it decays; worked
 * out in float64, since in float32 the second is 0.03 % off at the first step.
 */
export function stepFactors(start: number, steps: number, optimizer: Optimizer, total = Infinity): Float32Array {
  const {beta1, beta2} = optimizerNumbers(optimizer);
  const factors = new Float32Array(2 * steps);
  for (let s = 0; s < steps; s++) {
    const step = start + s;
    const left = optimizer.decay === "cosine" ? (1 + Math.cos((Math.PI * step) / total)) / 2 : 1;
    const [first, second] = optimizer.kind === "adam" ? [1 - beta1 ** (step + 1), 1 - beta2 ** (step + 1)] : [1, 1];
    factors.set([left / first, 1 / second], 2 * s);
  }
  return factors;
}

/**
 * One step. @param state parameters, then their moments; changed in place
 * @param scale what the gradient is multiplied with, such as 1/batch for a sum over the batch
 * @param factors this step's two, see `stepFactors`
 */
export function takeStep(
  optimizer: Optimizer,
  state: Float32Array | Float64Array,
  gradient: Float64Array,
  rate: number,
  scale: number,
  factors: readonly [number, number]
): void {
  const {momentum, beta1, beta2, epsilon} = optimizerNumbers(optimizer);
  const count = gradient.length;
  for (let k = 0; k < count; k++) {
    const slope = gradient[k]! * scale;
    if (optimizer.kind === "sgd") {
      state[k]! -= rate * factors[0] * slope;
    } else if (optimizer.kind === "momentum") {
      state[count + k] = momentum * state[count + k]! + slope;
      state[k]! -= rate * factors[0] * state[count + k]!;
    } else {
      const first = (state[count + k] = beta1 * state[count + k]! + (1 - beta1) * slope);
      const second = (state[2 * count + k] = beta2 * state[2 * count + k]! + (1 - beta2) * slope * slope);
      state[k]! -= (rate * first * factors[0]) / (Math.sqrt(second * factors[1]) + epsilon);
    }
  }
}
