/** Measures training steps of an LSTM and of an attention layer of the same width, on the backend that runs. */
import {tensor1d} from "@tensorflow/tfjs-core";
import {startBackend} from "../compute/backend.js";
import {drive} from "../compute/drive.js";
import {taskBreaks} from "../compute/frame.js";
import {seededRandom} from "../compute/random.js";
import type {Random} from "../compute/random.js";
import {backendStatus} from "../compute/status.js";
import type {Drive, DriveOptions, Snapshot, TrainOptions} from "../compute/training.js";
import {attentionPlaces} from "./attention.js";
import {attentionStages} from "./attention.training.js";
import {initialParameters} from "./initial.js";
import {openingState, openNetwork, piecePace} from "./network.training.js";
import type {Piece, StepNetwork, TaskBreak} from "./network.training.js";
import {parallelPlan} from "./parallel.js";
import type {ParallelAxis, ParallelLayer, ParallelSizes, ParallelTiming} from "./parallel.js";
import {recurrentStages} from "./recurrent.training.js";

export type {Drive} from "../compute/training.js";

export interface ParallelConfig {
  readonly base: ParallelSizes;
  readonly axes: readonly ParallelAxis[];
}

export interface ParallelSnapshot extends Snapshot {
  readonly timings: readonly ParallelTiming[];
  /** What computed them. */
  readonly backend: string;
}

/** Starts measuring; what `resume` has of the same plan is kept. */
export function runParallel(config: ParallelConfig, options: DriveOptions<ParallelSnapshot>): Drive<ParallelSnapshot> {
  return drive((training) => measureParallel(config, training), options);
}

/** A snapshot after each measurement, and in between, so that a measurement can be left. */
export async function* measureParallel(
  {base, axes}: ParallelConfig,
  {resume}: Pick<TrainOptions<ParallelSnapshot>, "resume">
): AsyncGenerator<ParallelSnapshot, void> {
  const status = await startBackend();
  const backend = status.state === "webgpu" ? `WebGPU · ${status.adapter}` : "CPU";
  const plan = parallelPlan(base, axes);
  const timings = [...(resume?.timings ?? [])];
  const snapshot = () => ({progress: {done: timings.length, total: plan.length}, timings: [...timings], backend});
  for (const wanted of plan.slice(timings.length)) {
    for await (const milliseconds of timeSteps(wanted.layer, wanted)) {
      if (milliseconds === null) yield snapshot();
      else timings.push({...wanted, milliseconds});
    }
    yield snapshot();
  }
}

/** Milliseconds that a measurement may take, unless a step takes longer. */
const enough = 250;
/** Steps put on the backend before one answer is waited for: on a GPU the way back takes longer than a small step. */
const mostSteps = 64;

/** Yields null between the rounds and the milliseconds of a step, those of the quickest round, at the end. */
async function* timeSteps(layer: ParallelLayer, sizes: ParallelSizes): AsyncGenerator<number | null, void> {
  const rest = backendStatus().state === "cpu" ? taskBreaks(8) : undefined;
  const network = openLayer(layer, sizes);
  const pace = piecePace(sizes.batch);
  let pieces: readonly Piece[] = [];
  let step = 0;
  const round = async (steps: number) => {
    const start = performance.now();
    for (let n = 0; n < steps; n++) await network.move(pieces, ++step, rest);
    await network.read();
    return (performance.now() - start) / steps;
  };
  try {
    await network.prepare(pace.size());
    yield null;
    let best = Infinity;
    let steps = 1;
    // The first round still warms up; those after it find the size of the pieces and the number of steps.
    for (let n = 0, since = performance.now(); n < 3 || performance.now() - since < enough; n++) {
      const size = pace.size();
      if (size !== pieces[0]?.size) {
        dispose(pieces);
        pieces = await cut(sizes, size);
      }
      const milliseconds = await round(steps);
      yield null;
      if (n === 0) {
        since = performance.now();
        continue;
      }
      pace.measured(sizes.batch, milliseconds);
      best = Math.min(best, milliseconds);
      if (steps * milliseconds < 30) steps = Math.min(mostSteps, 2 * steps);
      if (milliseconds > 2 * enough) break;
    }
    yield best;
  } finally {
    dispose(pieces);
    network.close();
  }
}

/** A layer as wide as its input, with one answer at each step. */
function openLayer(layer: ParallelLayer, {batch, length, hidden}: ParallelSizes): StepNetwork {
  const random = seededRandom(1);
  const options = {optimizer: "adam", rate: 0.001, clip: 1} as const;
  if (layer === "lstm") {
    const shape = {kind: "lstm", inputs: hidden, hidden, outputs: 1} as const;
    const stages = recurrentStages(shape, "squared", {steps: length, lossSteps: length, batch});
    return openNetwork(stages, openingState(initialParameters(shape, random)), options);
  }
  const shape = {inputs: hidden, hidden, outputs: 1};
  const bound = 1 / Math.sqrt(hidden);
  const params = Float32Array.from({length: attentionPlaces(shape).total}, () => bound * (2 * random() - 1));
  return openNetwork(attentionStages(shape, {steps: length, batch}), openingState(params), options);
}

/** Random inputs and answers, made in small tasks: there may be two million. */
async function cut({batch, length, hidden}: ParallelSizes, size: number): Promise<readonly Piece[]> {
  const random = seededRandom(2);
  const pause = taskBreaks();
  const pieces: Piece[] = [];
  for (let n = 0; n < batch / size; n++) {
    const x = await randomNumbers(length * hidden * size, random, pause);
    const targets = await randomNumbers(length * size, random, pause);
    pieces.push({x: tensor1d(x), targets: tensor1d(targets), size});
  }
  return pieces;
}

async function randomNumbers(count: number, random: Random, pause: TaskBreak): Promise<Float32Array> {
  const numbers = new Float32Array(count);
  for (let at = 0; at < count; at += 20_000) {
    for (let i = at; i < Math.min(count, at + 20_000); i++) numbers[i] = random() - 0.5;
    await pause();
  }
  return numbers;
}

function dispose(pieces: readonly Piece[]): void {
  for (const {x, targets} of pieces) {
    x.dispose();
    targets.dispose();
  }
}
