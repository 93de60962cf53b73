/** The search for the splits of `hist` with the kernels: a level at a time, on the backend that runs. */
import {tensor} from "@tensorflow/tfjs-core";
import type {Tensor} from "@tensorflow/tfjs-core";
import {startBackend} from "../compute/backend.js";
import {runKernel} from "../compute/kernel.js";
import {backendStatus} from "../compute/status.js";
import type {Bins} from "./bins.js";
import {leastGain, splitGain} from "./gain.js";
import type {Candidate} from "./gain.js";
import type {Open, SplitSearch, TreeTask} from "./grow.js";
import {findSplit} from "./hist-scan.js";
import {histogramKernel, levelKernel, mostUnits, pieceRows, writeSum} from "./histogram.kernel.js";
import {histogramSearch} from "./hist-search.js";
import {emptyHistogram, histogramBuilder} from "./histogram.js";
import type {Builder} from "./histogram.js";
import {noGain, splitKernel, splitNumbers} from "./split.kernel.js";
import type {XgboostParams} from "./xgboost-params.js";

/** Tables that the kernels can take: their sums of sums stay whole numbers that a float32 holds. */
export const fitsDevice = ({rows, starts, columns}: Bins): boolean => rows <= 250 * pieceRows && widthOf(starts, columns) <= 1024;

const widthOf = (starts: Int32Array, columns: number) =>
  Math.max(...Array.from({length: columns}, (_, column) => starts[column + 1]! - starts[column]!));

/** Starts the backend; resolves to its name in words, and whether a GPU (and no software) runs. */
export async function startKernels(): Promise<{readonly name: string; readonly isGpu: boolean}> {
  await startBackend();
  const status = backendStatus();
  if (status.state !== "webgpu") return {name: "CPU", isGpu: false};
  return {name: status.adapter, isGpu: !/swiftshader|llvmpipe|software|basic render/i.test(status.adapter)};
}

/**
 * The device finds each node's split in float32. Where two splits come so near each other that float32 cannot tell which
 * one is better, and for the sums of the split found, the CPU looks in double precision, as the library does: so the
 * trees are those that histograms on the CPU give. Await `startKernels()` first.
 */
export function deviceSearch(bins: Bins, params: XgboostParams, builder: Builder = histogramBuilder(bins)): SplitSearch {
  const {order, pairs} = builder;
  const {rows, columns} = bins;
  const width = widthOf(bins.starts, columns);
  const codes = tensor(codesOf(bins), [columns, rows], "float32");
  const units = new Float32Array(2 * rows);
  const exact = emptyHistogram(bins);
  let [unitG, unitH] = [1, 1];
  let task: TreeTask;
  let [unitPairs, above]: (Tensor | undefined)[] = [];
  let places = new Map<Open, number>();

  /** The level's histograms: the lighter of two siblings is built, the other one's is the rest of the parent's. */
  function levelHistograms(level: readonly Open[]): Tensor {
    const pieces: number[] = [];
    const plan = level.flatMap((open, i) => {
      const sibling = open.parent ? level[i ^ 1]! : open;
      const isBuilt = !open.parent || size(open) < size(sibling) || (size(open) === size(sibling) && i % 2 === 0);
      const {begin, end} = isBuilt ? open : sibling;
      const first = pieces.length / 2;
      for (let from = begin; from < end; from += pieceRows) pieces.push(from, Math.min(end, from + pieceRows));
      return [first, pieces.length / 2, isBuilt ? -1 : places.get(open.parent!)!];
    });
    const count = pieces.length / 2;
    const inputs = [tensor(Float32Array.from(order), [rows], "float32"), tensor(pieces, [count, 2], "float32"), tensor(plan, [level.length, 3], "float32")] as const;
    const parts = runKernel(histogramKernel, [codes, inputs[0], unitPairs!, inputs[1]], {rows, columns, bins: width, pieces: count});
    const histograms = runKernel(levelKernel, [parts, above ?? parts, inputs[2]], {nodes: level.length, size: 2 * columns * width});
    for (const used of [parts, ...inputs]) used.dispose();
    return histograms;
  }

  function search(level: readonly Open[], histograms: Tensor): Tensor {
    const totals = new Float32Array(6 * level.length);
    level.forEach((open, i) => {
      const [g, h] = unitSums(open);
      writeSum(g, totals, 6 * i);
      writeSum(h, totals, 6 * i + 2);
      // Each unit rounds by less than half; of many such errors the sum is rarely more than this.
      const doubt = 2 * Math.sqrt(size(open));
      totals.set([doubt * unitG, doubt * unitH], 6 * i + 4);
    });
    const sums = tensor(totals, [level.length, 6], "float32");
    const {regLambda, regAlpha, maxDeltaStep, minChildWeight} = params;
    const given = {nodes: level.length, columns, bins: width, unitG, unitH, regLambda, regAlpha, maxDeltaStep, minChildWeight};
    const found = runKernel(splitKernel, [histograms, sums], given);
    sums.dispose();
    return found;
  }

  function unitSums({begin, end}: Open): readonly [number, number] {
    let [g, h] = [0, 0];
    for (let i = begin; i < end; i++) {
      g += units[2 * order[i]!]!;
      h += units[2 * order[i]! + 1]!;
    }
    return [g, h];
  }

  function decide(open: Open, numbers: Float32Array): void {
    const at = (column: number) => numbers.subarray(splitNumbers * column, splitNumbers * column + splitNumbers);
    let feature = task.columns[0]!;
    for (const column of task.columns) if (at(column)[0]! > at(feature)[0]!) feature = column;
    const [gain = 0, bin = 0, backward = 0, second = 0, doubt = 0] = at(feature);
    if (gain <= noGain) return;
    const rivals = task.columns.some((column) => column !== feature && at(column)[0]! >= gain - 2 * doubt);
    if (rivals || second >= gain - 2 * doubt || Math.abs(gain) <= leastGain + doubt) {
      builder.build(open.begin, open.end, exact);
      findSplit(open, exact, bins, params, task.columns, false);
    } else if (gain > 0) open.best = measured(open, bins, params, builder, feature, bin, backward === 1);
  }

  return {
    order,
    pairs,
    begin(next) {
      task = next;
      if (task.trace) throw new Error("the kernels leave no trace of their candidates");
      [unitG, unitH] = [unitOf(pairs, 0), unitOf(pairs, 1)];
      for (let i = 0; i < 2 * rows; i += 2) {
        units[i] = Math.round(pairs[i]! / unitG);
        units[i + 1] = Math.round(pairs[i + 1]! / unitH);
      }
      unitPairs?.dispose();
      above?.dispose();
      above = undefined;
      unitPairs = tensor(units.slice(), [rows, 2], "float32");
      return rowSums(pairs);
    },
    *find(level) {
      const histograms = levelHistograms(level);
      above?.dispose();
      above = histograms;
      places = new Map(level.map((open, i) => [open, i]));
      const output = search(level, histograms);
      const reading = output.data() as Promise<Float32Array>;
      let numbers = new Float32Array(0);
      yield {kind: "wait", until: reading.then((read) => (numbers = Float32Array.from(read)))};
      output.dispose();
      const each = splitNumbers * columns;
      level.forEach((open, i) => decide(open, numbers.subarray(each * i, each * (i + 1))));
    },
    dispose() {
      for (const held of [codes, unitPairs, above]) held?.dispose();
    }
  };
}

