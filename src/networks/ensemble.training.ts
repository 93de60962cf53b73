/** Trains an ensemble on the active backend: group by group, many steps a dispatch. */
import {tensor2d} from "@tensorflow/tfjs-core";
import type {Tensor} from "@tensorflow/tfjs-core";
import {startBackend} from "../compute/backend.js";
import {drive} from "../compute/drive.js";
import {taskBreaks} from "../compute/frame.js";
import {createPace} from "../compute/pace.js";
import {backendStatus} from "../compute/status.js";
import type {Drive, DriveOptions, Snapshot, TrainOptions} from "../compute/training.js";
import {openLane} from "./ensemble-lane.training.js";
import type {Lane} from "./ensemble-lane.training.js";
import type {Checkpoint, EnsembleConfig, GroupResult} from "./ensemble.js";
import {batchReader} from "./sampling.js";

export type {Drive, DriveOptions, DriveState} from "../compute/training.js";

/** Progress counts steps of single networks. */
export interface EnsembleSnapshot extends Snapshot {
  /** One for each group, in order; a group that has yet to begin has no history. */
  readonly groups: readonly GroupResult[];
}

/** Starts the training; drive() handles pausing, cancelling and device loss. */
export function runEnsemble(config: EnsembleConfig, options: DriveOptions<EnsembleSnapshot> = {}): Drive<EnsembleSnapshot> {
  return drive((training) => trainEnsemble(config, training), options);
}

/**
 * The training as a generator: a snapshot after each group's dispatch. A group begins as soon as its code is compiled and
 * then catches up with the others. Resuming starts at the last checkpoint that all groups have; the history after it is
 * made again. @throws RangeError for layers that make no network
 */
export async function* trainEnsemble(
  config: EnsembleConfig,
  {resume}: Pick<TrainOptions<EnsembleSnapshot>, "resume">
): AsyncGenerator<EnsembleSnapshot, void> {
  await startBackend();
  const {steps} = config;
  const from = resumeStep(resume, config);
  const data = dataTensor(config);
  const taskBreak = taskBreaks(0);
  const lanes: Lane[] = [];
  for (const [i, group] of config.groups.entries()) {
    // Each in a task of its own: a group's rows may be megabytes.
    await taskBreak();
    lanes.push(openLane(group, config, data, resume && from > 0 ? cutAt(resume.groups[i]!, from) : undefined));
  }
  await taskBreak();
  const reader = batchReader(config.streams);
  const rest = taskBreaks();
  const pace = createPace({target: groupTime(lanes.length), sizes: stepSizes(config)});
  const snapshot = (): EnsembleSnapshot => ({
    progress: {done: lanes.reduce((sum, {step}) => sum + step, 0), total: steps * lanes.length},
    groups: lanes.map(({result}) => result)
  });
  const {waiting, begin, next: nextReady} = prepareInTurn(lanes.slice(1));
  try {
    for (;;) {
      const ready = lanes.filter((lane) => lane.step < steps && !waiting.has(lane));
      if (ready.length === 0 && waiting.size === 0) return;
      if (ready.length === 0) {
        begin();
        await nextReady();
        continue;
      }
      // Those behind move, but not past the next ones, so that all go on together from there.
      const start = Math.min(...ready.map(({step}) => step));
      const next = Math.min(steps, ...ready.map(({step}) => (step > start ? step : steps)));
      const movers = ready.filter(({step}) => step === start);
      const count = Math.min(pace.size(), next - start);
      const move = {start, count, batches: await reader.readWithRests(start, count, config.batch, rest)};
      let busy = 0;
      // The GPU has all groups' work before the first is read; the CPU computes in this thread, a group at a time.
      const moves = backendStatus().state === "webgpu" ? movers.map((lane) => lane.move(move)) : [];
      for (const moving of moves) moving.catch(() => undefined);
      for (const [i, lane] of movers.entries()) {
        const began = performance.now();
        await (moves[i] ?? lane.move(move));
        // What whoever takes the snapshots does with them is not the dispatches' time.
        busy += performance.now() - began;
        yield snapshot();
      }
      pace.measured(count, busy / movers.length);
      begin();
    }
  } finally {
    for (const lane of lanes) lane.close();
    data.dispose();
  }
}

/**
 * Compiles lane after lane, while those that are ready train; all at once would delay the first. It begins when asked to:
 * the ensemble's first lane compiles as it runs, which is sooner done while nothing else is compiled.
 */
function prepareInTurn(lanes: readonly Lane[]) {
  const waiting = new Set(lanes);
  let current: Promise<unknown> = Promise.resolve();
  let begun = false;
  const prepareAll = async () => {
    for (const lane of lanes) {
      current = lane.prepare().catch(() => undefined);
      await current;
      waiting.delete(lane);
    }
  };
  return {
    waiting: waiting as ReadonlySet<Lane>,
    begin() {
      if (!begun) void prepareAll();
      begun = true;
    },
    next: () => current
  };
}

/** Steps in a dispatch: powers of two, at most those between two reports. */
function stepSizes({steps, reportEvery = Math.max(1, Math.ceil(steps / 100))}: EnsembleConfig): readonly number[] {
  const sizes: number[] = [];
  for (let size = 1; size < reportEvery; size *= 2) sizes.push(size);
  return [...sizes, reportEvery];
}

/** Milliseconds for a group's dispatch: short where there are several, since a page shows all groups' steps together. */
function groupTime(groups: number): number {
  return backendStatus().state === "cpu" ? 12 : Math.max(15, 60 / groups);
}

function dataTensor({data, layers}: EnsembleConfig): Tensor {
  const columns = layers[0]! + layers[layers.length - 1]!;
  return tensor2d(data, [data.length / columns, columns]);
}

/** The last step of which every group has a checkpoint, 0 for none. */
function resumeStep(resume: EnsembleSnapshot | undefined, {groups}: EnsembleConfig): number {
  if (resume?.groups.length !== groups.length) return 0;
  const steps = resume.groups.map(({checkpoints}) => checkpoints.map((checkpoint: Checkpoint) => checkpoint.step));
  return steps[0]?.findLast((step) => steps.every((others) => others.includes(step))) ?? 0;
}

function cutAt({name, history, checkpoints}: GroupResult, step: number): GroupResult {
  return {
    name,
    history: history.filter((report) => report.step <= step),
    checkpoints: checkpoints.filter((checkpoint) => checkpoint.step <= step)
  };
}
