/** Runs the DIoU paper's simulation on the backend that runs, one loss after the other, all cases of a loss together. */
import {startBackend} from "../compute/backend.js";
import {drive} from "../compute/drive.js";
import {seededRandom} from "../compute/random.js";
import type {Drive, DriveOptions, Snapshot, TrainOptions} from "../compute/training.js";
import {cutIntoBlocks, moveBlock} from "./experiment-blocks.training.js";
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
      yield {progress: {done, total: kinds.length * perKind}, results: {...results}, kind, step: result.curve.length - 1};
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
  const blocks = await cutIntoBlocks(points, {kind, sign, steps: stride, rate: 0});
  try {
    for (let step = 0; step < experimentSteps; step += stride) {
      const sums = new Float64Array(stride + 1);
      let moved = 0;
      for (const block of blocks) {
        const errors = await moveBlock(block, {kind, sign, steps: stride, rate: paperLearningRate(step)});
        addErrors(errors, sums, errorByPoint.subarray(moved, moved + block.points));
        moved += block.points;
        if (moved === points.length) curve = [...curve, ...sums.subarray(1).map((sum) => sum / moved / casesPerPoint)];
        yield {curve, errorByPoint: errorByPoint.slice(), pointSteps: step * points.length + stride * moved};
      }
    }
  } finally {
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