const size = ({begin, end}: Open) => end - begin;

function codesOf({columnCodes, rows, columns, starts}: Bins): Float32Array {
  const codes = new Float32Array(rows * columns);
  columnCodes.forEach((column, c) => {
    const missing = starts[c + 1]! - starts[c]!;
    for (let row = 0; row < rows; row++) codes[c * rows + row] = column[row] === missing ? -1 : column[row]!;
  });
  return codes;
}

/** A power of 2 of which the largest number holds at most `mostUnits`. */
function unitOf(pairs: Float32Array, first: 0 | 1): number {
  let most = 0;
  for (let i = first; i < pairs.length; i += 2) most = Math.max(most, Math.abs(pairs[i]!));
  return 2 ** Math.ceil(Math.log2(Math.max(most, 1e-30))) / mostUnits;
}

function rowSums(pairs: Float32Array): readonly [number, number] {
  let [gradient, hessian] = [0, 0];
  for (let i = 0; i < pairs.length; i += 2) {
    gradient += pairs[i]!;
    hessian += pairs[i + 1]!;
  }
  return [gradient, hessian];
}

/** The split after (or, backward, before) a bin, with its sums in double precision. */
function measured(
  {begin, end, gradient, hessian, score}: Open, {columnCodes, starts, cuts, below}: Bins, params: XgboostParams,
  {order, pairs}: Builder, feature: number, bin: number, backward: boolean
): Candidate {
  const codes = columnCodes[feature]!;
  const missing = starts[feature + 1]! - starts[feature]!;
  let [g, h] = [0, 0];
  for (let i = begin; i < end; i++) {
    const row = order[i]!;
    const code = codes[row]!;
    const isNear = backward ? code >= bin && code < missing : code <= bin;
    if (!isNear) continue;
    g += pairs[2 * row]!;
    h += pairs[2 * row + 1]!;
  }
  const [gl, hl, gr, hr] = backward ? [gradient - g, hessian - h, g, h] : [g, h, gradient - g, hessian - h];
  const at = starts[feature]! + bin;
  const threshold = backward ? (bin === 0 ? below[feature]! : cuts[at - 1]!) : cuts[at]!;
  return {feature, threshold, defaultLeft: backward, gl, hl, gr, hr, gain: splitGain(params, gl, hl, gr, hr, score)};
}

/** Grows two trees by either search, each the second time for its speed, and goes on with the quicker one. */
export function quickerSearch(bins: Bins, params: XgboostParams, onChoice: (device: "cpu" | "webgpu") => void): SplitSearch {
  const builder = histogramBuilder(bins);
  const cpu = histogramSearch(bins, params, builder);
  if (!fitsDevice(bins)) {
    onChoice("cpu");
    return cpu;
  }
  const device = deviceSearch(bins, params, builder);
  const trials = [device, cpu, device, cpu];
  const times = new Map<SplitSearch, number>();
  let [now, tree] = [device, 0];
  return {
    ...builder,
    begin(task) {
      now = trials[tree] ?? now;
      if (tree++ === trials.length) {
        now = times.get(device)! < times.get(cpu)! ? device : cpu;
        onChoice(now === device ? "webgpu" : "cpu");
      }
      const since = performance.now();
      const sums = now.begin(task);
      times.set(now, performance.now() - since);
      return sums;
    },
    *find(level) {
      const since = performance.now();
      yield* now.find(level);
      times.set(now, times.get(now)! + performance.now() - since);
    },
    dispose: () => device.dispose?.()
  };
}
