/** Histograms of gradients and the search for splits in them, as kernels: what of a tree's growth runs on the GPU. */
import {defineKernel} from "../compute/kernel.js";
import type {Random} from "../compute/random.js";

/**
 * Gradients are summed as whole numbers of 1/scale: WGSL adds integers atomically, floats not, and whole numbers come
 * out the same in every order. XGBoost's own GPU code does so, too.
 */
interface HistogramParams {
  readonly rows: number;
  readonly columns: number;
  readonly bins: number;
  /** Pieces the rows are cut into; each has a histogram of its own. */
  readonly pieces: number;
  readonly scaleG: number;
  readonly scaleH: number;
}

/**
 * [pieces, columns, bins, 2]: sums of g and h, a workgroup a column and piece. Inputs: each row's bins [rows of the
 * table, columns], −1 where the value is missing; the rows to add; each row's g and h.
 */
export const histogramKernel = defineKernel<HistogramParams>({
  name: "boosting/histogram",
  inputs: ["codes", "order", "pairs"],
  uniforms: {rows: "i32", columns: "i32", bins: "i32", pieces: "i32", scaleG: "f32", scaleH: "f32"},
  key: ({bins}) => String(bins),
  together: true,
  workgroupSize: 128,
  outputShape: ({pieces, columns, bins}) => [pieces, columns, bins, 2],
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
      let begin = piece * uniforms.rows / uniforms.pieces;
      let end = (piece + 1) * uniforms.rows / uniforms.pieces;
      for (var i = begin + local; i < end; i = i + 128) {
        let row = i32(order[i]);
        let code = i32(codes[row * uniforms.columns + column]);
        if (code >= 0) {
          atomicAdd(&sums[2 * code], i32(floor(pairs[2 * row] * uniforms.scaleG + 0.5)));
          atomicAdd(&sums[2 * code + 1], i32(floor(pairs[2 * row + 1] * uniforms.scaleH + 0.5)));
        }
      }
      workgroupBarrier();
      for (var i = local; i < ${bins}; i = i + 128) {
        result[(group * ${bins} + i) * 2] = f32(atomicLoad(&sums[2 * i])) / uniforms.scaleG;
        result[(group * ${bins} + i) * 2 + 1] = f32(atomicLoad(&sums[2 * i + 1])) / uniforms.scaleH;
      }
    }`,
  cpu([codes, order, pairs], {rows, columns, bins, pieces, scaleG, scaleH}, output) {
    const whole = (value: number, scale: number) => Math.floor(Math.fround(Math.fround(value * scale) + 0.5));
    for (let piece = 0; piece < pieces; piece++) {
      const to = Math.floor(((piece + 1) * rows) / pieces);
      for (let i = Math.floor((piece * rows) / pieces); i < to; i++) {
        const row = order![i]!;
        for (let column = 0; column < columns; column++) {
          const code = codes![row * columns + column]!;
          if (code < 0) continue;
          const at = 2 * ((piece * columns + column) * bins + code);
          output[at]! += whole(pairs![2 * row]!, scaleG);
          output[at + 1]! += whole(pairs![2 * row + 1]!, scaleH);
        }
      }
    }
    for (let i = 0; i < output.length; i += 2) {
      output[i]! /= scaleG;
      output[i + 1]! /= scaleH;
    }
  },
  example(random) {
    const [rows, columns, bins] = [300, 3, 16];
    const codes = Float32Array.from({length: rows * columns}, () => Math.floor(17 * random()) - 1);
    const order = Float32Array.from({length: 200}, () => Math.floor(rows * random()));
    return {
      inputs: [
        {values: codes, shape: [rows, columns]},
        {values: order, shape: [200]},
        {values: pairsOf(rows, random), shape: [rows, 2]}
      ],
      params: {rows: 200, columns, bins, pieces: 3, scaleG: 2 ** 20, scaleH: 2 ** 20}
    };
  }
});

/** A child's histogram from its parent's and its sibling's. Either may come in pieces; the first is the result. */
export const subtractKernel = defineKernel<{readonly size: number; readonly parentPieces: number; readonly siblingPieces: number}>({
  name: "boosting/subtract",
  inputs: ["parent", "sibling"],
  uniforms: {size: "i32", parentPieces: "i32", siblingPieces: "i32"},
  outputShape: ({size}) => [size],
  wgsl: () => `
    fn invoke(index : i32) {
      var sum = 0.0;
      for (var p = 0; p < uniforms.parentPieces; p = p + 1) { sum = sum + parent[p * uniforms.size + index]; }
      for (var p = 0; p < uniforms.siblingPieces; p = p + 1) { sum = sum - sibling[p * uniforms.size + index]; }
      result[index] = sum;
    }`,
  cpu([parent, sibling], {size, parentPieces, siblingPieces}, output) {
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let p = 0; p < parentPieces; p++) sum += parent![p * size + i]!;
      for (let p = 0; p < siblingPieces; p++) sum -= sibling![p * size + i]!;
      output[i] = sum;
    }
  },
  example(random) {
    const values = (length: number) => Float32Array.from({length}, () => random());
    return {
      inputs: [{values: values(80), shape: [2, 40]}, {values: values(120), shape: [3, 40]}],
      params: {size: 40, parentPieces: 2, siblingPieces: 3}
    };
  }
});

interface SplitParams {
  readonly columns: number;
  readonly bins: number;
  readonly pieces: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly regLambda: number;
  readonly regAlpha: number;
  readonly minChildWeight: number;
}

/** [columns, 5]: each column's best gain (0: none), its bin, 1 if missing values go left, and G and H of the left side. */
export const splitKernel = defineKernel<SplitParams>({
  name: "boosting/split",
  inputs: ["histogram"],
  uniforms: {
    columns: "i32", bins: "i32", pieces: "i32", gradient: "f32", hessian: "f32", regLambda: "f32", regAlpha: "f32", minChildWeight: "f32"
  },
  outputShape: ({columns}) => [columns, 5],
  invocations: ({columns}) => columns,
  workgroupSize: 32,
  wgsl: () => `
    fn score(g : f32, h : f32) -> f32 {
      let drawn = sign(g) * max(abs(g) - uniforms.regAlpha, 0.0);
      return select(0.0, drawn * drawn / (h + uniforms.regLambda), h > 0.0);
    }
    fn invoke(column : i32) {
      let parent = score(uniforms.gradient, uniforms.hessian);
      var best = array<f32, 5>(0.0, 0.0, 0.0, 0.0, 0.0);
      for (var way = 0; way < 2; way = way + 1) {
        var g = 0.0;
        var h = 0.0;
        for (var i = 0; i < uniforms.bins; i = i + 1) {
          let bin = select(i, uniforms.bins - 1 - i, way == 1);
          for (var p = 0; p < uniforms.pieces; p = p + 1) {
            let at = 2 * ((p * uniforms.columns + column) * uniforms.bins + bin);
            g = g + histogram[at];
            h = h + histogram[at + 1];
          }
          let restG = uniforms.gradient - g;
          let restH = uniforms.hessian - h;
          if (h < uniforms.minChildWeight || restH < uniforms.minChildWeight) { continue; }
          let gain = score(g, h) + score(restG, restH) - parent;
          if (gain > best[0]) {
            best = array<f32, 5>(gain, f32(bin), f32(way), select(g, restG, way == 1), select(h, restH, way == 1));
          }
        }
      }
      for (var i = 0; i < 5; i = i + 1) { result[5 * column + i] = best[i]; }
    }`,
  cpu([histogram], params, output) {
    for (let column = 0; column < params.columns; column++)
      for (const backward of [false, true]) scanColumn(histogram!, params, column, backward, output);
  },
  example(random) {
    const [columns, bins, pieces] = [4, 12, 2];
    const values = pairsOf(columns * bins * pieces, random);
    let [gradient, hessian] = [0, 0];
    for (let i = 0; i < 2 * bins * pieces; i += 2) {
      gradient += values[i]!;
      hessian += values[i + 1]!;
    }
    const params = {columns, bins, pieces, gradient, hessian: hessian + 1, regLambda: 1, regAlpha: 0.1, minChildWeight: 0.5};
    return {inputs: [{values, shape: [pieces, columns, bins, 2]}], params};
  }
});

function scanColumn(histogram: Float32Array, params: SplitParams, column: number, backward: boolean, output: Float32Array): void {
  const f = Math.fround;
  const {columns, bins, pieces, regLambda, regAlpha, minChildWeight} = params;
  const [gradient, hessian] = [f(params.gradient), f(params.hessian)];
  const score = (g: number, h: number) => {
    const drawn = f(Math.sign(g) * Math.max(f(Math.abs(g) - f(regAlpha)), 0));
    return h > 0 ? f(f(drawn * drawn) / f(h + f(regLambda))) : 0;
  };
  let [g, h] = [0, 0];
  for (let i = 0; i < bins; i++) {
    const bin = backward ? bins - 1 - i : i;
    for (let p = 0; p < pieces; p++) {
      const at = 2 * ((p * columns + column) * bins + bin);
      g = f(g + histogram[at]!);
      h = f(h + histogram[at + 1]!);
    }
    const [restG, restH] = [f(gradient - g), f(hessian - h)];
    if (h < minChildWeight || restH < minChildWeight) continue;
    const gain = f(f(score(g, h) + score(restG, restH)) - score(gradient, hessian));
    if (gain > output[5 * column]!)
      output.set([gain, bin, Number(backward), backward ? restG : g, backward ? restH : h], 5 * column);
  }
}

function pairsOf(count: number, random: Random): Float32Array {
  return Float32Array.from({length: 2 * count}, (_, i) => (i % 2 ? 0.05 + 0.2 * random() : random() - 0.5));
}
