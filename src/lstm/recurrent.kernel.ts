/** The network as kernels: forward, loss and backward, each a whole batch of sequences in one dispatch. */
import {defineKernel} from "../compute/kernel.js";
import type {HostTensor} from "../compute/kernel.js";
import type {Random} from "../compute/random.js";
import {backward} from "./backward.js";
import {backwardWgsl} from "./backward.wgsl.js";
import {forward} from "./forward.js";
import {forwardWgsl} from "./forward.wgsl.js";
import {gradientWgsl, tileCounts} from "./gradient.wgsl.js";
import {lossesSize, readOut} from "./loss.js";
import type {LossRun} from "./loss.js";
import {lossWgsl} from "./loss.wgsl.js";
import {invocationsOf, mappingKey, mappingOf} from "./mapping.js";
import type {Mapping} from "./mapping.js";
import {cellKinds, placesOf, shapeKey, slopesSize, traceSize} from "./shape.js";
import type {Shape} from "./shape.js";
import {addWholeGradient, gradientSize, parts} from "./whole-gradient.js";

export interface NetworkParams extends LossRun {
  readonly mapping: Mapping;
}

const key = ({shape, mapping}: NetworkParams) => `${shapeKey(shape)} ${mappingKey(mapping)}`;
const workgroupSize = ({mapping}: NetworkParams) => mapping.across * mapping.spread;
const invocations = ({mapping, batch}: NetworkParams) => invocationsOf(mapping, batch);

/** Runs the sequences: parameters, inputs [steps][I][batch] → trace. */
export const forwardKernel = defineKernel<NetworkParams>({
  name: "lstm/forward",
  inputs: ["params", "x"],
  uniforms: {steps: "i32", batch: "i32"},
  together: true,
  workgroupSize,
  key,
  invocations,
  outputShape: (run) => [traceSize(run)],
  wgsl: ({shape, mapping}) => forwardWgsl(shape, mapping),
  cpu: ([params, x], run, output) => forward(run, params!, x!, output),
  example(random) {
    const {run, params, x} = exampleRun(random);
    return {inputs: [params, x], params: run};
  }
});

/** Reads the trace out: parameters, trace, targets [lossSteps][batch] → losses. */
export const lossKernel = defineKernel<NetworkParams>({
  name: "lstm/loss",
  inputs: ["params", "trace", "targets"],
  uniforms: {steps: "i32", lossSteps: "i32", batch: "i32", weight: "f32"},
  key: ({shape, loss}) => `${shapeKey(shape)} ${loss}`,
  invocations: ({lossSteps, batch}) => lossSteps * batch,
  outputShape: (run) => [lossesSize(run)],
  wgsl: ({shape, loss}) => lossWgsl(shape, loss),
  cpu: ([params, trace, targets], run, output) => readOut(run, params!, trace!, targets!, output),
  example(random) {
    const {run, params, targets} = exampleRun(random);
    return {inputs: [params, numbers(random, traceSize(run)), targets], params: run};
  }
});

/** Backpropagation through time: parameters, trace, losses → slopes. */
export const backwardKernel = defineKernel<NetworkParams>({
  name: "lstm/backward",
  inputs: ["params", "trace", "losses"],
  uniforms: {steps: "i32", lossSteps: "i32", batch: "i32"},
  together: true,
  workgroupSize,
  key,
  invocations,
  outputShape: (run) => [slopesSize(run)],
  wgsl: ({shape, mapping}) => backwardWgsl(shape, mapping),
  cpu([params, trace, losses], run, output) {
    const {shape, steps, batch, lossSteps} = run;
    const {readout} = placesOf(shape);
    const direct = (t: number, unit: number, slope: Float64Array) => {
      const l = t - 1 - steps + lossSteps;
      if (l < 0) return;
      for (let o = 0; o < shape.outputs; o++) {
        const weight = params![readout + o * shape.hidden + unit]!;
        for (let s = 0; s < batch; s++) slope[s]! += weight * losses![(l * shape.outputs + o) * batch + s]!;
      }
    };
    backward(run, params!, trace!, direct, output);
  },
  example(random) {
    const {run, params} = exampleRun(random);
    return {inputs: [params, numbers(random, traceSize(run)), numbers(random, lossesSize(run))], params: run};
  }
});

/** Adds the gradient, [parameters + 2][parts], to what stands before: before, inputs, trace, slopes, losses → gradient. */
export const gradientKernel = defineKernel<NetworkParams>({
  name: "lstm/gradient",
  inputs: ["before", "x", "trace", "slopes", "losses"],
  uniforms: {steps: "i32", lossSteps: "i32", batch: "i32"},
  key: ({shape, mapping}) => `${shapeKey(shape)} ${mapping.tile}`,
  invocations: ({shape}) => parts * Object.values(tileCounts(shape)).reduce((sum, count) => sum + count, 0),
  outputShape: ({shape}) => [gradientSize(shape)],
  wgsl: ({shape, mapping}) => gradientWgsl(shape, mapping.tile),
  cpu([before, x, trace, slopes, losses], run, output) {
    output.set(before!);
    addWholeGradient(run, x!, trace!, slopes!, losses!, output);
  },
  example(random) {
    const {run, x} = exampleRun(random);
    const sizes = [gradientSize(run.shape), traceSize(run), slopesSize(run), lossesSize(run)];
    const [before, trace, slopes, losses] = sizes.map((size) => numbers(random, size)) as [HostTensor, ...HostTensor[]];
    return {inputs: [before, x, trace!, slopes!, losses!], params: run};
  }
});

function numbers(random: Random, size: number): HostTensor {
  return {values: Float32Array.from({length: size}, () => random() - 0.5), shape: [size]};
}

/** A run of random kind, size and batch, with random numbers for it. */
function exampleRun(random: Random) {
  const pick = <T>(options: readonly T[]): T => options[Math.floor(random() * options.length)]!;
  const loss = pick(["squared", "softmax"] as const);
  const shape: Shape = {
    kind: pick(cellKinds), inputs: pick([1, 3, 5]), hidden: pick([3, 4, 8]), outputs: loss === "squared" ? 1 : 3,
    forgetGate: random() < 0.7, peepholes: false
  };
  const whole = shape.kind === "lstm" ? {...shape, peepholes: random() < 0.5} : shape;
  const [steps, batch] = [pick([1, 4, 6]), pick([1, 4, 16, 32])];
  const lossSteps = random() < 0.5 ? 1 : steps;
  const run: NetworkParams = {
    shape: whole, steps, batch, loss, lossSteps, weight: 1 / batch, mapping: mappingOf(batch, shape.hidden, random() < 0.5)
  };
  const targets = Float32Array.from({length: lossSteps * batch}, () => (loss === "squared" ? random() : Math.floor(random() * 4) - 1));
  return {
    run, params: numbers(random, placesOf(whole).total), x: numbers(random, steps * shape.inputs * batch),
    targets: {values: targets, shape: [targets.length]}
  };
}
