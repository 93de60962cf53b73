/**
 * A batch through an untrained network and its gradient back, all layers in one dispatch each way: a workgroup a sample,
 * an invocation a unit.
 */
import type {Tensor} from "@tensorflow/tfjs-core";
import {defineKernel, runKernel} from "../compute/kernel.js";
import type {HostTensor} from "../compute/kernel.js";
import type {Random} from "../compute/random.js";
import {activationNames, activationParams, activations} from "./activations.js";
import type {ActivationName} from "./activations.js";
import {activationWgsl} from "./activations.wgsl.js";

export interface SignalParams {
  readonly activation: ActivationName;
  readonly batch: number;
  /** Units of every layer, inputs included: a multiple of 8. */
  readonly width: number;
  readonly layers: number;
  /** What activationParams gives for the activation. */
  readonly first: number;
  readonly second: number;
}

/** Terms written out: a software adapter takes less time over eight in a row than over eight turns of a loop. */
const sumOf = (terms: number, term: (i: number) => string) => Array.from({length: terms}, (_, i) => term(i)).join(" + ");

const uniforms = {batch: "i32", layers: "i32", first: "f32", second: "f32"} as const;
const invocations = ({batch, width}: SignalParams) => batch * width;
const workgroupSize = ({width}: SignalParams) => width;

/** Inputs: x [batch, width] and weights [layers, inputs, outputs]. Output: [layers, value | slope, batch, width]. */
export const signalForward = defineKernel<SignalParams>({
  name: "relu/signal-forward",
  inputs: ["x", "weights"],
  uniforms,
  key: ({activation, width}) => `${activation} ${width}`,
  outputShape: ({batch, width, layers}) => [layers, 2, batch, width],
  invocations,
  workgroupSize,
  together: true,
  wgsl: ({activation, width}) => `${activationWgsl(activation)}
    var<workgroup> below : array<f32, ${width}>;
    fn invoke(index : i32) {
      let unit = index % ${width};
      let size = uniforms.batch * ${width};
      let p = vec2<f32>(uniforms.first, uniforms.second);
      below[unit] = x[index];
      workgroupBarrier();
      for (var layer = 0; layer < uniforms.layers; layer++) {
        var sum = 0.0;
        for (var k = 0; k < ${width}; k += 8) {
          let at = (layer * ${width} + k) * ${width} + unit;
          sum += ${sumOf(8, (i) => `weights[at + ${i * width}] * below[k + ${i}]`)};
        }
        let value = activation(sum, p);
        result[2 * layer * size + index] = value;
        result[(2 * layer + 1) * size + index] = activation_slope(sum, p);
        workgroupBarrier();
        below[unit] = value;
        workgroupBarrier();
      }
    }`,
  cpu([x, weights], {activation, batch, width, layers}, output) {
    const {f, df} = activations[activation];
    const size = batch * width;
    for (let layer = 0; layer < layers; layer++) {
      const below = layer === 0 ? x! : output.subarray(2 * (layer - 1) * size, (2 * layer - 1) * size);
      for (let index = 0; index < size; index++) {
        const [unit, from] = [index % width, index - (index % width)];
        let sum = 0;
        for (let k = 0; k < width; k++) sum += weights![(layer * width + k) * width + unit]! * below[from + k]!;
        output[2 * layer * size + index] = f(sum);
        output[(2 * layer + 1) * size + index] = df(sum);
      }
    }
  },
  example: (random) => {
    const params = exampleParams(random);
    const {batch, width, layers} = params;
    return {inputs: [normals(random, [batch, width]), normals(random, [layers, width, width])], params};
  }
});

/**
 * Inputs: the gradient by the last layer's values [batch, width], what signalForward gave, and the weights. Output: the
 * gradient by each layer's values, [layers + 1, batch, width]; layer 0 is the input.
 */
export const signalBackward = defineKernel<SignalParams>({
  name: "relu/signal-backward",
  inputs: ["top", "states", "weights"],
  uniforms: {batch: "i32", layers: "i32"},
  key: ({width}) => `${width}`,
  outputShape: ({batch, width, layers}) => [layers + 1, batch, width],
  invocations,
  workgroupSize,
  together: true,
  wgsl: ({width}) => `
    var<workgroup> above : array<f32, ${width}>;
    fn invoke(index : i32) {
      let unit = index % ${width};
      let size = uniforms.batch * ${width};
      var gradient = top[index];
      result[uniforms.layers * size + index] = gradient;
      for (var layer = uniforms.layers - 1; layer >= 0; layer--) {
        above[unit] = gradient * states[(2 * layer + 1) * size + index];
        workgroupBarrier();
        gradient = 0.0;
        for (var j = 0; j < ${width}; j += 8) {
          let at = (layer * ${width} + unit) * ${width} + j;
          gradient += ${sumOf(8, (i) => `weights[at + ${i}] * above[j + ${i}]`)};
        }
        result[layer * size + index] = gradient;
        workgroupBarrier();
      }
    }`,
  cpu([top, states, weights], {batch, width, layers}, output) {
    const size = batch * width;
    output.set(top!, layers * size);
    for (let layer = layers - 1; layer >= 0; layer--) {
      const slopes = states!.subarray((2 * layer + 1) * size, (2 * layer + 2) * size);
      const above = output.subarray((layer + 1) * size, (layer + 2) * size);
      for (let index = 0; index < size; index++) {
        const [unit, from] = [index % width, index - (index % width)];
        let gradient = 0;
        for (let j = 0; j < width; j++) {
          gradient += weights![(layer * width + unit) * width + j]! * above[from + j]! * slopes[from + j]!;
        }
        output[layer * size + index] = gradient;
      }
    }
  },
  example: (random) => {
    const params = exampleParams(random);
    const {batch, width, layers} = params;
    const inputs = [[batch, width], [layers, 2, batch, width], [layers, width, width]].map((shape) => normals(random, shape));
    return {inputs, params};
  }
});

export function runForward(x: Tensor, weights: Tensor, params: SignalParams): Tensor {
  return runKernel(signalForward, [x, weights], params);
}

export function runBackward(top: Tensor, states: Tensor, weights: Tensor, params: SignalParams): Tensor {
  return runKernel(signalBackward, [top, states, weights], params);
}

/** The params for an activation at its defaults. */
export function signalParams(activation: ActivationName, batch: number, width: number, layers: number): SignalParams {
  const [first, second] = activationParams(activation);
  return {activation, batch, width, layers, first, second};
}

function exampleParams(random: Random): SignalParams {
  const name = activationNames[Math.floor(random() * activationNames.length)]!;
  return signalParams(name, 3, 8, 1 + Math.floor(3 * random()));
}

function normals(random: Random, shape: readonly number[]): HostTensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return {values: Float32Array.from({length: size}, () => 0.6 * (2 * random() - 1)), shape};
}
