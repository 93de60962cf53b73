/** Runs in Chromium: training steps a second of this room's kernels and of TensorFlow.js's own LSTM layer. */
import * as tf from "@tensorflow/tfjs";
import {startBackend} from "../src/compute/backend.js";
import {seededRandom} from "../src/compute/random.js";
import type {CellKind} from "../src/lstm/shape.js";
import {adding} from "../src/lstm/tasks/adding.js";
import {makeBatch} from "../src/lstm/tasks/task.js";
import {trainRecurrent} from "../src/lstm/train.training.js";
import type {TrainConfig} from "../src/lstm/train.training.js";

export interface LstmTiming {
  readonly backend: string;
  readonly stepsPerSecond: number;
  readonly seconds: number;
  readonly losses: readonly number[];
  readonly longestTask: number;
}

const length = 50;
const batch = 64;
const hidden = 32;

/** Trains on the adding problem until the mean loss of 20 steps is below `until`, or for `steps` steps. */
async function timeTraining(kind: CellKind, seed: number, steps: number, until: number, prefer?: "cpu"): Promise<LstmTiming> {
  const status = await startBackend(prefer ? {prefer} : {});
  const models = [{kind, hidden, seed, forgetBias: 1}];
  const config: TrainConfig = {task: adding, length, batch, models, optimizer: "adam", rate: 0.01, clip: 1, steps, seed};
  let longestTask = 0;
  const observer = new PerformanceObserver((list) => {
    for (const {duration} of list.getEntries()) longestTask = Math.max(longestTask, duration);
  });
  let losses: readonly number[] = [];
  let start = performance.now();
  let counted = 0;
  for await (const {models: [model]} of trainRecurrent(config, {})) {
    losses = model!.losses;
    // The first step compiles.
    if (losses.length === 1 && until === 0) [start, counted] = [performance.now(), 1];
    if (losses.length === 2) observer.observe({entryTypes: ["longtask"]});
    const recent = losses.slice(-20);
    if (losses.length >= 20 && recent.reduce((sum, loss) => sum + loss, 0) / 20 < until) break;
  }
  observer.disconnect();
  const seconds = (performance.now() - start) / 1000;
  const backend = "adapter" in status ? `WebGPU · ${status.adapter}` : status.state;
  return {backend, stepsPerSecond: (losses.length - counted) / seconds, seconds, losses, longestTask};
}

/** tf.layers.lstm and a dense layer, trainOnBatch, on the same backend. */
async function timeLayer(steps: number): Promise<LstmTiming> {
  const status = await startBackend();
  const zeros = {kernelInitializer: "zeros", biasInitializer: "zeros"} as const;
  const model = tf.sequential({
    layers: [
      tf.layers.lstm({...zeros, units: hidden, inputShape: [length, 2], recurrentInitializer: "zeros", unitForgetBias: false}),
      tf.layers.dense({...zeros, units: 1})
    ]
  });
  const random = seededRandom(1);
  const draw = (shape: number[]) => tf.tensor(Float32Array.from({length: tf.util.sizeFromShape(shape)}, () => (random() - 0.5) / 3), shape);
  model.setWeights(model.getWeights().map(({shape}) => draw(shape)));
  model.compile({optimizer: tf.train.adam(0.01), loss: "meanSquaredError"});
  const losses: number[] = [];
  let start = performance.now();
  for (let step = 0; step <= steps; step++) {
    const {x, targets} = makeBatch(adding, random, length, batch);
    const xs = tf.transpose(tf.tensor3d(x, [length, 2, batch]), [2, 0, 1]);
    losses.push((await model.trainOnBatch(xs, tf.tensor2d(targets, [batch, 1]))) as number);
    if (step === 0) start = performance.now();
  }
  const seconds = (performance.now() - start) / 1000;
  const backend = "adapter" in status ? `WebGPU · ${status.adapter}` : status.state;
  return {backend, stepsPerSecond: steps / seconds, seconds, losses, longestTask: NaN};
}

Object.assign(globalThis, {timeTraining, timeLayer});
