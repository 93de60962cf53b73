/** Trains several recurrent networks on the same sequences at once, step by step, on the active backend. */
import {tensor1d} from "@tensorflow/tfjs-core";
import type {Tensor} from "@tensorflow/tfjs-core";
import {startBackend} from "../compute/backend.js";
import {drive} from "../compute/drive.js";
import {taskBreaks} from "../compute/frame.js";
import {runKernel} from "../compute/kernel.js";
import {seededRandom} from "../compute/random.js";
import {backendStatus} from "../compute/status.js";
import type {Drive, DriveOptions, Snapshot, TrainOptions} from "../compute/training.js";
import {initialParameters} from "./initial.js";
import type {InitialOptions} from "./initial.js";
import {mappingOf} from "./mapping.js";
import {backwardKernel, forwardKernel, gradientKernel, lossKernel} from "./recurrent.kernel.js";
import type {NetworkParams} from "./recurrent.kernel.js";
import {placesOf} from "./shape.js";
import type {Shape} from "./shape.js";
import {lossStepsOf, makeBatch} from "./tasks/task.js";
import type {Batch, Task} from "./tasks/task.js";
import {corrections, stateSize} from "./update.js";
import type {Optimizer} from "./update.js";
import {updateKernel} from "./update.kernel.js";
import {gradientSize} from "./whole-gradient.js";

export type {Drive, DriveOptions, DriveState} from "../compute/training.js";

/** A network to train: the task sets its inputs and outputs. */
export interface ModelConfig extends Pick<Shape, "kind" | "hidden" | "forgetGate" | "peepholes">, InitialOptions {
  readonly seed: number;
}

export interface TrainConfig {
  readonly task: Task;
  readonly length: number;
  readonly batch: number;
  readonly models: readonly ModelConfig[];
  readonly optimizer: Optimizer;
  readonly rate: number;
  /** See UpdateParams. */
  readonly clip: number;
  readonly steps: number;
  /** Of the sequences. */
  readonly seed: number;
}

export interface ModelResult {
  readonly shape: Shape;
  /** By step: the batch's loss before the step, its share of right answers, its gradient's norm. */
  readonly losses: readonly number[];
  readonly right: readonly number[];
  readonly norms: readonly number[];
  /** Parameters and Adam's moments, see update.ts. */
  readonly state: Float32Array;
}

export interface RecurrentSnapshot extends Snapshot {
  readonly models: readonly ModelResult[];
}

export const parametersOf = ({shape, state}: ModelResult): Float32Array => state.subarray(0, placesOf(shape).total);

export const shapeOf = ({kind, hidden, forgetGate, peepholes}: ModelConfig, {inputs, outputs}: Task): Shape => ({
  kind, hidden, inputs, outputs, ...(forgetGate !== undefined && {forgetGate}), ...(peepholes !== undefined && {peepholes})
});

/** Networks before their first step. */
export function untrained({models, task}: Pick<TrainConfig, "models" | "task">): readonly ModelResult[] {
  return models.map((model) => {
    const shape = shapeOf(model, task);
    const state = new Float32Array(stateSize(placesOf(shape).total));
    state.set(initialParameters(shape, seededRandom(model.seed), model));
    return {shape, losses: [], right: [], norms: [], state};
  });
}

/** Starts the training; drive() handles pausing, cancelling and device loss. */
export function runTraining(config: TrainConfig, options: DriveOptions<RecurrentSnapshot> = {}): Drive<RecurrentSnapshot> {
  return drive((training) => trainRecurrent(config, training), options);
}

/** The training as a generator: a snapshot after each step that all networks have taken. */
export async function* trainRecurrent(
  config: TrainConfig,
  {resume}: Pick<TrainOptions<RecurrentSnapshot>, "resume">
): AsyncGenerator<RecurrentSnapshot, void> {
  await startBackend();
  let models = resume?.models ?? untrained(config);
  const from = models[0]?.losses.length ?? 0;
  const networks = models.map(({shape, state}) => openNetwork(shape, state, config));
  let waiting: Reads | undefined;
  try {
    // The GPU is on the next step while one is looked at.
    for (let step = from; step <= config.steps; step++) {
      const queued = step < config.steps ? await takeStep(networks, cutBatch(config, step), step + 1) : undefined;
      const states = waiting && (await Promise.all(waiting));
      waiting = queued;
      if (!states) continue;
      models = models.map((model, i) => grown(model, states[i]!));
      yield {progress: {done: step, total: config.steps}, models};
    }
  } finally {
    await Promise.allSettled(waiting ?? []);
    for (const network of networks) network.close();
  }
}

