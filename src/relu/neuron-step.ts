/** One training step of one hidden unit, with every number on its way; made by the code that trains. */
import {newPass, backward, forward, lossAt} from "../networks/perceptron.js";
import {trainStep} from "../networks/train-network.js";
import {reportOn} from "./open-network.js";
import type {OpenNetwork} from "./open-network.js";

/** A parameter in this step. */
export interface ParameterStep {
  readonly before: number;
  /** Mean over the batch. */
  readonly gradient: number;
  readonly after: number;
  /** The optimiser's moments before and after: none, velocity, or Adam's two. */
  readonly moments: readonly {readonly before: number; readonly after: number}[];
}

export interface NeuronStep {
  /** The point of the batch that is looked at: the one that moves the unit most, or the first. */
  readonly point: number;
  readonly inputs: readonly number[];
  readonly weights: readonly ParameterStep[];
  readonly bias: ParameterStep;
  /** Σ weight × input, and with the bias the pre-activation. */
  readonly weighted: number;
  readonly sum: number;
  readonly value: number;
  readonly slope: number;
  /** What arrives from the layer above: δ of each of its units and the weight to it. */
  readonly above: readonly {readonly delta: number; readonly weight: number}[];
  readonly arriving: number;
  readonly delta: number;
  /** δ of the unit at each point of the batch. */
  readonly deltas: readonly number[];
  /** Points at which the unit is silent (slope 0), of `points`. */
  readonly silentBefore: number;
  readonly silentAfter: number;
  readonly points: number;
  /** Adam's bias corrections. */
  readonly corrections: readonly [number, number];
}

/** The hidden layer (from 1) that a unit stands in, and its place there. */
export function placeOf({layers, firstUnit}: {readonly layers: readonly number[]; readonly firstUnit: readonly number[]}, unit: number) {
  const layer = firstUnit.findLastIndex((first) => first <= unit) + 1;
  return {layer, index: unit - firstUnit[layer - 1]!, size: layers[layer]!, fan: layers[layer - 1]!};
}

/** What the step after `step` steps does to a unit. */
export function neuronStep(open: OpenNetwork, step: number, unit: number): NeuronStep {
  const {net, data} = open;
  const {layout} = net;
  const {layer, index, fan} = placeOf(layout, unit);
  const plan = open.planAt(step);
  const before = open.stateAt(step);
  const after = before.slice();
  const gradient = new Float64Array(layout.parameters);
  trainStep(net, after, data, plan, 0, newPass(layout), gradient);

  const passes = Array.from(plan.batches, (point, sample) => {
    const pass = newPass(layout);
    forward(net, before, data.values, point * data.columns, pass, {seed: plan.seed, step, sample});
    lossAt(net, data.values, point * data.columns + layout.layers[0]!, pass);
    backward(net, before, pass, new Float64Array(layout.parameters));
    return pass;
  });
  const deltas = passes.map((pass) => pass.delta[unit]!);
  const most = Math.max(...deltas.map(Math.abs));
  const shown = Math.max(0, deltas.findIndex((delta) => Math.abs(delta) === most && most > 0));
  const pass = passes[shown]!;

  const parameter = (k: number): ParameterStep => ({
    before: before[k]!,
    gradient: gradient[k]! / plan.batch,
    after: after[k]!,
    moments: Array.from({length: before.length / layout.parameters - 1}, (_, m) => ({
      before: before[k + (m + 1) * layout.parameters]!, after: after[k + (m + 1) * layout.parameters]!
    }))
  });
  // Where the layer below stands among the inputs and units, and the layer above among the units and outputs.
  const below = layer === 1 ? 0 : layout.layers[0]! + layout.firstUnit[layer - 2]!;
  const over = layout.firstUnit[layer - 1]! + layout.layers[layer]!;
  const inputs = Array.from(pass.post.subarray(below, below + fan));
  const weights = inputs.map((_, i) => parameter(layout.weights[layer - 1]! + index * fan + i));
  const above = Array.from({length: layout.layers[layer + 1]!}, (_, o) => ({
    delta: pass.delta[over + o]!, weight: before[layout.weights[layer]! + o * layout.layers[layer]! + index]!
  }));
  const points = data.reportCount;
  return {
    point: plan.batches[shown]!,
    inputs,
    weights,
    bias: parameter(layout.biases[layer - 1]! + index),
    weighted: weights.reduce((sum, weight, i) => sum + weight.before * inputs[i]!, 0),
    sum: pass.pre[unit]!,
    value: pass.post[layout.layers[0]! + unit]!,
    slope: pass.slope[unit]!,
    above,
    arriving: above.reduce((sum, {delta, weight}) => sum + delta * weight, 0),
    delta: pass.delta[unit]!,
    deltas,
    silentBefore: Math.round(points * reportOn(net, data, before).silent[unit]!),
    silentAfter: Math.round(points * reportOn(net, data, after).silent[unit]!),
    points,
    corrections: [plan.factors[0]!, plan.factors[1]!]
  };
}
