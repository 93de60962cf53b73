/** Sends a batch through untrained networks, one activation after the other, on the backend that runs. */
import {tensor} from "@tensorflow/tfjs-core";
import type {Tensor} from "@tensorflow/tfjs-core";
import {taskBreaks} from "../compute/frame.js";
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

async function throughAndBack(
  name: ActivationName,
  {layers, width, seed}: SignalConfig,
  weights: Float32Array
): Promise<readonly [states: Float32Array, gradients: Float32Array]> {
  const params = signalParams(name, batch, width, layers);
  const used: Tensor[] = [];
  const keep = (made: Tensor): Tensor => (used.push(made), made);
  try {
    const w = keep(tensor(weights, [layers, width, width]));
    const x = keep(tensor(inputOf(seed, width), [batch, width]));
    const top = keep(tensor(inputOf(seed + 0.5, width), [batch, width]));
    const states = keep(runForward(x, w, params));
    // On the CPU each way is a task of its own.
    await breathe();
    const gradients = keep(runBackward(top, states, w, params));
    const [forward, backward] = await Promise.all([states.data(), gradients.data()]);
    const input = new Float32Array(forward.length + 2 * batch * width);
    input.set(inputOf(seed, width));
    input.fill(1, batch * width, 2 * batch * width);
    input.set(forward, 2 * batch * width);
    return [input, backward as Float32Array];
  } finally {
    for (const each of used) each.dispose();
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
