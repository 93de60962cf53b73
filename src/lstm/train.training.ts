/** Trains several recurrent networks on the same sequences at once, step by step, on the active backend. */
import {tensor1d} from "@tensorflow/tfjs-core";
import {startBackend} from "../compute/backend.js";
import {drive} from "../compute/drive.js";
import {taskBreaks} from "../compute/frame.js";
import {seededRandom} from "../compute/random.js";
import {backendStatus} from "../compute/status.js";
import type {Drive, DriveOptions, Snapshot, TrainOptions} from "../compute/training.js";
import {initialParameters} from "./initial.js";
import type {InitialOptions} from "./initial.js";
import {openingState, openNetwork, piecePace} from "./network.training.js";
import type {Piece, StepNetwork} from "./network.training.js";
import {recurrentStages} from "./recurrent.training.js";
import {placesOf} from "./shape.js";
import type {Shape} from "./shape.js";
import {lossStepsOf, makeBatch} from "./tasks/task.js";
import type {Task} from "./tasks/task.js";
import type {Optimizer} from "./update.js";

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
    const state = openingState(initialParameters(shape, seededRandom(model.seed), model));
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
  const {task, length, batch, steps} = config;
  let models = resume?.models ?? untrained(config);
  const from = models[0]?.losses.length ?? 0;
  const sizes = {steps: length, lossSteps: lossStepsOf(task, length), batch};
  const networks = models.map(({shape, state}) => openNetwork(recurrentStages(shape, task.loss, sizes), state, config));
  const pace = piecePace(batch);
  const lap = stopwatch();
  let waiting: readonly Reading[] = [];
  try {
    for (const network of networks) {
      await network.prepare(pace.size());
      // Compiling may take a while; who cancels meanwhile need not wait for all of it.
      yield {progress: {done: from, total: steps}, models};
    }
    // The GPU is on the next step while one is looked at.
    for (let step = from; step <= steps; step++) {
      const size = pace.size();
      const queued = step < steps ? await takeStep(networks, config, step, size) : [];
      const [states, longest] = await collect(waiting, lap);
      waiting = queued;
      if (step === from) continue;
      pace.measured(batch, longest);
      models = models.map((model, i) => grown(model, states[i]!));
      yield {progress: {done: step, total: steps}, models};
    }
  } finally {
    await Promise.allSettled(waiting.map(({state}) => state));
    for (const network of networks) network.close();
  }
}

/** A state on its way from the backend, and when its step was put there. */
interface Reading {
  readonly state: Promise<Float32Array>;
  readonly since: number;
}

/** The states, and the longest that the backend was on one of them. */
async function collect(waiting: readonly Reading[], lap: (since: number) => number) {
  const states: Float32Array[] = [];
  let longest = 0;
  for (const {state, since} of waiting) {
    states.push(await state);
    longest = Math.max(longest, lap(since));
  }
  return [states, longest] as const;
}

/** The backend works on one thing after the other: from the last answer, or from when it was asked. */
function stopwatch(): (since: number) => number {
  let last = -Infinity;
  return (since) => {
    const now = performance.now();
    const took = now - Math.max(last, since);
    last = now;
    return took;
  };
}

function grown(model: ModelResult, state: Float32Array): ModelResult {
  const [norm, loss, right] = state.subarray(-3) as unknown as [number, number, number];
  const {shape, losses} = model;
  return {shape, losses: [...losses, loss], right: [...model.right, right], norms: [...model.norms, norm], state};
}

/** The step's sequences, the same however they are cut. */
function cutBatch({task, length, batch, seed}: TrainConfig, step: number, size: number): readonly Piece[] {
  const random = seededRandom(seed * 100_003 + step);
  return Array.from({length: batch / size}, () => {
    const {x, targets} = makeBatch(task, random, length, size);
    return {x: tensor1d(x), targets: tensor1d(targets), size};
  });
}

/** Puts a step of every network on the backend, one after the other: a network's step needs its last. */
async function takeStep(
  networks: readonly StepNetwork[], config: TrainConfig, step: number, size: number
): Promise<readonly Reading[]> {
  const rest = backendStatus().state === "cpu" ? taskBreaks(8) : undefined;
  const pieces = cutBatch(config, step, size);
  const readings: Reading[] = [];
  for (const network of networks) {
    const since = performance.now();
    await network.move(pieces, step + 1, rest);
    readings.push({state: network.read(), since});
  }
  for (const {x, targets} of pieces) {
    x.dispose();
    targets.dispose();
  }
  return readings;
}
