/** A multilayer perceptron in float64: one sample forward and backward. What trains, reports and is stepped through. */
import type {Activation} from "./activation.js";
import type {Layout} from "./layout.js";
import type {Loss} from "./loss.js";
import {drawnAt} from "./randomised.js";

export interface Perceptron {
  readonly layout: Layout;
  readonly activation: Activation;
  readonly loss: Loss;
  /** The activation's and the loss's two parameters each. */
  readonly activationParams: readonly [number, number];
  readonly lossParams: readonly [number, number];
}

/** What a pass leaves behind; made once, filled by every pass. Units are numbered through all layers after the inputs. */
export interface Pass {
  /** Inputs, then each hidden unit's activation. */
  readonly post: Float64Array;
  /** Each hidden unit's pre-activation, then the outputs (logits). */
  readonly pre: Float64Array;
  /** The loss's derivative by `pre`. */
  readonly delta: Float64Array;
  /** The activation's slope at each hidden unit's pre-activation. */
  readonly slope: Float64Array;
  /** The activation's first and second parameter at each hidden unit. */
  readonly params: Float64Array;
}

export function newPass({layers, units}: Layout): Pass {
  const outputs = layers[layers.length - 1]!;
  return {
    post: new Float64Array(layers[0]! + units),
    pre: new Float64Array(units + outputs),
    delta: new Float64Array(units + outputs),
    slope: new Float64Array(units),
    params: new Float64Array(2 * units)
  };
}

/** Where a randomised activation draws: which network, step, and sample of the batch; undefined outside training. */
export interface Drawing {
  readonly seed: number;
  readonly step: number;
  readonly sample: number;
}

type Numbers = Float32Array | Float64Array;

/** Runs `inputs[at …]` forward: fills the pass's `post`, `pre`, `slope` and `params`. */
export function forward(net: Perceptron, state: Numbers, inputs: Numbers, at: number, pass: Pass, drawing?: Drawing): void {
  const {layout, activation} = net;
  const {layers, weights, biases, units} = layout;
  const {post, pre, slope, params} = pass;
  const first = layers[0]!;
  for (let i = 0; i < first; i++) post[i] = inputs[at + i]!;
  let [from, unit] = [0, 0];
  for (let layer = 1; layer < layers.length; layer++) {
    const [fan, size] = [layers[layer - 1]!, layers[layer]!];
    for (let o = 0; o < size; o++, unit++) {
      let sum = state[biases[layer - 1]! + o]!;
      const row = weights[layer - 1]! + o * fan;
      for (let i = 0; i < fan; i++) sum += state[row + i]! * post[from + i]!;
      pre[unit] = sum;
      if (unit >= units) continue;
      const [a, b] = paramsAt(net, state, layer, unit, drawing);
      params[2 * unit] = a;
      params[2 * unit + 1] = b;
      post[first + unit] = activation.f(sum, a, b);
      slope[unit] = activation.df(sum, a, b);
    }
    from += fan;
  }
}

function paramsAt(net: Perceptron, state: Numbers, layer: number, unit: number, drawing?: Drawing): readonly [number, number] {
  const {activation, activationParams, layout} = net;
  if (activation.byParameter) return [state[layout.learned + layer - 1]!, 0];
  if (!activation.randomised) return activationParams;
  const [low, high] = activationParams;
  const share = drawing ? drawnAt(drawing.seed, drawing.step, drawing.sample, unit) : 0.5;
  const drawn = low + (high - low) * share;
  return [drawn, drawn];
}

/** The loss of the pass's outputs against `targets[at …]`, averaged over the outputs; fills their `delta`. */
export function lossAt(net: Perceptron, targets: Numbers, at: number, pass: Pass): number {
  const {loss, lossParams, layout} = net;
  const {pre, delta} = pass;
  const {units, layers} = layout;
  const outputs = layers[layers.length - 1]!;
  if (loss.softmax) return softmaxAt(targets, at, pass, units, outputs);
  let sum = 0;
  for (let o = 0; o < outputs; o++) {
    const value = loss.value(pre[units + o]!, targets[at + o]!, lossParams[0], lossParams[1]);
    sum += value.loss / outputs;
    delta[units + o] = value.gradient / outputs;
  }
  return sum;
}

function softmaxAt(targets: Numbers, at: number, {pre, delta}: Pass, units: number, outputs: number): number {
  let [most, sum, sure, loss] = [-Infinity, 0, 0, 0];
  for (let o = 0; o < outputs; o++) most = Math.max(most, pre[units + o]!);
  for (let o = 0; o < outputs; o++) {
    sum += Math.exp(pre[units + o]! - most);
    sure += targets[at + o]!;
  }
  for (let o = 0; o < outputs; o++) {
    loss += targets[at + o]! * (Math.log(sum) + most - pre[units + o]!);
    delta[units + o] = (sure * Math.exp(pre[units + o]! - most)) / sum - targets[at + o]!;
  }
  return loss;
}

/** Carries `delta` from the outputs back to every hidden unit and adds the sample's gradient to `gradient`. */
export function backward({layout, activation}: Perceptron, state: Numbers, pass: Pass, gradient: Float64Array): void {
  const {layers, weights, biases, learned} = layout;
  const {post, pre, delta, slope, params} = pass;
  let [unit, from] = [pre.length, post.length];
  for (let layer = layers.length - 1; layer > 0; layer--) {
    const [fan, size] = [layers[layer - 1]!, layers[layer]!];
    unit -= size;
    from -= fan;
    for (let o = 0; o < size; o++) {
      const share = delta[unit + o]!;
      const row = weights[layer - 1]! + o * fan;
      gradient[biases[layer - 1]! + o]! += share;
      for (let i = 0; i < fan; i++) gradient[row + i]! += share * post[from + i]!;
    }
    if (layer === 1) return;
    for (let i = 0; i < fan; i++) {
      const below = unit - fan + i;
      let sum = 0;
      for (let o = 0; o < size; o++) sum += delta[unit + o]! * state[weights[layer - 1]! + o * fan + i]!;
      if (activation.byParameter)
        gradient[learned + layer - 2]! += sum * activation.byParameter.dfa(pre[below]!, params[2 * below]!);
      delta[below] = sum * slope[below]!;
    }
  }
}

/** Whether the outputs say what the targets say: the largest of several, or each on the right side of the threshold. */
export function isCorrect({loss, layout}: Perceptron, targets: Numbers, at: number, {pre}: Pass): boolean {
  const {units, layers} = layout;
  const outputs = layers[layers.length - 1]!;
  let [most, right] = [0, true];
  for (let o = 0; o < outputs; o++) {
    if (pre[units + o]! > pre[units + most]!) most = o;
    right &&= pre[units + o]! > loss.threshold === targets[at + o]! > 0.5;
  }
  return loss.softmax ? targets[at + most]! > 0.5 : right;
}
