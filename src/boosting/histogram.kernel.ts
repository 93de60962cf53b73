/** Histograms of gradients as kernels: a level's nodes at once, those of the lighter children built, the others subtracted. */
import {defineKernel} from "../compute/kernel.js";
import type {Random} from "../compute/random.js";

/**
 * Gradients come as whole numbers of a small unit: WGSL adds integers atomically, floats not, and whole numbers give the
 * same sum in every order. XGBoost's own GPU code does so, too. A sum outgrows 24 bits, all that a float32 holds, so it
 * is given away in two numbers: sum = high · 65,536 + low.
 */
export const lowSize = 65_536;
/** Rows in a piece, and the largest gradient in units: a piece's sum fits into 31 bits. */
export const [pieceRows, mostUnits] = [4096, 2 ** 18];

interface HistogramParams {
  /** Of the table. */
  readonly rows: number;
  readonly columns: number;
  readonly bins: number;
  readonly pieces: number;
}

/**
 * [pieces, columns, bins, 4]: sums of g (high, low) and h (high, low), a workgroup a piece and column. Inputs: bins
 * [columns, rows of the table], −1 where the value is missing; row numbers; each row's g and h in units; where each
 * piece begins and ends among the row numbers.
 */
export const histogramKernel = defineKernel<HistogramParams>({
  name: "boosting/histogram",
  inputs: ["codes", "order", "units", "pieces"],
  uniforms: {rows: "i32", columns: "i32"},
  key: ({bins}) => String(bins),
  together: true,
  workgroupSize: 128,
  outputShape: ({pieces, columns, bins}) => [pieces, columns, bins, 4],
  invocations: ({pieces, columns}) => 128 * pieces * columns,
  wgsl: ({bins}) => `
    var<workgroup> sums : array<atomic<i32>, ${2 * bins}>;
    fn invoke(index : i32) {
      let group = index / 128;
      let local = index % 128;
      let column = group % uniforms.columns;
      let piece = group / uniforms.columns;
      for (var i = local; i < ${2 * bins}; i = i + 128) { atomicStore(&sums[i], 0); }
      workgroupBarrier();
      let begin = i32(pieces[2 * piece]);
      let end = i32(pieces[2 * piece + 1]);
      for (var i = begin + local; i < end; i = i + 128) {
        let row = i32(order[i]);
        let code = i32(codes[column * uniforms.rows + row]);
        if (code >= 0) {
          atomicAdd(&sums[2 * code], i32(units[2 * row]));
          atomicAdd(&sums[2 * code + 1], i32(units[2 * row + 1]));
        }
      }
      workgroupBarrier();
      for (var i = local; i < ${2 * bins}; i = i + 128) {
        let sum = atomicLoad(&sums[i]);
        let at = 2 * (group * ${2 * bins} + i);
        result[at] = f32(sum >> 16u);
        result[at + 1] = f32(sum & ${lowSize - 1});
      }
    }`,
  cpu([codes, order, units, ends], {rows, columns, bins, pieces}, output) {
    const sums = new Float64Array(2 * bins);
    for (let group = 0; group < pieces * columns; group++) {
      const [column, piece] = [group % columns, Math.floor(group / columns)];
      sums.fill(0);
      for (let i = ends![2 * piece]!; i < ends![2 * piece + 1]!; i++) {
        const row = order![i]!;
        const code = codes![column * rows + row]!;
        if (code < 0) continue;
        sums[2 * code]! += units![2 * row]!;
        sums[2 * code + 1]! += units![2 * row + 1]!;
      }
      sums.forEach((sum, i) => writeSum(sum, output, 2 * (group * 2 * bins + i)));
    }
  },
  example(random) {
    const [rows, columns, bins] = [300, 3, 16];
    const codes = Float32Array.from({length: rows * columns}, () => Math.floor(17 * random()) - 1);
    const order = Float32Array.from({length: 200}, () => Math.floor(rows * random()));
    const units = Float32Array.from({length: 2 * rows}, () => Math.round(mostUnits * (2 * random() - 1)));
    return {
      inputs: [
        {values: codes, shape: [columns, rows]},
        {values: order, shape: [200]},
        {values: units, shape: [rows, 2]},
        {values: Float32Array.of(0, 130, 130, 131, 140, 200), shape: [3, 2]}
      ],
      params: {rows, columns, bins, pieces: 3}
    };
  }
});

interface LevelParams {
  readonly nodes: number;
  /** Pairs of numbers in a histogram: 2 · columns · bins. */
  readonly size: number;
}

/**
 * [nodes, size, 2]: the nodes' histograms. Inputs: pieces; the histograms of the level above; for each node its pieces'
 * first and last (exclusive), and its parent's place above, or −1. With a parent the pieces are its sibling's, and the
 * node's histogram is what they leave of the parent's.
 */
export const levelKernel = defineKernel<LevelParams>({
  name: "boosting/level",
  inputs: ["pieces", "above", "plan"],
  uniforms: {size: "i32"},
  outputShape: ({nodes, size}) => [nodes, size, 2],
  invocations: ({nodes, size}) => nodes * size,
  wgsl: () => `
    fn invoke(index : i32) {
      let node = index / uniforms.size;
      let at = index % uniforms.size;
      let parent = i32(plan[3 * node + 2]);
      var high = 0.0;
      var low = 0.0;
      for (var p = i32(plan[3 * node]); p < i32(plan[3 * node + 1]); p = p + 1) {
        high = high + pieces[2 * (p * uniforms.size + at)];
        low = low + pieces[2 * (p * uniforms.size + at) + 1];
      }
      if (parent >= 0) {
        high = above[2 * (parent * uniforms.size + at)] - high;
        low = above[2 * (parent * uniforms.size + at) + 1] - low;
      }
      let carry = floor(low * ${1 / lowSize});
      result[2 * index] = high + carry;
      result[2 * index + 1] = low - carry * ${lowSize}.0;
    }`,
  cpu([pieces, above, plan], {nodes, size}, output) {
    for (let node = 0; node < nodes; node++) {
      const [first, last, parent] = [plan![3 * node]!, plan![3 * node + 1]!, plan![3 * node + 2]!];
      for (let at = 0; at < size; at++) {
        let sum = 0;
        for (let p = first; p < last; p++) sum += readSum(pieces!, 2 * (p * size + at));
        writeSum(parent < 0 ? sum : readSum(above!, 2 * (parent * size + at)) - sum, output, 2 * (node * size + at));
      }
    }
  },
  example(random) {
    const size = 40;
    return {
      inputs: [
        {values: sums(3 * size, random), shape: [3, size, 2]},
        {values: sums(2 * size, random), shape: [2, size, 2]},
        {values: Float32Array.of(0, 1, -1, 0, 1, 1, 1, 3, 0), shape: [3, 3]}
      ],
      params: {nodes: 3, size}
    };
  }
});

export function readSum(numbers: Float32Array, at: number): number {
  return numbers[at]! * lowSize + numbers[at + 1]!;
}

export function writeSum(sum: number, numbers: Float32Array, at: number): void {
  const high = Math.floor(sum / lowSize);
  numbers[at] = high;
  numbers[at + 1] = sum - high * lowSize;
}

function sums(count: number, random: Random): Float32Array {
  const numbers = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) writeSum(Math.round(2 ** 30 * (2 * random() - 1)), numbers, 2 * i);
  return numbers;
}
