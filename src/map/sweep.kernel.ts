/**
 * The threshold sweep as a kernel: IoU and greedy matching of an image's detections of a class, at every threshold at
 * once. It computes in float32; where two numbers that it compares are nearer than their rounding it says so, and the
 * caller decides that image in float64, so that the verdicts are evaluateCoco's to the last one.
 */
import {defineKernel} from "../compute/kernel.js";
import type {Random} from "../compute/random.js";

/** Ground truths of a group: each is a bit of a word. */
export const mostTruths = 32;
/** Two bits each, in the whole numbers that a float32 holds. */
export const mostThresholds = 12;

export interface SweepParams {
  readonly groups: number;
  readonly detections: number;
  readonly areas: number;
  readonly thresholds: readonly number[];
}

/**
 * Inputs: `spans`, for each group its first detection, their number, its first truth, their number; `boxes`, for each
 * detection x, y, w, h and the bits of the areas that it is outside of; `truths`, for each x, y, w, h and bits: 1 crowd,
 * 2 id 0, 4 << area ignored there. Output: for each detection and area Σ 4^t · verdict, or −1 at a group's first
 * detection where the group's verdicts are too close to call.
 */
export const sweep = defineKernel<SweepParams>({
  name: "map/sweep",
  inputs: ["spans", "boxes", "truths"],
  uniforms: {areas: "i32"},
  key: ({thresholds}) => thresholds.join(),
  outputShape: ({detections, areas}) => [detections * areas],
  invocations: ({groups, areas}) => groups * areas,
  wgsl: ({thresholds}) => sweepWgsl(thresholds),
  cpu: sweepCpu,
  example: sweepExample
});

/** How far a float32 IoU may be off: rounding of corners at `reach` pixels, over the shorter side. */
const errorWgsl = "9.5367432e-7 * (1.0 + reach / max(1e-6, min(min(d.z, d.w), min(b.z, b.w))))";

function sweepWgsl(thresholds: readonly number[]): string {
  const each = (code: (t: number) => string) => thresholds.map((_, t) => code(t)).join("\n");
  const offer = (wanted: string) => `
    for (var g = 0; g < many; g = g + 1) {
      let at = 5 * (firstTruth + g);
      let bits = u32(truths[at + 4]);
      let crowd = (bits & 1u) != 0u;
      if (((bits & area) != 0u) != ${wanted}) { continue; }
      let b = vec4<f32>(truths[at], truths[at + 1], truths[at + 2], truths[at + 3]);
      let w = min(d.x + d.z, b.x + b.z) - max(d.x, b.x);
      let h = min(d.y + d.w, b.y + b.w) - max(d.y, b.y);
      let inside = max(w, 0.0) * max(h, 0.0);
      let whole = select(d.z * d.w + b.z * b.w - inside, d.z * d.w, crowd);
      let iou = select(0.0, inside / max(whole, 1e-30), inside > 0.0);
      let reach = max(max(abs(d.x) + d.z, abs(d.y) + d.w), max(abs(b.x) + b.z, abs(b.y) + b.w));
      let error = ${errorWgsl};
      let bit = 1u << u32(g);
      ${each((t) => `if (open${t} && (crowd || (taken${t} & bit) == 0u)) {
        if (abs(iou - best${t}) <= error + doubt${t}) { close = true; }
        if (iou >= best${t}) { best${t} = iou; doubt${t} = error; match${t} = g; }
      }`)}
    }`;
  return `fn invoke(index : i32) {
    let group = 4 * (index / uniforms.areas);
    let a = index % uniforms.areas;
    let area = 4u << u32(a);
    let first = i32(spans[group]);
    let count = i32(spans[group + 1]);
    let firstTruth = i32(spans[group + 2]);
    let many = i32(spans[group + 3]);
    var close = false;
    ${each((t) => `var taken${t} = 0u;`)}
    for (var i = first; i < first + count; i = i + 1) {
      let d = vec4<f32>(boxes[5 * i], boxes[5 * i + 1], boxes[5 * i + 2], boxes[5 * i + 3]);
      let outside = (u32(boxes[5 * i + 4]) & (1u << u32(a))) != 0u;
      ${each((t) => `var best${t} = f32(${Math.min(thresholds[t]!, 1 - 1e-10)}); var doubt${t} = 0.0; var match${t} = -1; var open${t} = true;`)}
      ${offer("false")}
      ${each((t) => `open${t} = match${t} < 0;`)}
      ${offer("true")}
      var verdicts = 0.0;
      ${each((t) => `if (match${t} >= 0) {
        taken${t} = taken${t} | (1u << u32(match${t}));
        let bits${t} = u32(truths[5 * (firstTruth + match${t}) + 4]);
        if ((bits${t} & area) != 0u) { verdicts = verdicts + ${2 * 4 ** t}.0; }
        else if ((bits${t} & 2u) == 0u) { verdicts = verdicts + ${4 ** t}.0; }
        else if (outside) { verdicts = verdicts + ${2 * 4 ** t}.0; }
      } else if (outside) { verdicts = verdicts + ${2 * 4 ** t}.0; }`)}
      result[uniforms.areas * i + a] = verdicts;
    }
    if (close) { result[uniforms.areas * first + a] = -1.0; }
  }`;
}

