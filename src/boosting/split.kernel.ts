/** The search for splits in a level's histograms as a kernel, and how far it is to be trusted. */
import {defineKernel} from "../compute/kernel.js";
import {lowSize, readSum, writeSum} from "./histogram.kernel.js";

export interface SplitParams {
  readonly nodes: number;
  readonly columns: number;
  readonly bins: number;
  /** What one unit of the sums is worth. */
  readonly unitG: number;
  readonly unitH: number;
  readonly regLambda: number;
  readonly regAlpha: number;
  readonly maxDeltaStep: number;
  readonly minChildWeight: number;
}

/** Numbers that the kernel gives for a node's column. */
export const splitNumbers = 5;
/** In place of a gain where no split is allowed. */
export const noGain = -1e30;

/**
 * [nodes, columns, 5]: each column's best gain; its bin; 1 if missing values go left; the best gain of another partition
 * of the rows; and how far float32 may have put gains wrong. Inputs: the level's histograms; each node's sums of g and h
 * (high, low), then how far rounding to units may have put sums of its g and h wrong.
 */
export const splitKernel = defineKernel<SplitParams>({
  name: "boosting/split",
  inputs: ["histogram", "totals"],
  uniforms: {
    columns: "i32", bins: "i32", unitG: "f32", unitH: "f32",
    regLambda: "f32", regAlpha: "f32", maxDeltaStep: "f32", minChildWeight: "f32"
  },
  outputShape: ({nodes, columns}) => [nodes, columns, splitNumbers],
  invocations: ({nodes, columns}) => nodes * columns,
  workgroupSize: 32,
  wgsl: () => `
    fn weight(g : f32, h : f32) -> f32 {
      let full = sign(g) * max(abs(g) - uniforms.regAlpha, 0.0) / (h + uniforms.regLambda);
      return select(full, clamp(full, -uniforms.maxDeltaStep, uniforms.maxDeltaStep), uniforms.maxDeltaStep > 0.0);
    }
    fn score(g : f32, h : f32) -> f32 {
      if (h <= 0.0) { return 0.0; }
      let drawn = max(abs(g) - uniforms.regAlpha, 0.0);
      let w = weight(g, h);
      return select(drawn * drawn / (h + uniforms.regLambda), 2.0 * g * w - (h + uniforms.regLambda) * w * w, uniforms.maxDeltaStep > 0.0);
    }
    fn worth(high : i32, low : i32, unit : f32) -> f32 { return (f32(high) * ${lowSize}.0 + f32(low)) * unit; }
    fn invoke(index : i32) {
      let node = index / uniforms.columns;
      let total = vec4i(i32(totals[6 * node]), i32(totals[6 * node + 1]), i32(totals[6 * node + 2]), i32(totals[6 * node + 3]));
      let parent = score(worth(total.x, total.y, uniforms.unitG), worth(total.z, total.w, uniforms.unitH));
      var best = ${noGain};
      var second = ${noGain};
      var bin = 0;
      var side = 0;
      var bestLeft = vec4i(0);
      for (var way = 0; way < 2; way = way + 1) {
        var near = vec4i(0);
        for (var i = 0; i < uniforms.bins; i = i + 1) {
          let b = select(i, uniforms.bins - 1 - i, way == 1);
          let at = 4 * (index * uniforms.bins + b);
          near = near + vec4i(i32(histogram[at]), i32(histogram[at + 1]), i32(histogram[at + 2]), i32(histogram[at + 3]));
          let rest = total - near;
          let g = worth(near.x, near.y, uniforms.unitG);
          let h = worth(near.z, near.w, uniforms.unitH);
          let restG = worth(rest.x, rest.y, uniforms.unitG);
          let restH = worth(rest.z, rest.w, uniforms.unitH);
          if (h < uniforms.minChildWeight || restH < uniforms.minChildWeight) { continue; }
          let gain = score(g, h) + score(restG, restH) - parent;
          let left = select(near, rest, way == 1);
          let same = best > ${noGain} && all(carried(left) == carried(bestLeft));
          if (gain > best) {
            if (!same) { second = best; }
            best = gain;
            bin = b;
            side = way;
            bestLeft = left;
          } else if (!same && gain > second) { second = gain; }
        }
        // All rows have a value here: the other way finds the same splits.
        if (all(carried(near) == carried(total))) { break; }
      }
      let l = bestLeft;
      let r = total - bestLeft;
      let gl = worth(l.x, l.y, uniforms.unitG);
      let hl = worth(l.z, l.w, uniforms.unitH);
      let gr = worth(r.x, r.y, uniforms.unitG);
      let hr = worth(r.z, r.w, uniforms.unitH);
      var wl = 0.0;
      var wr = 0.0;
      if (hl > 0.0) { wl = abs(weight(gl, hl)); }
      if (hr > 0.0) { wr = abs(weight(gr, hr)); }
      result[5 * index] = best;
      result[5 * index + 1] = f32(bin);
      result[5 * index + 2] = f32(side);
      result[5 * index + 3] = second;
      result[5 * index + 4] = 0.000002 * (score(gl, hl) + score(gr, hr) + parent)
        + 2.0 * (wl + wr) * totals[6 * node + 4] + (wl * wl + wr * wr) * totals[6 * node + 5];
    }
    fn carried(sum : vec4i) -> vec4i {
      return vec4i(sum.x + (sum.y >> 16u), sum.y & ${lowSize - 1}, sum.z + (sum.w >> 16u), sum.w & ${lowSize - 1});
    }`,
  cpu([histogram, totals], params, output) {
    for (let index = 0; index < params.nodes * params.columns; index++) searchColumn(histogram!, totals!, params, index, output);
  },
  example(random) {
    const [nodes, columns, bins] = [2, 3, 12];
    const histogram = new Float32Array(4 * nodes * columns * bins);
    const totals = new Float32Array(6 * nodes);
    for (let node = 0; node < nodes; node++) {
      let [g, h] = [0, 0];
      // Every bin of every column differs, so that no two splits come near each other; columns share the node's sums.
      for (let i = 0; i < columns * bins; i++) {
        const at = 4 * (node * columns * bins + i);
        writeSum(Math.round(2 ** 24 * (random() - 0.5)), histogram, at);
        writeSum(Math.round(2 ** 22 * (0.1 + random())), histogram, at + 2);
        g += readSum(histogram, at);
        h += readSum(histogram, at + 2);
      }
      writeSum(g, totals, 6 * node);
      writeSum(h, totals, 6 * node + 2);
      totals.set([1e-4, 1e-4], 6 * node + 4);
    }
    return {
      inputs: [{values: histogram, shape: [nodes, columns, bins, 4]}, {values: totals, shape: [nodes, 6]}],
      params: {
        nodes, columns, bins, unitG: 2 ** -20, unitH: 2 ** -20, regLambda: 1, regAlpha: 0.1, maxDeltaStep: 0, minChildWeight: 0.5
      }
    };
  }
});