/** States on their way from the backend. */
type Reads = readonly Promise<Float32Array>[];

function grown(model: ModelResult, state: Float32Array): ModelResult {
  const [norm, loss, right] = state.subarray(-3) as unknown as [number, number, number];
  const {shape, losses} = model;
  return {shape, losses: [...losses, loss], right: [...model.right, right], norms: [...model.norms, norm], state};
}

/** The step's sequences: whole on a GPU; in small batches on the CPU backend, which blocks the page meanwhile. */
function cutBatch({task, length, batch, seed}: TrainConfig, step: number): readonly (Batch & {readonly size: number})[] {
  const random = seededRandom(seed * 100_003 + step);
  const size = backendStatus().state === "cpu" ? Math.min(batch, cpuBatch(length)) : batch;
  return Array.from({length: batch / size}, () => ({...makeBatch(task, random, length, size), size}));
}

const cpuBatch = (length: number) => (length > 60 ? 4 : 8);

/** Puts a step of every network on the backend, one after the other: a network's step needs its last. */
async function takeStep(
  networks: readonly Network[], batches: readonly (Batch & {readonly size: number})[], step: number
): Promise<Reads> {
  const rest = backendStatus().state === "cpu" ? taskBreaks(8) : undefined;
  const reads: Promise<Float32Array>[] = [];
  for (const network of networks) {
    const {read} = await network.move(batches, step, rest);
    // Should it fail while nobody asks for it, whoever asks then is told.
    read.catch(() => undefined);
    reads.push(read);
  }
  return reads;
}

interface Network {
  /** Takes step `step`, counted from 1, as far as the backend has it; the new state can be read. */
  move(
    batches: readonly (Batch & {readonly size: number})[], step: number, rest?: () => Promise<void>
  ): Promise<{readonly read: Promise<Float32Array>}>;
  close(): void;
}

function openNetwork(shape: Shape, start: Float32Array, config: TrainConfig): Network {
  const {task, length, batch, optimizer, rate, clip} = config;
  const lossSteps = lossStepsOf(task, length);
  const parameters = placesOf(shape).total;
  const nothing = tensor1d(new Float32Array(gradientSize(shape)));
  let state: Tensor = tensor1d(start);
  let read: Promise<Float32Array> | undefined;
  return {
    async move(batches, step, rest) {
      let gradient: Tensor = nothing;
      for (const {x, targets, size} of batches) {
        const run: NetworkParams = {
          shape, steps: length, batch: size, loss: task.loss, lossSteps, weight: 1 / (batch * lossSteps),
          mapping: mappingOf(size, shape.hidden, spreadUnits())
        };
        const summed = await addBatch(run, state, tensor1d(x), tensor1d(targets), gradient, rest);
        if (gradient !== nothing) gradient.dispose();
        gradient = summed;
      }
      const next = runKernel(updateKernel, [state, gradient], {optimizer, parameters, rate, clip, ...corrections(step)});
      gradient.dispose();
      // A state that is still being read is let go afterwards.
      const [old, oldRead] = [state, read];
      state = next;
      read = next.data() as Promise<Float32Array>;
      void oldRead?.catch(() => undefined).then(() => old.dispose());
      if (!oldRead) old.dispose();
      return {read};
    },
    close() {
      state.dispose();
      nothing.dispose();
    }
  };
}

/** A GPU has invocations to spare; a software adapter pays for every barrier with a switch of coroutines. */
function spreadUnits(): boolean {
  const status = backendStatus();
  return status.state === "webgpu" && !/swiftshader|llvmpipe|software/i.test(status.adapter);
}

/** Forward, loss, backward, gradient; consumes x and targets. `rest` ends the task where one has taken long. */
async function addBatch(
  run: NetworkParams, state: Tensor, x: Tensor, targets: Tensor, before: Tensor, rest?: () => Promise<void>
): Promise<Tensor> {
  const trace = runKernel(forwardKernel, [state, x], run);
  if (rest) await rest();
  const losses = runKernel(lossKernel, [state, trace, targets], run);
  if (rest) await rest();
  const slopes = runKernel(backwardKernel, [state, trace, losses], run);
  if (rest) await rest();
  const gradient = runKernel(gradientKernel, [before, x, trace, slopes, losses], run);
  if (rest) await rest();
  for (const used of [x, targets, trace, losses, slopes]) used.dispose();
  return gradient;
}
