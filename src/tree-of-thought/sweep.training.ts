/** Goes about many puzzles by many methods: their positions are judged together, in large dispatches. */
import {taskBreaks} from "../compute/frame.js";
import {drive} from "../compute/drive.js";
import {seededRandom} from "../compute/random.js";
import type {Drive, DriveOptions, Snapshot, TrainOptions} from "../compute/training.js";
import {batchedLogits} from "./batch-judge.js";
import type {BatchStats} from "./batch-judge.js";
import {judgeOnDevice} from "./judge.training.js";
import {judgeLogits} from "./judge.js";
import {attempt, usualSampling} from "./methods.js";
import {sweepMethods} from "./sweep.js";
import type {MethodName, SweepConfig, SweepRow} from "./sweep.js";

export type {Drive, DriveState} from "../compute/training.js";

export interface SweepSnapshot extends Snapshot {
  readonly rows: readonly SweepRow[];
  readonly stats: BatchStats;
  readonly seconds: number;
}

export const runSweep = (config: SweepConfig, options: DriveOptions<SweepSnapshot> = {}): Drive<SweepSnapshot> =>
  drive((training) => sweep(config, training), options);

/** Puzzles that are searched at once: as many as keep a task short, once all their positions are known. */
const together = 10;

/** The sweep as a generator: a snapshot after each ten puzzles by one method. */
export async function* sweep(
  {puzzles, methods, seeds, sampling, temperature, parameters}: SweepConfig,
  {resume}: Pick<TrainOptions<SweepSnapshot>, "resume">
): AsyncGenerator<SweepSnapshot, void> {
  const logits = batchedLogits((positions) => judgeOnDevice(parameters, positions));
  let rows: readonly SweepRow[] = resume?.rows ?? [];
  const total = methods.length * seeds * puzzles.length;
  const before = resume?.seconds ?? 0;
  const began = performance.now();
  while (rows.length < total) {
    const at = rows.length;
    const [turn, first] = [Math.floor(at / puzzles.length), at % puzzles.length];
    const seed = 1 + Math.floor(turn / methods.length);
    const method = methods[turn % methods.length]!;
    const options = {logits, sampling: {...sampling, seed}, temperature, seeded: seededRandom};
    const made = await Promise.all(puzzles.slice(first, first + together).map(async ({rank, numbers}): Promise<SweepRow> => {
      const {solved, calls} = await attempt(numbers, sweepMethods[method], options);
      return {method, rank, seed, solved, calls};
    }));
    rows = [...rows, ...made];
    yield {progress: {done: rows.length, total}, rows, stats: logits.stats(), seconds: before + (performance.now() - began) / 1000};
  }
}

/** Share of puzzles that a judge solves by each method, on this thread, in slices. */
export async function successRates(
  parameters: Float32Array, puzzles: readonly (readonly number[])[], methods: readonly MethodName[]
): Promise<readonly number[]> {
  const rest = taskBreaks();
  const rates: number[] = [];
  for (const method of methods) {
    let solved = 0;
    for (const numbers of puzzles) {
      const options = {logits: (positions: Parameters<typeof judgeLogits>[1]) => judgeLogits(parameters, positions), sampling: usualSampling, temperature: 0.7, seeded: seededRandom};
      if ((await attempt(numbers, sweepMethods[method], options)).solved) solved++;
      await rest();
    }
    rates.push(solved / puzzles.length);
  }
  return rates;
}