const f = Math.fround;

function searchColumn(histogram: Float32Array, totals: Float32Array, params: SplitParams, index: number, output: Float32Array): void {
  const {columns, bins, unitG, unitH, minChildWeight} = params;
  const at = 6 * Math.floor(index / columns);
  const [totalG, totalH] = [readSum(totals, at), readSum(totals, at + 2)];
  const score = (g: number, h: number) => scoreOf(params, f(g * unitG), f(h * unitH));
  const parent = score(totalG, totalH);
  let [best, second, bin, side, leftG, leftH] = [noGain, noGain, 0, 0, 0, 0];
  for (let way = 0; way < 2; way++) {
    let [g, h] = [0, 0];
    for (let i = 0; i < bins; i++) {
      const b = way ? bins - 1 - i : i;
      g += readSum(histogram, 4 * (index * bins + b));
      h += readSum(histogram, 4 * (index * bins + b) + 2);
      const [restG, restH] = [totalG - g, totalH - h];
      if (f(h * unitH) < minChildWeight || f(restH * unitH) < minChildWeight) continue;
      const gain = f(f(score(g, h) + score(restG, restH)) - parent);
      const [nowG, nowH] = way ? [restG, restH] : [g, h];
      const same = best > noGain && nowG === leftG && nowH === leftH;
      if (gain > best) {
        if (!same) second = best;
        [best, bin, side, leftG, leftH] = [gain, b, way, nowG, nowH];
      } else if (!same && gain > second) second = gain;
    }
    if (g === totalG && h === totalH) break;
  }
  const sides = [[leftG, leftH], [totalG - leftG, totalH - leftH]] as const;
  const [wl = 0, wr = 0] = sides.map(([g, h]) => (h > 0 ? Math.abs(weightOf(params, f(g * unitG), f(h * unitH))) : 0));
  const sum = score(...sides[0]) + score(...sides[1]) + parent;
  const doubt = 0.000002 * sum + 2 * (wl + wr) * totals[at + 4]! + (wl * wl + wr * wr) * totals[at + 5]!;
  output.set([best, bin, side, second, doubt], splitNumbers * index);
}

function weightOf({regLambda, regAlpha, maxDeltaStep}: SplitParams, g: number, h: number): number {
  const full = f((Math.sign(g) * Math.max(f(Math.abs(g) - f(regAlpha)), 0)) / f(h + f(regLambda)));
  return maxDeltaStep > 0 ? Math.max(-maxDeltaStep, Math.min(maxDeltaStep, full)) : full;
}

function scoreOf(params: SplitParams, g: number, h: number): number {
  if (h <= 0) return 0;
  const drawn = Math.max(f(Math.abs(g) - f(params.regAlpha)), 0);
  if (params.maxDeltaStep === 0) return f(f(drawn * drawn) / f(h + f(params.regLambda)));
  const w = weightOf(params, g, h);
  return f(f(f(2 * g) * w) - f(f(h + f(params.regLambda)) * f(w * w)));
}
