/** An activation's value and derivative over many x, on the backend that runs. */
import {defineKernel, runKernel} from "../compute/kernel.js";
import type {Kernel} from "../compute/kernel.js";
import type {Tensor} from "@tensorflow/tfjs-core";
import {activationNames, activationParams, activations} from "./activations.js";
import type {ActivationName, ActivationParams} from "./activations.js";
import {activationWgsl} from "./activations.wgsl.js";

interface ActivationKernelParams {
  readonly name: ActivationName;
  readonly given: ActivationParams;
  /** What activationParams makes of `given`. */
  readonly first: number;
  readonly second: number;
}

/** [x's length, 2]: value and derivative. */
const activation: Kernel<ActivationKernelParams> = defineKernel<ActivationKernelParams>({
  name: "relu/activation",
  inputs: ["x"],
  uniforms: {first: "f32", second: "f32"},
  key: ({name}) => name,
  outputShape: (_, [shape]) => [shape!.reduce((size, length) => size * length, 1), 2],
  invocations: (_, [shape]) => shape!.reduce((size, length) => size * length, 1),
  wgsl: ({name}) => `${activationWgsl(name)}
    fn invoke(index : i32) {
      let p = vec2<f32>(uniforms.first, uniforms.second);
      result[2 * index] = activation(x[index], p);
      result[2 * index + 1] = activation_slope(x[index], p);
    }`,
  cpu([x], {name, given}, output) {
    const {f, df} = activations[name];
    x!.forEach((at, i) => output.set([f(at, given), df(at, given)], 2 * i));
  },
  example(random) {
    const name = activationNames[Math.floor(random() * activationNames.length)]!;
    const values = Float32Array.from({length: 200}, (_, i) => (random() - 0.5) * 10 ** ((i % 10) - 4));
    return {inputs: [{values, shape: [200]}], params: paramsOf(name)};
  },
  tolerance: 2e-6
});

/** Value and derivative at each x, [x's length, 2]; the caller disposes of it. */
export function runActivation(name: ActivationName, x: Tensor, given?: ActivationParams): Tensor {
  return runKernel(activation, [x], paramsOf(name, given));
}

function paramsOf(name: ActivationName, given: ActivationParams = {}): ActivationKernelParams {
  const [first, second] = activationParams(name, given);
  return {name, given, first, second};
}
