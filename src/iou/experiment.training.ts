/** Runs the DIoU paper's simulation on the active backend, one loss after the other, all cases of a loss together. */
import {startBackend} from "../compute/backend.js";
import {drive} from "../compute/drive.js";
import {seededRandom} from "../compute/random.js";
import type {Drive, DriveOptions, Snapshot, TrainOptions} from "../compute/training.js";
import {cutIntoBlocks, moveBlock, timePerPoint} from "./experiment-blocks.training.js";
import type {Block} from "./experiment-blocks.training.js";
import {anchorPoints, casesPerPoint, center, experimentSteps, ratios, scales} from "./experiment.js";
import type {AnchorPoint, ExperimentKind} from "./experiment.js";
import {groupsPerPoint} from "./experiment.kernel.js";
import {paperLearningRate} from "./regression.js";
import type {Sign} from "./regression.js";

export type {Drive, DriveOptions, DriveState} from "../compute/training.js";

export interface ExperimentConfig {
  readonly points: readonly AnchorPoint[];
  readonly kinds: readonly ExperimentKind[];
  readonly sign: Sign;
}

/** How one loss does so far. */
export interface KindResult {
  /** Mean error of a case after step 0 (the start) to the last that all cases have taken; 201 numbers when done. */
  readonly curve: readonly number[];
  /** Mean error of each point's 343 cases now. */
  readonly errorByPoint: Float32Array;
}

/**
 * Progress counts steps of single cases. The boxes themselves (27 MB at 5,000 points) are not in it: a run resumed from
 * a snapshot keeps the finished losses and begins the unfinished one again, some seconds of work.
 */
export interface ExperimentSnapshot extends Snapshot {
  readonly results: Readonly<Partial<Record<ExperimentKind, KindResult>>>;
  /** The loss that runs. */
  readonly kind: ExperimentKind;
  /** Steps that all its cases have taken. */
  readonly step: number;
}

// Steps in one dispatch: many, because reading and writing the boxes costs as much as several steps; and a divisor of
// each stretch of equal learning rate.
const stride = 20;

/** The same anchor points for the same seed; the paper has 5,000. */
export function seededPoints(count: number, seed: number): readonly AnchorPoint[] {
  return anchorPoints(count, seededRandom(seed));
}

/** So many points that one loss takes about a second on the backend that runs: 5,000, the paper's, on a GPU. */
export async function suggestedPoints(): Promise<number> {
  await startBackend();
  const move = {kind: "giou", sign: "true", steps: stride, rate: 0} as const;
  const perPoint = (await timePerPoint(seededPoints(50, 0), move)) * (experimentSteps / stride);
  return [5000, 2500, 1000, 500, 250].find((count) => count * perPoint < 1000) ?? 100;
}

/** Starts the simulation; drive() handles pausing, cancelling and device loss. */
export function runExperiment(
  config: ExperimentConfig,
  options: DriveOptions<ExperimentSnapshot> = {}
): Drive<ExperimentSnapshot> {
  return drive((training) => trainExperiment(config, training), options);
}

/** The simulation as a training: a snapshot after each dispatch; a curve grows when all cases have taken a stride. */
export async function* trainExperiment(
  {points, kinds, sign}: ExperimentConfig,
  {resume}: Pick<TrainOptions<ExperimentSnapshot>, "resume">
): AsyncGenerator<ExperimentSnapshot, void> {
  await startBackend();
  const results: Partial<Record<ExperimentKind, KindResult>> = {};
  const perKind = points.length * casesPerPoint * experimentSteps;
  for (const [index, kind] of kinds.entries()) {
    const earlier = resume?.results[kind];
    if (earlier?.curve.length === experimentSteps + 1) {
      results[kind] = earlier;
      continue;
    }
    for await (const {pointSteps, ...result} of trainKind(kind, sign, points)) {
      results[kind] = result;
      const done = index * perKind + pointSteps * casesPerPoint;
      const progress = {done, total: kinds.length * perKind};
      yield {progress, results: {...results}, kind, step: result.curve.length - 1};
    }
  }
}

/** One loss. `pointSteps` are the steps taken, summed over the points. */
async function* trainKind(
  kind: ExperimentKind,
  sign: Sign,
  points: readonly AnchorPoint[]
): AsyncGenerator<KindResult & {readonly pointSteps: number}, void> {
  const errorByPoint = Float32Array.from(points, startError);
  let curve: readonly number[] = [mean(errorByPoint)];
  let sums = new Float64Array(stride + 1);
  let moved = 0;
  for await (const {block, errors} of moves(kind, sign, points)) {
    addErrors(errors, sums, errorByPoint.subarray(moved, moved + block.points));
    moved += block.points;
    const pointSteps = (curve.length - 1) * points.length + stride * moved;
    if (moved === points.length) {
      curve = [...curve, ...sums.subarray(1).map((sum) => sum / moved / casesPerPoint)];
      sums = new Float64Array(stride + 1);
      moved = 0;
    }
    yield {curve, errorByPoint: errorByPoint.slice(), pointSteps};
  }
}

/** Moves all blocks by a stride, then all by the next, …; the GPU is on the next move while one is looked at. */
async function* moves(
  kind: ExperimentKind,
  sign: Sign,
  points: readonly AnchorPoint[]
): AsyncGenerator<{readonly block: Block; readonly errors: Float32Array}, void> {
  const move = {kind, sign, steps: stride};
  const blocks = await cutIntoBlocks(points, {...move, rate: 0});
  const strides = Array.from({length: experimentSteps / stride}, (_, i) => paperLearningRate(i * stride));
  const plan = strides.flatMap((rate) => blocks.map((block) => ({block, rate})));
  let ahead: Promise<Float32Array> | undefined;
  try {
    for (const [index, {block, rate}] of plan.entries()) {
      const errors = await (ahead ?? moveBlock(block, {...move, rate}));
      const next = plan[index + 1];
      ahead = next && moveBlock(next.block, {...move, rate: next.rate});
      // Should it fail while nobody asks for the next snapshot, whoever asks then is told.
      ahead?.catch(() => undefined);
      yield {block, errors};
    }
  } finally {
    await ahead?.catch(() => undefined);
    for (const block of blocks) block.state.dispose();
  }
}

/** Adds a block's error sums, [steps + 1][groups], to those of each step, and sets its points' mean errors. */
function addErrors(errors: Float32Array, sums: Float64Array, byPoint: Float32Array): void {
  const groups = errors.length / sums.length;
  sums.forEach((_, step) => {
    for (let group = 0; group < groups; group++) sums[step]! += errors[step * groups + group]!;
  });
  const last = errors.subarray(errors.length - groups);
  byPoint.fill(0);
  last.forEach((error, group) => (byPoint[Math.floor(group / groupsPerPoint)]! += error / casesPerPoint));
}

/** Mean error of a point's cases before the first step. */
function startError([x, y]: AnchorPoint): number {
  let sizes = 0;
  for (const [targetW, targetH] of ratios)
    for (const scale of scales)
      for (const [w, h] of ratios)
        sizes += Math.abs(w * Math.sqrt(scale) - targetW) + Math.abs(h * Math.sqrt(scale) - targetH);
  return Math.abs(x - center[0]) + Math.abs(y - center[1]) + sizes / casesPerPoint;
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
