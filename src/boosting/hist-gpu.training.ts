/** Grows `hist` trees with the kernels: histograms and splits on the backend that runs, rows sorted here. */
import {tensor} from "@tensorflow/tfjs-core";
import type {Tensor} from "@tensorflow/tfjs-core";
import {startBackend} from "../compute/backend.js";
import {runKernel} from "../compute/kernel.js";
import type {Bins} from "./bins.js";
import {leafWeight, leastGain} from "./gain.js";
import type {Candidate} from "./gain.js";
import {partition} from "./hist.js";
import {histogramKernel, splitKernel, subtractKernel} from "./histogram.kernel.js";
import {growTree} from "./tree.js";
import type {Growth, Tree} from "./tree.js";
import type {XgboostParams} from "./xgboost-params.js";

interface Open {
  readonly node: number;
  readonly begin: number;
  readonly end: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly histogram: Tensor;
  readonly pieces: number;
}

/** The table's bins on the device. */
export interface DeviceBins {
  readonly bins: Bins;
  readonly codes: Tensor;
  /** Bins of the widest column: all columns have as many on the device. */
  readonly width: number;
}

/** Puts a table's bins on the device that runs. Dispose of `codes` in the end. */
export async function toDevice(bins: Bins): Promise<DeviceBins> {
  await startBackend();
  const {columns, starts, rows} = bins;
  const codes = Float32Array.from(bins.codes, (code, i) => (code === starts[(i % columns) + 1]! - starts[i % columns]! ? -1 : code));
  const width = Math.max(...Array.from({length: columns}, (_, column) => starts[column + 1]! - starts[column]!));
  return {bins, codes: tensor(codes, [rows, columns], "float32"), width};
}

/** One tree on the gradients. Sums are whole numbers of a small unit, in float32 after: splits may differ where nearly equal. */
export async function growOnDevice(
  device: DeviceBins, gradient: Float32Array, hessian: Float32Array, params: XgboostParams
): Promise<Tree> {
  const {bins} = device;
  const order = Int32Array.from({length: bins.rows}, (_, row) => row);
  const spare = new Int32Array(bins.rows);
  const values = new Float32Array(2 * bins.rows);
  let [g, h, mostG, mostH] = [0, 0, 0, 0];
  for (let row = 0; row < bins.rows; row++) {
    values[2 * row] = gradient[row]!;
    values[2 * row + 1] = hessian[row]!;
    g += gradient[row]!;
    h += hessian[row]!;
    mostG = Math.max(mostG, Math.abs(gradient[row]!));
    mostH = Math.max(mostH, hessian[row]!);
  }
  const pairs = tensor(values, [bins.rows, 2], "float32");
  const scaleOf = (most: number) => 2 ** Math.floor(30 - Math.log2(Math.max(most, 1e-12) * bins.rows));
  const build = (begin: number, end: number) => {
    const rows = end - begin;
    const pieces = Math.max(1, Math.min(8, Math.ceil(rows / 8192)));
    const chosen = tensor(Float32Array.from(order.subarray(begin, end)), [rows], "float32");
    const scales = {scaleG: scaleOf(mostG), scaleH: scaleOf(mostH)};
    const histogram = runKernel(histogramKernel, [device.codes, chosen, pairs], {rows, columns: bins.columns, bins: device.width, pieces, ...scales});
    chosen.dispose();
    return {histogram, pieces};
  };
  const tree = growTree();
  setLeaf(tree, 0, g, h, params);
  let level: Open[] = [{node: 0, begin: 0, end: bins.rows, gradient: g, hessian: h, ...build(0, bins.rows)}];
  try {
    for (let depth = 0; depth < params.maxDepth && level.length > 0; depth++) {
      const splits = await findSplits(device, level, params);
      const next: Open[] = [];
      level.forEach((open, i) => {
        const best = splits[i]!;
        if (!(best.gain > leastGain) || best.gain < params.gamma) return;
        const middle = partition(bins, order, spare, open.begin, open.end, best);
        const left = tree.split(open.node, best);
        setLeaf(tree, left, best.gl, best.hl, params);
        setLeaf(tree, left + 1, best.gr, best.hr, params);
        if (depth + 1 < params.maxDepth) next.push(...children(device, open, best, left, middle, build));
      });
      for (const {histogram} of level) histogram.dispose();
      level = next;
    }
  } finally {
    for (const {histogram} of level) histogram.dispose();
    pairs.dispose();
  }
  return tree.finish();
}

function setLeaf(tree: Growth, node: number, gradient: number, hessian: number, params: XgboostParams): void {
  const weight = leafWeight(params, gradient, hessian);
  tree.set(node, {weight, value: Math.fround(weight * params.eta), cover: hessian});
}

/** The histogram of the child with fewer rows is built, the other's is what is left. */
function children(
  device: DeviceBins, parent: Open, {gl, hl, gr, hr}: Candidate, left: number, middle: number,
  build: (begin: number, end: number) => {histogram: Tensor; pieces: number}
): readonly Open[] {
  const sides = [
    {node: left, begin: parent.begin, end: middle, gradient: gl, hessian: hl},
    {node: left + 1, begin: middle, end: parent.end, gradient: gr, hessian: hr}
  ] as const;
  const [small, large] = sides[0].end - sides[0].begin <= sides[1].end - sides[1].begin ? sides : [sides[1], sides[0]];
  const built = build(small.begin, small.end);
  const size = 2 * device.bins.columns * device.width;
  const rest = runKernel(subtractKernel, [parent.histogram, built.histogram], {size, parentPieces: parent.pieces, siblingPieces: built.pieces});
  const both = [{...small, ...built}, {...large, histogram: rest, pieces: 1}];
  return both.sort((a, b) => a.node - b.node);
}

/** All nodes of a level are searched before the first answer is read. */
async function findSplits({bins, width}: DeviceBins, level: readonly Open[], params: XgboostParams): Promise<readonly Candidate[]> {
  const {regLambda, regAlpha, minChildWeight} = params;
  const outputs = level.map(({histogram, pieces, gradient, hessian}) =>
    runKernel(splitKernel, [histogram], {columns: bins.columns, bins: width, pieces, gradient, hessian, regLambda, regAlpha, minChildWeight}));
  const found = await Promise.all(outputs.map((output) => output.data()));
  for (const output of outputs) output.dispose();
  return found.map((numbers, i) => bestOf(numbers as Float32Array, level[i]!, bins));
}

function bestOf(numbers: Float32Array, {gradient, hessian}: Open, {columns, starts, cuts, below}: Bins): Candidate {
  let feature = 0;
  for (let column = 1; column < columns; column++) if (numbers[5 * column]! > numbers[5 * feature]!) feature = column;
  const [gain = 0, bin = 0, backward = 0, gl = 0, hl = 0] = numbers.subarray(5 * feature, 5 * feature + 5);
  const at = starts[feature]! + bin;
  const threshold = backward ? (bin === 0 ? below[feature]! : cuts[at - 1]!) : cuts[at]!;
  return {feature, threshold, defaultLeft: backward === 1, gl, hl, gr: gradient - gl, hr: hessian - hl, gain};
}
