/**
 * Trains many networks of one shape, activation and loss for many steps in one dispatch, and reports on each. Small
 * networks take an invocation each, their code written out; larger ones a workgroup, or on a software adapter an
 * invocation that loops.
 */
import {defineKernel} from "../compute/kernel.js";
import type {HostTensor, Kernel} from "../compute/kernel.js";
import type {Activation} from "./activation.js";
import {exampleActivations} from "./example-activations.js";
import {groupedTraining, groupSize} from "./grouped.wgsl.js";
import {layoutOf, reportOf, rowOf} from "./layout.js";
import type {Row} from "./layout.js";
import {loopedReport, loopedTraining} from "./looped.wgsl.js";
import {logisticLoss, softmaxLoss, squaredLoss} from "./loss.js";
import type {Loss} from "./loss.js";
import {optimizerNumbers, stepFactors} from "./optimizer.js";
import type {OptimizerKind} from "./optimizer.js";
import type {Perceptron} from "./perceptron.js";
import {mostStraightParameters, settingsStride, straightReport, straightTraining} from "./straight.wgsl.js";
import type {NetworkCode} from "./straight.wgsl.js";
import {reportNetwork, trainNetwork} from "./train-network.js";
import type {StepPlan, TrainingData} from "./train-network.js";

export interface TrainParams {
  readonly layers: readonly number[];
  readonly activation: Activation;
  readonly loss: Loss;
  readonly optimizer: OptimizerKind;
  /** Steps taken before, and to take now (0: only report). */
  readonly start: number;
  readonly steps: number;
  readonly batch: number;
  /** The points reported on. */
  readonly reportFrom: number;
  readonly reportCount: number;
  readonly momentum: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** The networks' layout and code, from what shapes them. */
export function codeOf({layers, activation, loss, optimizer}: Omit<NetworkCode, "layout" | "row"> & Pick<TrainParams, "layers">): NetworkCode {
  const layout = layoutOf(layers, activation.byParameter !== undefined);
  return {layout, row: rowOf(layout, optimizer), activation, loss, optimizer};
}

const key = ({layers, activation, loss, optimizer}: TrainParams): string =>
  `${layers.join("-")} ${activation.name} ${loss.name} ${optimizer}`;

const uniforms = {
  start: "i32",
  steps: "i32",
  batch: "i32",
  reportFrom: "i32",
  reportCount: "i32",
  momentum: "f32",
  beta1: "f32",
  beta2: "f32",
  epsilon: "f32"
} as const;

const inputs = ["state", "settings", "data", "batches", "factors"];

// Few, so that some tens of networks still occupy several cores; a software adapter computes four invocations at a time.
const straightWorkgroup = 16;
const loopedWorkgroup = 4;

interface OneEach {
  readonly name: string;
  readonly wgsl: (code: NetworkCode) => string;
  readonly workgroupSize: number;
  /** The layers of the networks it is tested with. */
  readonly example: readonly number[];
  /** Whether the last batch's gradient stays in the row. */
  readonly leavesGradient?: boolean;
}

/** A kernel with an invocation for each network: [networks, row], the rows after the steps, without a report. */
const trainEach = ({name, wgsl, workgroupSize, example, leavesGradient = false}: OneEach) =>
  defineKernel<TrainParams>({
    name,
    inputs,
    uniforms,
    key,
    outputShape: (_, [state]) => state!,
    invocations: (_, [state]) => state![0]!,
    workgroupSize,
    wgsl: (params) => wgsl(codeOf(params)),
    cpu(tensors, params, output) {
      forEachNetwork(tensors, params, (net, points, {plan, row}, network) => {
        const [from, end] = [network * row.stride, (network + 1) * row.stride];
        output.set(tensors[0]!.subarray(from, from + row.state), from);
        const gradient = trainNetwork(net, points, plan, row, output.subarray(from, end));
        if (leavesGradient) output.set(gradient, from + row.gradient);
      });
    },
    tolerance: 1e-3,
    example: (random) => exampleOf(random, example)
  });

/** A kernel with an invocation for each network: [networks, report], how they do over the points reported on. */
const reportEach = ({name, wgsl, workgroupSize, example: layers}: OneEach) =>
  defineKernel<TrainParams>({
    name,
    inputs: inputs.slice(0, 3),
    uniforms,
    key,
    outputShape: (params, [state]) => [state![0]!, reportOf(codeOf(params).layout).length],
    invocations: (_, [state]) => state![0]!,
    workgroupSize,
    wgsl: (params) => wgsl(codeOf(params)),
    cpu(tensors, params, output) {
      forEachNetwork(tensors, params, (net, points, {row}, network) => {
        const {length} = reportOf(net.layout);
        const state = tensors[0]!.subarray(network * row.stride);
        reportNetwork(net, state, points, output.subarray(network * length, (network + 1) * length));
      });
    },
    tolerance: 1e-3,
    example(random) {
      const {inputs, params} = exampleOf(random, layers);
      return {inputs: inputs.slice(0, 3), params};
    }
  });

const straight = {workgroupSize: straightWorkgroup, example: [2, 4, 3, 2]};
const looped = {workgroupSize: loopedWorkgroup, example: [2, 20, 5, 2], leavesGradient: true};
export const trainStraight = trainEach({...straight, name: "networks/train-straight", wgsl: straightTraining});
export const reportStraight = reportEach({...straight, name: "networks/report-straight", wgsl: straightReport});
export const trainLooped = trainEach({...looped, name: "networks/train-looped", wgsl: loopedTraining});
export const reportLooped = reportEach({...looped, name: "networks/report-looped", wgsl: loopedReport});

/** [networks, row]: the rows after the steps, with their report: for networks too large to be written out. */
export const trainGrouped = defineKernel<TrainParams>({
  name: "networks/train-grouped",
  inputs,
  uniforms,
  key,
  outputShape: (_, [state]) => state!,
  together: true,
  workgroupSize: groupSize,
  invocations: (_, [state]) => state![0]! * groupSize,
  wgsl: (params) => groupedTraining(codeOf(params)),
  cpu(tensors, params, output) {
    output.set(tensors[0]!);
    forEachNetwork(tensors, params, (net, points, {plan, row}, network) => {
      const own = output.subarray(network * row.stride, (network + 1) * row.stride);
      own.set(trainNetwork(net, points, plan, row, own), row.gradient);
      reportNetwork(net, own, points, own.subarray(row.report, row.gradient));
    });
  },
  tolerance: 1e-3,
  example: (random) => exampleOf(random, [2, 20, 5, 2])
});

/** The kernels for networks of this shape; a grouped one reports as it trains. @param software whether a processor plays GPU */
export function kernelsFor(layers: readonly number[], software: boolean): {readonly train: Kernel<TrainParams>; readonly report?: Kernel<TrainParams>} {
  if (layoutOf(layers).parameters <= mostStraightParameters) return {train: trainStraight, report: reportStraight};
  return software ? {train: trainLooped, report: reportLooped} : {train: trainGrouped};
}

/** Calls `each` for every network with what the kernels' numbers say of it. */
function forEachNetwork(
  [state, settings, data, batches, factors]: readonly Float32Array[],
  params: TrainParams,
  each: (net: Perceptron, points: TrainingData, how: {readonly plan: StepPlan; readonly row: Row}, network: number) => void
): void {
  const {layout, row, activation, loss} = codeOf(params);
  const {layers, optimizer: kind, steps, batch, start} = params;
  const points = {values: data!, columns: layers[0]! + layers[layers.length - 1]!, ...params};
  for (let network = 0; network < state!.length / row.stride; network++) {
    const [rate = 0, a = 0, b = 0, q = 0, r = 0, stream = 0, seed = 0] = settings!.subarray(network * settingsStride);
    const net = {layout, activation, loss, activationParams: [a, b], lossParams: [q, r]} as const;
    const own = batches?.subarray(stream * steps * batch, (stream + 1) * steps * batch) ?? none;
    const plan = {optimizer: {...params, kind}, rate, seed, start, steps, batch, batches: own, factors: factors ?? none};
    each(net, points, {plan, row}, network);
  }
}

const none = new Float32Array(0);

function exampleOf(random: () => number, layers: readonly number[]): {inputs: readonly HostTensor[]; params: TrainParams} {
  // Every choice is met, but not every combination: each is a pipeline to compile.
  const which = Math.floor(4 * random());
  const optimizer = (["sgd", "momentum", "adam", "adam"] as const)[which]!;
  const activation = exampleActivations[which]!;
  const loss = [squaredLoss, logisticLoss, softmaxLoss, logisticLoss][which]!;
  const {layout, row} = codeOf({layers, activation, loss, optimizer});
  const [networks, points, steps, batch, columns] = [5, 11, 3, 4, layers[0]! + layers[layers.length - 1]!];
  const state = Float32Array.from({length: networks * row.stride}, (_, i) =>
    // Weights of any sign; the optimiser's moments start at zero.
    i % row.stride < layout.parameters ? random() - 0.5 : 0
  );
  const data = Float32Array.from({length: points * columns}, (_, i) =>
    i % columns < layers[0]! ? 2 * random() - 1 : Math.round(random())
  );
  const settings = Float32Array.from({length: networks * settingsStride}, (_, i) =>
    [0.05, 0.6, 0.3, 0, 0, i >> 3 & 1, i + 7, 0][i % settingsStride]!
  );
  const batches = Float32Array.from({length: 2 * steps * batch}, () => Math.floor(points * random()));
  const host = (values: Float32Array, shape: readonly number[]): HostTensor => ({values, shape});
  return {
    inputs: [
      host(state, [networks, row.stride]),
      host(settings, [networks, settingsStride]),
      host(data, [points, columns]),
      host(batches, [2, steps, batch]),
      host(stepFactors(0, steps, {kind: optimizer}), [steps, 2])
    ],
    params: {
      ...optimizerNumbers({kind: optimizer}),
      // Adam divides by a gradient's size: with its own tiny ε, rounding of a gradient near 0 would turn a step round.
      epsilon: 0.01,
      layers, activation, loss, optimizer, start: 0, steps, batch, reportFrom: 1, reportCount: points - 1
    }
  };
}
