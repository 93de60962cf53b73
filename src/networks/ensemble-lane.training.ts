/** A group of an ensemble as it trains: its tensors, its dispatches, and the reports and states it keeps. */
import {slice, tensor2d} from "@tensorflow/tfjs-core";
import type {Tensor} from "@tensorflow/tfjs-core";
import {runKernel} from "../compute/kernel.js";
import type {Kernel} from "../compute/kernel.js";
import {prepareKernel} from "../compute/prepare.js";
import {backendStatus} from "../compute/status.js";
import type {EnsembleConfig, Group, GroupResult} from "./ensemble.js";
import {putReports, readReport} from "./group-report.js";
import type {Layout, Row} from "./layout.js";
import {optimizerNumbers, stepFactors} from "./optimizer.js";
import {settingsStride} from "./straight.wgsl.js";
import {codeOf, kernelsFor} from "./train.kernel.js";
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

type Kernels = ReturnType<typeof kernelsFor>;

// Weights times points that a dispatch reports on: below 100 ms on a software adapter of two cores.
const mostReported = 12e6;

// Between reports a reader sees nothing new; more often than this they would cost more than the training, and so they
// would where a report takes long.
const reportTime = 120;
const restAfterReport = 3;

/** Opens a lane, from the start or from where `earlier` ends. @throws RangeError for parameters that are not the layers' */
export function openLane(group: Group, config: EnsembleConfig, data: Tensor, earlier?: GroupResult): Lane {
  const {layers, optimizer, steps, batch, checkpoints = 40, report: range = {from: 0, count: data.shape[0]!}} = config;
  const {networks, name} = group;
  const shape = {layers, activation: group.activation, loss: group.loss, optimizer: optimizer.kind};
  const {layout, row} = codeOf(shape);
  const kernels = kernelsFor(layers, isSoftware());
  const params = {...shape, ...optimizerNumbers(optimizer), reportFrom: range.from, reportCount: range.count, batch};
  const last = earlier?.checkpoints.at(-1);
  let result: GroupResult = earlier ?? {name, history: [], checkpoints: []};
  let state: Tensor = tensor2d(last?.rows ?? firstRows(group, layout, row), [networks.length, row.stride]);
  const settings = tensor2d(settingsOf(group), [networks.length, settingsStride]);
  let step = last?.step ?? 0;
  let keepAt = last ? step + steps / checkpoints : 0;
  let [reportAt, nextReport] = [0, -Infinity];

  const run = (kernel: Kernel<TrainParams>, inputs: readonly Tensor[], start: number, count: number) =>
    runKernel(kernel, inputs, {...params, start, steps: count});
  /** Networks in a dispatch that reports. */
  const atOnce = Math.max(4, Math.floor(mostReported / (layout.parameters * range.count)));
  /** Reports on the networks as they are now, and keeps their rows where those are due. */
  const record = async (): Promise<void> => {
    const began = performance.now();
    const keep = step >= keepAt || step === steps;
    if (keep) keepAt = step + steps / checkpoints;
    // What a report needs is a small part of a large network's row.
    const skipped = keep ? 0 : row.state;
    const seen = keep ? state : slice(state, [0, skipped], [networks.length, row.gradient - skipped]);
    const rows = ((await seen.data()) as Float32Array).slice();
    if (!keep) seen.dispose();
    const table = {rows, networks: networks.length, skipped};
    for (let n = 0; kernels.report && n < networks.length; n += atOnce) {
      const some = [state, settings].map((tensor) => part(tensor, n, Math.min(atOnce, networks.length - n)));
      const report = run(kernels.report, [...some, data], 0, 0);
      for (const tensor of some) tensor.dispose();
      putReports(table, (await report.data()) as Float32Array, row, n);
      report.dispose();
    }
    const history = [...result.history, readReport(table, step, layout, row)];
    result = {name, history, checkpoints: keep ? [...result.checkpoints, {step, rows}] : result.checkpoints};
    reportAt = step + (config.reportEvery ?? Math.ceil(steps / 100));
    // The first step is reported at once: a curve has begun.
    const now = performance.now();
    if (step > 0) nextReport = now + Math.max(reportTime, restAfterReport * (now - began));
  };
  const advance = (inputs: readonly Tensor[], start: number, count: number): void => {
    const next = run(kernels.train, [state, settings, data, ...inputs], start, count);
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
    prepare: () => prepareLane(kernels, [state, settings, data], {...params, start: 0, steps: 1}),
    async move({start, count, batches}) {
      if (result.history.length === 0) {
        // What the networks are before the first step; a grouped kernel reports as it trains no step.
        if (!kernels.report) withInputs(noBatches, noFactors, (inputs) => advance(inputs, 0, 0));
        await record();
      }
      withInputs(batches, stepFactors(start, count, optimizer, steps), (inputs) => advance(inputs, start, count));
      const due = step >= reportAt || performance.now() > nextReport || step >= keepAt || step === steps;
      if (due) await record();
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
async function prepareLane({train, report}: Kernels, inputs: readonly Tensor[], params: TrainParams): Promise<void> {
  if (report) await prepareKernel(report, inputs, params);
  await withInputs(noBatches, noFactors, (extra) => prepareKernel(train, [...inputs, ...extra], params));
}

/** Rows `from` … of a matrix. */
function part(tensor: Tensor, from: number, count: number): Tensor {
  const [, columns = 1] = tensor.shape;
  return slice(tensor, [from, 0], [count, columns]);
}

function isSoftware(): boolean {
  const status = backendStatus();
  return status.state === "webgpu" && status.software === true;
}

// A dispatch of no step reads neither.
const [noBatches, noFactors] = [new Float32Array(1), new Float32Array(2)];

/** Makes a dispatch's own inputs, its batches and the steps' factors, for as long as `use` takes to issue it. */
function withInputs<T>(batches: Float32Array, factors: Float32Array, use: (inputs: readonly Tensor[]) => T): T {
  const inputs = [tensor2d(batches, [batches.length, 1]), tensor2d(factors, [factors.length / 2, 2])];
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

const none = [0, 0] as const;

/** The kernels' settings of a group's networks, [networks][8]. */
export function settingsOf({networks}: Pick<Group, "networks">): Float32Array {
  const settings = new Float32Array(networks.length * settingsStride);
  networks.forEach(({rate, activationParams: [a, b] = none, lossParams: [q, r] = none, stream, seed}, i) =>
    settings.set([rate, a, b, q, r, stream, seed], i * settingsStride)
  );
  return settings;
}
