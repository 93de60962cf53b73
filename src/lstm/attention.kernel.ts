/** The attention layer as kernels: each stage all steps of a whole batch in one dispatch, for no step waits for another. */
import {defineKernel} from "../compute/kernel.js";
import type {HostTensor, KernelDefinition} from "../compute/kernel.js";
import type {Random} from "../compute/random.js";
import {addAttentionGradient, attentionGradientSize} from "./attention-gradient.js";
import {
  attend, attentionLosses, attentionLossesSize, attentionPlaces, contextSize, gather, project, projectedSize, projectedSlopes,
  scoreSlopes, weightsSize
} from "./attention.js";
import type {AttentionRun} from "./attention.js";
import {
  attendWgsl, attentionGradientWgsl, attentionLossesWgsl, attentionTileCounts, gatherWgsl, projectedSlopesWgsl, projectWgsl,
  scoreSlopesWgsl, unitsAtOnce
} from "./attention.wgsl.js";
import {mappingKey, mappingOf} from "./mapping.js";
import type {Mapping} from "./mapping.js";
import {parts} from "./whole-gradient.js";

export interface AttentionParams extends AttentionRun {
  readonly mapping: Mapping;
}

const shapeKey = ({shape: {inputs, hidden, outputs}}: AttentionParams) => [inputs, hidden, outputs].join(" ");
const key = (run: AttentionParams) => `${shapeKey(run)} ${mappingKey(run.mapping)}`;
/** Invocations for each step and tile, and within them for each block of `units` rows. */
const blocksOf = (rows: number) => ({shape: {hidden}, steps, batch, mapping}: AttentionParams) =>
  steps * (batch / mapping.tile) * (rows === 0 ? 1 : (rows * hidden) / unitsAtOnce(hidden));

const uniforms = {steps: "i32", batch: "i32"} as const;

type Stage = Pick<KernelDefinition<AttentionParams>, "name" | "inputs" | "invocations" | "wgsl" | "cpu"> & {
  readonly size: (run: AttentionParams) => number;
  /** The sizes of the inputs, for the example. */
  readonly sizes: readonly ((run: AttentionParams) => number)[];
};

const stage = ({size, sizes, ...rest}: Stage) =>
  defineKernel<AttentionParams>({
    uniforms, key, ...rest,
    outputShape: (run) => [size(run)],
    example(random) {
      const params = exampleRun(random);
      return {inputs: sizes.map((sizeOf) => numbers(random, sizeOf(params))), params};
    }
  });

const paramsSize = ({shape}: AttentionParams) => attentionPlaces(shape).total;
const inputsSize = ({shape, steps, batch}: AttentionParams) => steps * shape.inputs * batch;

/** Parameters, inputs [steps][I][batch] → queries, keys, values. */
export const projectKernel = stage({
  name: "lstm/attention-project", inputs: ["params", "x"], invocations: blocksOf(3), size: projectedSize, sizes: [paramsSize, inputsSize],
  wgsl: ({shape, mapping}) => projectWgsl(shape, mapping),
  cpu: ([params, x], run, output) => project(run, params!, x!, output)
});

/** Queries, keys, values → attention weights. */
export const attendKernel = stage({
  name: "lstm/attention-weights", inputs: ["projected"], invocations: blocksOf(0), size: weightsSize, sizes: [projectedSize],
  wgsl: ({shape, mapping}) => attendWgsl(shape, mapping),
  cpu: ([projected], run, output) => attend(run, projected!, output)
});

/** Values, mixed by the weights → context. */
export const gatherKernel = stage({
  name: "lstm/attention-context", inputs: ["projected", "weights"], invocations: blocksOf(1), size: contextSize,
  sizes: [projectedSize, weightsSize],
  wgsl: ({shape, mapping}) => gatherWgsl(shape, mapping),
  cpu: ([projected, weights], run, output) => gather(run, projected!, weights!, output)
});

/** Parameters, context, targets [steps][O][batch] → losses, with ∂L/∂ context. */
export const attentionLossKernel = defineKernel<AttentionParams>({
  name: "lstm/attention-loss",
  inputs: ["params", "context", "targets"],
  uniforms: {...uniforms, weight: "f32"},
  key: shapeKey,
  invocations: ({steps, batch}) => steps * batch,
  outputShape: (run) => [attentionLossesSize(run)],
  wgsl: ({shape}) => attentionLossesWgsl(shape),
  cpu: ([params, context, targets], run, output) => attentionLosses(run, params!, context!, targets!, output),
  example(random) {
    const params = exampleRun(random);
    const {shape: {outputs}, steps, batch} = params;
    const sizes = [paramsSize(params), contextSize(params), steps * outputs * batch];
    return {inputs: sizes.map((size) => numbers(random, size)), params};
  }
});

/** Queries, keys, values, weights, losses → slopes of the scores. */
export const scoreSlopesKernel = stage({
  name: "lstm/attention-score-slopes", inputs: ["projected", "weights", "losses"], invocations: blocksOf(0), size: weightsSize,
  sizes: [projectedSize, weightsSize, attentionLossesSize],
  wgsl: ({shape, mapping}) => scoreSlopesWgsl(shape, mapping),
  cpu: ([projected, weights, losses], run, output) => scoreSlopes(run, projected!, weights!, losses!, output)
});

/** The same and the slopes of the scores → slopes of queries, keys, values. */
export const projectedSlopesKernel = stage({
  name: "lstm/attention-slopes", inputs: ["projected", "weights", "losses", "scores"], invocations: blocksOf(1), size: projectedSize,
  sizes: [projectedSize, weightsSize, attentionLossesSize, weightsSize],
  wgsl: ({shape, mapping}) => projectedSlopesWgsl(shape, mapping),
  cpu: ([projected, weights, losses, scores], run, output) => projectedSlopes(run, projected!, weights!, losses!, scores!, output)
});

/** Adds the gradient, [parameters + 2][parts]: before, inputs, context, slopes, losses → gradient. */
export const attentionGradientKernel = defineKernel<AttentionParams>({
  name: "lstm/attention-gradient",
  inputs: ["before", "x", "context", "slopes", "losses"],
  uniforms,
  key: (run) => `${shapeKey(run)} ${run.mapping.tile}`,
  invocations: ({shape}) => parts * Object.values(attentionTileCounts(shape)).reduce((sum, count) => sum + count, 0),
  outputShape: ({shape}) => [attentionGradientSize(shape)],
  wgsl: ({shape, mapping}) => attentionGradientWgsl(shape, mapping.tile),
  cpu([before, x, context, slopes, losses], run, output) {
    output.set(before!);
    addAttentionGradient(run, x!, context!, slopes!, losses!, output);
  },
  example(random) {
    const params = exampleRun(random);
    const sizes = [attentionGradientSize(params.shape), inputsSize(params), contextSize(params), projectedSize(params), attentionLossesSize(params)];
    return {inputs: sizes.map((size) => numbers(random, size)), params};
  }
});

function numbers(random: Random, size: number): HostTensor {
  return {values: Float32Array.from({length: size}, () => random() - 0.5), shape: [size]};
}

function exampleRun(random: Random): AttentionParams {
  const pick = <T>(options: readonly T[]): T => options[Math.floor(random() * options.length)]!;
  const shape = {inputs: pick([1, 3, 5, 8]), hidden: pick([3, 4, 8]), outputs: pick([1, 2])};
  const [steps, batch] = [pick([1, 4, 7]), pick([1, 4, 16, 32])];
  return {shape, steps, batch, weight: 1 / batch, mapping: mappingOf(batch, shape.hidden, false)};
}
