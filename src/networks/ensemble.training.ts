/** Trains an ensemble on the active backend: group by group, many steps a dispatch. */
import {tensor2d} from "@tensorflow/tfjs-core";
import type {Tensor} from "@tensorflow/tfjs-core";
import {startBackend} from "../compute/backend.js";
import {drive} from "../compute/drive.js";
import {runKernel} from "../compute/kernel.js";
import {createPace} from "../compute/pace.js";
import {backendStatus} from "../compute/status.js";
import type {Drive, DriveOptions, Snapshot, TrainOptions} from "../compute/training.js";
import type {Checkpoint, EnsembleConfig, Group, GroupReport, GroupResult} from "./ensemble.js";
import {reportOf} from "./layout.js";
import type {Layout, Row} from "./layout.js";
import {biasCorrections, optimizerNumbers} from "./optimizer.js";
import {batchReader} from "./sampling.js";
import {settingsStride} from "./straight.wgsl.js";
import {codeOf, isStraight, reportStraight, trainGrouped, trainStraight} from "./train.kernel.js";

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
 * The training as a generator: a snapshot after each group's dispatch. Resuming starts at the last checkpoint that all
 * groups have; the history after it is made again. @throws RangeError for layers that make no network
 */
export async function* trainEnsemble(
  config: EnsembleConfig,
  {resume}: Pick<TrainOptions<EnsembleSnapshot>, "resume">
): AsyncGenerator<EnsembleSnapshot, void> {
  await startBackend();
  const {steps, batch, streams} = config;
  const from = resumeStep(resume, config);
  const lanes = config.groups.map((group, i) => openLane(group, config, resume && from > 0 ? cutAt(resume.groups[i]!, from) : undefined));
  const data = dataTensor(config);
  const reader = batchReader(streams);
  const pace = createPace({target: groupTime(), sizes: stepSizes(config)});
  const total = steps * lanes.length;
  const snapshot = (done: number): EnsembleSnapshot => ({progress: {done, total}, groups: lanes.map((lane) => lane.result)});
  try {
    // The report before the first step, group by group, each as its pipeline is compiled.
    if (from === 0) {
      for (const [i, lane] of lanes.entries()) {
        await lane.move({config, data, start: 0, count: 0, batches: new Float32Array(streams.length || 1)});
        yield snapshot(i / lanes.length);
      }
    }
    for (let start = from; start < steps; ) {
      const count = Math.min(pace.size(), steps - start);
      const move = {config, data, start, count, batches: reader.read(start, count, batch)};
      const began = performance.now();
      const parallel = backendStatus().state === "webgpu";
      // The GPU has all groups' work before the first is read; the CPU computes in this thread, a group at a time.
      const moves = parallel ? lanes.map((lane) => lane.move(move)) : [];
      for (const waiting of moves) waiting.catch(() => undefined);
      for (const [i, lane] of lanes.entries()) {
        await (moves[i] ?? lane.move(move));
        yield snapshot(start * lanes.length + (i + 1) * count);
      }
      pace.measured(count, (performance.now() - began) / lanes.length);
      start += count;
    }
  } finally {
    for (const lane of lanes) lane.close();
    data.dispose();
  }
}

interface Move {
  readonly config: EnsembleConfig;
  readonly data: Tensor;
  readonly start: number;
  readonly count: number;
  readonly batches: Float32Array;
}

interface Lane {
  readonly result: GroupResult;
  /** Takes `count` steps and adds their report to the result. */
  move(move: Move): Promise<void>;
  close(): void;
}

