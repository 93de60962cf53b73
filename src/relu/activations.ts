/**
 * Public API: activation functions and their derivatives in float64, by PyTorch's names, with its definitions, defaults
 * and derivatives at kinks (torch.nn.functional; relu'(0) = 0, elu'(0) = α, …). Finite and exact for |x| up to 1e4.
 */
import type {Activation, ActivationParams} from "./activations/activation.js";
import {celu, elu, selu, softplus} from "./activations/exponential.js";
import {gelu, geluTanh, mish, silu} from "./activations/gated.js";
import {hardswish, leakyRelu, prelu, relu, relu6, rrelu} from "./activations/rectified.js";
import {sigmoid, tanh} from "./activations/sigmoid.js";

export type {Activation, ActivationParameter, ActivationParams} from "./activations/activation.js";

export const activations = {
  relu,
  leaky_relu: leakyRelu,
  prelu,
  rrelu,
  elu,
  selu,
  celu,
  gelu,
  gelu_tanh: geluTanh,
  silu,
  mish,
  softplus,
  relu6,
  hardswish,
  tanh,
  sigmoid
} as const satisfies Record<string, Activation>;

export type ActivationName = keyof typeof activations;

export const activationNames = Object.keys(activations) as ActivationName[];

/** The parameters that the WGSL takes as `p`: in the order of `parameters`, defaults filled in, 0 where there is none. */
export function activationParams(name: ActivationName, params: ActivationParams = {}): [number, number] {
  const parameters = Object.entries(activations[name].parameters);
  const [first = 0, second = 0] = parameters.map(([key, parameter]) => params[key] ?? parameter.default);
  return [first, second];
}
