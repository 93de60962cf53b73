/** A group of an ensemble as it trains: its tensors, its dispatches, and the reports and states it keeps. */
import {slice, tensor2d} from "@tensorflow/tfjs-core";
import type {Tensor} from "@tensorflow/tfjs-core";
import {runKernel} from "../compute/kernel.js";
import {prepareKernel} from "../compute/prepare.js";
import type {EnsembleConfig, Group, GroupReport, GroupResult} from "./ensemble.js";
import {reportOf} from "./layout.js";
import type {Layout, Row} from "./layout.js";
import {biasCorrections, optimizerNumbers} from "./optimizer.js";
import type {Optimizer} from "./optimizer.js";
import {settingsStride} from "./straight.wgsl.js";
import {codeOf, isStraight, reportStraight, trainGrouped, trainStraight} from "./train.kernel.js";
import type {TrainParams} from "./train.kernel.js";

export interface Move {
  readonly start: number;
  readonly count: number;
  readonly batches: Float32Array;
}

export interface Lane {
  readonly result: GroupResult;
  /** Steps taken. */
  readonly step: number;
  /** Compiles its code. */
  prepare(): Promise<unknown>;
  /** Takes `count` steps, and reports when a report is due. */
  move(move: Move): Promise<void>;
  close(): void;
}

// Between reports a reader sees nothing new; more often than this they would cost more than the training.
const reportTime = 120;

/** Opens a lane, from the start or from where `earlier` ends. @throws RangeError for parameters that are not the layers' */
export function openLane(group: Group, config: EnsembleConfig, data: Tensor, earlier?: GroupResult): Lane {
  const {layers, optimizer, steps, batch, checkpoints = 40, report: range = {from: 0, count: data.shape[0]!}} = config;
  const {networks, name} = group;
  const shape = {layers, activation: group.activation, loss: group.loss, optimizer: optimizer.kind};
  const {layout, row} = codeOf(shape);
  const straight = isStraight(layers);
  const params = {...shape, ...optimizerNumbers(optimizer), reportFrom: range.from, reportCount: range.count, batch};
  const last = earlier?.checkpoints.at(-1);
  let result: GroupResult = earlier ?? {name, history: [], checkpoints: []};
  let state: Tensor = tensor2d(last?.rows ?? firstRows(group, layout, row), [networks.length, row.stride]);
  const settings = tensor2d(settingsOf(group), [networks.length, settingsStride]);
  let step = last?.step ?? 0;
  let keepAt = last ? step + steps / checkpoints : 0;
  let [reportAt, reported] = [0, -Infinity];

  const run = (kernel: typeof trainStraight, inputs: readonly Tensor[], start: number, count: number) =>
    runKernel(kernel, inputs, {...params, start, steps: count});
  /** The rows as they are now, with their report. */
  const read = async (): Promise<Float32Array> => {
    const report = straight && run(reportStraight, [state, settings, data], 0, 0);
    const rows = ((await state.data()) as Float32Array).slice();
    if (report) putReports(rows, (await report.data()) as Float32Array, row);
    if (report) report.dispose();
    return rows;
  };
  const record = (rows: Float32Array): void => {
    const keep = step >= keepAt || step === steps;
    if (keep) keepAt = step + steps / checkpoints;
    const history = [...result.history, readReport(rows, step, layout, row)];
    result = {name, history, checkpoints: keep ? [...result.checkpoints, {step, rows}] : result.checkpoints};
    reportAt = step + (config.reportEvery ?? Math.ceil(steps / 100));
    // The first step is reported at once: a curve has begun.
    if (step > 0) reported = performance.now();
  };
  const advance = (inputs: readonly Tensor[], start: number, count: number): void => {
    const next = run(straight ? trainStraight : trainGrouped, [state, settings, data, ...inputs], start, count);
    state.dispose();
    state = next;
    step = start + count;
  };
  return {
    get result() {
      return result;
    },
    get step() {
      return step;
    },
    prepare: () => prepareLane([state, settings, data], {...params, start: 0, steps: 1}, straight),
    async move({start, count, batches}) {
      if (result.history.length === 0) {
        // What the networks are before the first step; a grouped kernel reports as it trains no step.
        if (!straight) withInputs(new Float32Array(1), optimizer, 0, 0, (inputs) => advance(inputs, 0, 0));
        record(await read());
      }
      withInputs(batches, optimizer, start, count, (inputs) => advance(inputs, start, count));
      const due = step >= reportAt || performance.now() > reported + reportTime || step >= keepAt || step === steps;
      if (due) record(await read());
      // Reading one number tells when the GPU is done.
      else await settled(state);
    },
    close: () => {
      state.dispose();
      settings.dispose();
    }
  };
}

/** Compiles a lane's kernels, one after the other: together they would take as long, and hold up what trains. */
async function prepareLane(inputs: readonly Tensor[], params: TrainParams, straight: boolean): Promise<void> {
  if (straight) await prepareKernel(reportStraight, inputs, params);
  await withInputs(new Float32Array(1), {kind: params.optimizer}, 0, 0, (extra) =>
    prepareKernel(straight ? trainStraight : trainGrouped, [...inputs, ...extra], params)
  );
}

/** Makes a dispatch's own inputs, its batches and bias corrections, for as long as `use` takes to issue it. */
function withInputs<T>(batches: Float32Array, optimizer: Optimizer, start: number, count: number, use: (inputs: readonly Tensor[]) => T): T {
  const inputs = [
    tensor2d(batches, [batches.length, 1]),
    tensor2d(count > 0 ? biasCorrections(start, count, optimizer) : new Float32Array(2), [Math.max(1, count), 2])
  ];
  try {
    return use(inputs);
  } finally {
    for (const input of inputs) input.dispose();
  }
}

async function settled(tensor: Tensor): Promise<void> {
  const first = slice(tensor, [0, 0], [1, 1]);
  try {
    await first.data();
  } finally {
    first.dispose();
  }
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
