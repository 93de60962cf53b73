/** Sends a batch through untrained networks, one activation after the other, on the backend that runs. */
import {tensor} from "@tensorflow/tfjs-core";
import type {Tensor} from "@tensorflow/tfjs-core";
import {taskBreaks} from "../compute/frame.js";
import type {HostTensor} from "../compute/kernel.js";
import {normal, seededRandom} from "../compute/random.js";
import {despiteLoss} from "../compute/retry.js";
import type {ActivationName} from "./activations.js";
import {runBackward, runForward, signalParams} from "./signal.kernel.js";
import {activationStatistics, deadShare, drawWeights, gradientStatistics} from "./signal.js";
import type {Initialisation, LayerStatistics} from "./signal.js";

export interface SignalConfig {
  readonly initialisation: Initialisation;
  readonly layers: number;
  readonly width: number;
  readonly seed: number;
}

export interface Layer {
  /** Of the units' outputs; layer 0 is the input. */
  readonly activations: LayerStatistics;
  /** Of the gradient by the units' outputs, a random gradient of deviation 1 being fed in at the last layer. */
  readonly gradients: LayerStatistics;
  /** Share of units without slope on any sample; 0 for the input. */
  readonly dead: number;
}

/** Ends the task: the page draws and answers. */
const breathe = taskBreaks(0);

/** Samples in the batch. */
export const batch = 64;

/** Layers in one dispatch: some 50 ms of work on a software adapter, some 10 on the CPU. */
const block = 16;

/** A network's layers, 0 (the input) to the last; for each activation the same weights, inputs and top gradient. */
export async function* measureSignal(
  names: readonly ActivationName[],
  config: SignalConfig,
  signal: AbortSignal
): AsyncGenerator<readonly [ActivationName, readonly Layer[]], void> {
  const weights = await networkWeights(config);
  const taskBreak = taskBreaks();
  for (const name of names) {
    if (signal.aborted) return;
    const [states, gradients] = await despiteLoss(() => throughAndBack(name, config, weights));
    const layers: Layer[] = [];
    for (let layer = 0; layer <= config.layers; layer++) {
      layers.push(layerOf(layer, states, gradients, config.width));
      await taskBreak();
    }
    yield [name, layers];
  }
}

/**
 * The states of layers 0 to the last, [layers + 1, value | slope, batch, width] (the input's slope being 1), and the
 * gradients by their values, [layers + 1, batch, width].
 */
async function throughAndBack(
  name: ActivationName,
  {layers, width, seed}: SignalConfig,
  weights: Float32Array
): Promise<readonly [states: Float32Array, gradients: Float32Array]> {
  const size = batch * width;
  const states = new Float32Array(2 * (layers + 1) * size).fill(1, size, 2 * size);
  states.set(inputOf(seed, width));
  const gradients = new Float32Array((layers + 1) * size);
  gradients.set(inputOf(seed + 0.5, width), layers * size);
  const starts = Array.from({length: Math.ceil(layers / block)}, (_, i) => i * block);
  const of = (start: number) => {
    const count = Math.min(block, layers - start);
    const w = {values: weights.subarray(start * width * width, (start + count) * width * width), shape: [count, width, width]};
    return {end: start + count, w, params: signalParams(name, batch, width, count)};
  };
  for (const start of starts) {
    const {w, params} = of(start);
    const x = {values: states.subarray(2 * start * size, (2 * start + 1) * size), shape: [batch, width]};
    const result = await computed([x, w], ([input, matrices]) => runForward(input!, matrices!, params));
    states.set(result, 2 * (start + 1) * size);
    await breathe();
  }
  for (const start of [...starts].reverse()) {
    const {end, w, params} = of(start);
    const top = {values: gradients.subarray(end * size, (end + 1) * size), shape: [batch, width]};
    const passed = {values: states.subarray(2 * (start + 1) * size, 2 * (end + 1) * size), shape: [end - start, 2, batch, width]};
    const result = await computed([top, passed, w], ([above, each, matrices]) => runBackward(above!, each!, matrices!, params));
    gradients.set(result, start * size);
    await breathe();
  }
  return [states, gradients];
}

/** Runs a kernel on numbers and reads its result; no tensor is left. */
async function computed(inputs: readonly HostTensor[], run: (tensors: readonly Tensor[]) => Tensor): Promise<Float32Array> {
  const tensors = inputs.map(({values, shape}) => tensor(values, [...shape]));
  try {
    tensors.push(run(tensors));
    return (await tensors[tensors.length - 1]!.data()) as Float32Array;
  } finally {
    for (const each of tensors) each.dispose();
  }
}

function layerOf(layer: number, states: Float32Array, gradients: Float32Array, width: number): Layer {
  const size = batch * width;
  return {
    activations: activationStatistics(states.subarray(2 * layer * size, (2 * layer + 1) * size)),
    gradients: gradientStatistics(gradients.subarray(layer * size, (layer + 1) * size)),
    dead: deadShare(states.subarray((2 * layer + 1) * size, (2 * layer + 2) * size), width)
  };
}

/** Normal numbers, [batch, width]: the same for the same seed. */
function inputOf(seed: number, width: number): Float32Array {
  const random = seededRandom(2 * seed + 1);
  return Float32Array.from({length: batch * width}, () => normal(random));
}

let drawn: {readonly key: string; readonly weights: Float32Array} | undefined;

/** All layers' weights, [layers, inputs, outputs]. Drawing them takes as long as a few layers' sums: the last are kept. */
async function networkWeights({initialisation, layers, width, seed}: SignalConfig): Promise<Float32Array> {
  const key = `${initialisation} ${width} ${seed}`;
  const size = width * width;
  if (drawn?.key !== key || drawn.weights.length < layers * size) {
    const random = seededRandom(seed);
    const taskBreak = taskBreaks();
    const weights = new Float32Array(layers * size);
    for (let layer = 0; layer < layers; layer++) {
      weights.set(drawWeights(initialisation, width, () => normal(random), random), layer * size);
      await taskBreak();
    }
    drawn = {key, weights};
  }
  return drawn.weights.subarray(0, layers * size);
}