const f = Math.fround;

function sweepCpu(inputs: readonly Float32Array[], {groups, areas, thresholds}: SweepParams, output: Float32Array): void {
  const [spans, boxes, truths] = inputs as readonly [Float32Array, Float32Array, Float32Array];
  for (let index = 0; index < groups * areas; index++) {
    const [first = 0, count = 0, firstTruth = 0, many = 0] = spans.subarray(4 * Math.floor(index / areas));
    const a = index % areas;
    let close = false;
    for (const [t, threshold] of thresholds.entries()) {
      const taken = new Uint8Array(many);
      for (let i = first; i < first + count; i++) {
        const d = boxes.subarray(5 * i, 5 * i + 5);
        let [best, doubt, match] = [f(Math.min(threshold, 1 - 1e-10)), 0, -1];
        for (const wanted of [0, 4 << a]) {
          if (wanted !== 0 && match >= 0) break;
          for (let g = 0; g < many; g++) {
            const b = truths.subarray(5 * (firstTruth + g), 5 * (firstTruth + g) + 5);
            const crowd = (b[4]! & 1) !== 0;
            if ((b[4]! & (4 << a)) !== wanted || (taken[g] && !crowd)) continue;
            const {iou, error} = overlapInSingle(d, b, crowd);
            if (Math.abs(iou - best) <= error + doubt) close = true;
            if (iou >= best) [best, doubt, match] = [iou, error, g];
          }
        }
        const outside = (d[4]! & (1 << a)) !== 0;
        const bits = match < 0 ? 2 : truths[5 * (firstTruth + match) + 4]!;
        if (match >= 0) taken[match] = 1;
        const verdict = bits & (4 << a) ? 2 : !(bits & 2) ? 1 : outside ? 2 : 0;
        output[areas * i + a]! += verdict * 4 ** t;
      }
    }
    if (close) output[areas * first + a] = -1;
  }
}

function overlapInSingle(d: Float32Array, b: Float32Array, crowd: boolean): {readonly iou: number; readonly error: number} {
  const [dx = 0, dy = 0, dw = 0, dh = 0] = d;
  const [bx = 0, by = 0, bw = 0, bh = 0] = b;
  const w = f(Math.min(f(dx + dw), f(bx + bw)) - Math.max(dx, bx));
  const h = f(Math.min(f(dy + dh), f(by + bh)) - Math.max(dy, by));
  const inside = f(Math.max(w, 0) * Math.max(h, 0));
  const area = f(dw * dh);
  const whole = crowd ? area : f(f(area + f(bw * bh)) - inside);
  const reach = Math.max(Math.abs(dx) + dw, Math.abs(dy) + dh, Math.abs(bx) + bw, Math.abs(by) + bh);
  const error = 2 ** -20 * (1 + reach / Math.max(1e-6, Math.min(dw, dh, bw, bh)));
  return {iou: inside > 0 ? f(inside / Math.max(whole, 1e-30)) : 0, error};
}

/** Boxes that overlap much, in whole steps that float32 holds, so that both sides find the same pairs close. */
function sweepExample(random: Random) {
  const [groups, areas] = [5, 4];
  const box = () => [Math.floor(40 * random()), Math.floor(30 * random()), 20 + Math.floor(30 * random()), 20 + Math.floor(30 * random())];
  const spans: number[] = [];
  const [boxes, truths]: [number[], number[]] = [[], []];
  for (let group = 0; group < groups; group++) {
    const [count, many] = [1 + Math.floor(8 * random()), 1 + Math.floor(6 * random())];
    spans.push(boxes.length / 5, count, truths.length / 5, many);
    for (let i = 0; i < many; i++) truths.push(...box(), Math.floor(64 * random()));
    for (let i = 0; i < count; i++) boxes.push(...box(), Math.floor(16 * random()));
  }
  const inputs = [spans, boxes, truths].map((values) => ({values: Float32Array.from(values), shape: [values.length]}));
  return {inputs, params: {groups, detections: boxes.length / 5, areas, thresholds: [0.3, 0.52, 0.71, 0.9]}};
}