function openLane(group: Group, config: EnsembleConfig, earlier?: GroupResult): Lane {
  const {layers, optimizer, steps, checkpoints = 40} = config;
  const {activation, loss, networks, name} = group;
  const {layout, row} = codeOf({layers, activation, loss, optimizer: optimizer.kind});
  const every = Math.max(1, steps / checkpoints);
  let result: GroupResult = earlier ?? {name, history: [], checkpoints: []};
  let state: Tensor = tensor2d(earlier?.checkpoints.at(-1)?.rows ?? firstRows(group, layout, row), [networks.length, row.stride]);
  const settings = tensor2d(settingsOf(group), [networks.length, settingsStride]);
  let due = earlier ? earlier.checkpoints.at(-1)!.step + every : 0;
  return {
    get result() {
      return result;
    },
    async move({data, start, count, batches}) {
      const {batch, report: range = {from: 0, count: data.shape[0]!}} = config;
      const inputs = [
        tensor2d(batches, [batches.length, 1]),
        tensor2d(count > 0 ? biasCorrections(start, count, optimizer) : new Float32Array(2), [Math.max(1, count), 2])
      ];
      const numbers = {...optimizerNumbers(optimizer), reportFrom: range.from, reportCount: range.count};
      const shape = {layers, activation, loss, optimizer: optimizer.kind};
      const params = {...shape, ...numbers, start, steps: count, batch};
      const straight = isStraight(layers);
      // Nothing to train yet: a report alone needs no training kernel, which takes longer to compile.
      const next = straight && count === 0 ? state : runKernel(straight ? trainStraight : trainGrouped, [state, settings, data, ...inputs], params);
      const report = straight && runKernel(reportStraight, [next, settings, data], params);
      for (const used of inputs) used.dispose();
      if (next !== state) state.dispose();
      state = next;
      const rows = ((await next.data()) as Float32Array).slice();
      if (report) {
        putReports(rows, (await report.data()) as Float32Array, row);
        report.dispose();
      }
      const step = start + count;
      const history = [...result.history, readReport(rows, step, layout, row)];
      const keep = step >= due || step === steps;
      if (keep) due = step + every;
      result = {name, history, checkpoints: keep ? [...result.checkpoints, {step, rows}] : result.checkpoints};
    },
    close: () => {
      state.dispose();
      settings.dispose();
    }
  };
}

function firstRows({networks}: Group, {parameters}: Layout, {stride}: Row): Float32Array {
  const rows = new Float32Array(networks.length * stride);
  networks.forEach((network, i) => {
    if (network.parameters.length !== parameters)
      throw new RangeError(`network ${i} has ${network.parameters.length} parameters, not ${parameters}`);
    rows.set(network.parameters, i * stride);
  });
  return rows;
}

/** The kernels' settings of a group's networks, [networks][8]. */
export function settingsOf({networks}: Pick<Group, "networks">): Float32Array {
  const settings = new Float32Array(networks.length * settingsStride);
  networks.forEach(({rate, activationParams = [0, 0], lossParams = [0, 0], stream, seed}, i) =>
    settings.set([rate, ...activationParams, ...lossParams, stream, seed], i * settingsStride)
  );
  return settings;
}

/** Puts reports that were made apart into their rows. */
function putReports(rows: Float32Array, reports: Float32Array, {report, stride}: Row): void {
  const networks = rows.length / stride;
  const length = reports.length / networks;
  for (let n = 0; n < networks; n++) rows.set(reports.subarray(n * length, (n + 1) * length), n * stride + report);
}

/** Columns of a group's rows, copied so that the rows themselves can be let go. */
function readReport(rows: Float32Array, step: number, layout: Layout, row: Row): GroupReport {
  const networks = rows.length / row.stride;
  const column = (at: number, width = 1) => {
    const values = new Float32Array(networks * width);
    for (let n = 0; n < networks; n++) values.set(rows.subarray(n * row.stride + at, n * row.stride + at + width), n * width);
    return values;
  };
  const at = reportOf(layout);
  const deadShare = new Float32Array(networks);
  for (let n = 0; n < networks; n++) {
    const from = n * row.stride + row.report + at.silent;
    // A share summed in float32 from many points is 1 but for its last digits.
    for (let unit = 0; unit < layout.units; unit++) if (rows[from + unit]! > 1 - 1e-5) deadShare[n]! += 1 / layout.units;
  }
  return {
    step,
    batchLoss: column(row.batchLoss),
    loss: column(row.report + at.loss),
    accuracy: column(row.report + at.accuracy),
    deadShare,
    gradientNorm: column(row.gradientNorm, layout.weights.length)
  };
}

/** Steps in a dispatch: powers of two, at most those between two reports. */
function stepSizes({steps, reportEvery = Math.max(1, Math.ceil(steps / 100))}: EnsembleConfig): readonly number[] {
  const sizes: number[] = [];
  for (let size = 1; size < reportEvery; size *= 2) sizes.push(size);
  return [...sizes, reportEvery];
}

/** Milliseconds for a group's dispatch: short, since a page shows all groups' steps together. */
function groupTime(): number {
  return backendStatus().state === "cpu" ? 12 : 20;
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
