/**
 * The DIoU paper's simulation as a kernel: many cases, some steps, one dispatch.
 *
 * A group is the 49 cases of one anchor point and one target; group g is point ⌊g/7⌋ and target g mod 7, and one
 * invocation runs its cases one after the other, adding their errors up in registers. The state is
 * [x | y | w | h], each [49 cases][groups] so that neighbours in memory are neighbours on the GPU, with x and y from
 * the target's centre. A kernel has one output buffer: behind the new state stand the sums of the groups' errors,
 * [steps + 1][groups], before each step and after the last.
 */
import {defineKernel} from "../compute/kernel.js";
import {anchorPoints, center, experimentKinds, ratios, scales} from "./experiment.js";
import type {AnchorPoint, ExperimentKind} from "./experiment.js";
import {advanceCase} from "./experiment-case.js";
import type {CaseMove} from "./experiment-case.js";
import {experimentStepWgsl, signs} from "./experiment.wgsl.js";
import type {Sign} from "./regression.js";

export const groupsPerPoint = ratios.length;
export const casesPerGroup = scales.length * ratios.length;

/** Numbers in the state of so many points, which is also where the error sums begin. */
export const stateSize = (points: number) => 4 * casesPerGroup * groupsPerPoint * points;

/** The anchors at some points, before the first step. */
export function startState(points: readonly AnchorPoint[]): Float32Array {
  const groups = groupsPerPoint * points.length;
  const state = new Float32Array(stateSize(points.length));
  const row = (coordinate: number, k: number) => (coordinate * casesPerGroup + k) * groups;
  for (let group = 0; group < groups; group++) {
    const [x, y] = points[Math.floor(group / groupsPerPoint)]!;
    state[row(0, 0) + group] = x - center[0];
    state[row(1, 0) + group] = y - center[1];
  }
  for (let k = 0; k < casesPerGroup; k++) {
    const [w, h] = ratios[k % ratios.length]!;
    const size = Math.sqrt(scales[Math.floor(k / ratios.length)]!);
    state.copyWithin(row(0, k), row(0, 0), row(0, 0) + groups);
    state.copyWithin(row(1, k), row(1, 0), row(1, 0) + groups);
    state.fill(w * size, row(2, k), row(2, k) + groups);
    state.fill(h * size, row(3, k), row(3, k) + groups);
  }
  return state;
}

export interface AdvanceParams extends CaseMove {
  readonly points: number;
}

/** Moves every case by `steps` steps at one learning rate. */
export const advance = defineKernel<AdvanceParams>({
  name: "iou/experiment",
  inputs: ["state"],
  uniforms: {rate: "f32"},
  key: ({kind, sign, steps}) => `${kind} ${sign} ${steps}`,
  outputShape: ({steps, points}) => [stateSize(points) + (steps + 1) * groupsPerPoint * points],
  invocations: ({points}) => groupsPerPoint * points,
  wgsl: ({kind, sign, steps}) => advanceWgsl(kind, sign, steps),
  cpu([state], params, output) {
    const groups = groupsPerPoint * params.points;
    const cases = casesPerGroup * groups;
    const box = new Float64Array(4);
    for (let at = 0; at < cases; at++) {
      const group = at % groups;
      for (let i = 0; i < 4; i++) box[i] = state![i * cases + at]!;
      const [w, h] = ratios[group % groupsPerPoint]!;
      advanceCase(box, w, h, params, output, 4 * cases + group, groups);
      for (let i = 0; i < 4; i++) output[i * cases + at] = box[i]!;
    }
  },
  example(random) {
    const kind = experimentKinds[Math.floor(4 * random())]!;
    const sign = random() < 0.5 ? "true" : "published";
    const points = anchorPoints(3, random);
    const values = startState(points);
    return {
      inputs: [{values, shape: [values.length]}],
      params: {kind, sign, steps: 5, points: points.length, rate: 0.1}
    };
  }
});

function advanceWgsl(kind: ExperimentKind, sign: Sign, steps: number): string {
  const counts = Array.from({length: steps + 1}, (_, step) => step);
  const list = (side: 0 | 1) => ratios.map((ratio) => ratio[side].toFixed(9)).join(", ");
  const coordinates = ["x", "y", "w", "h"];
  return `${signs}
  fn invoke(group : i32) {
    let groups = uniforms.invocations;
    let cases = groups * ${casesPerGroup};
    let shape = group % ${groupsPerPoint};
    let targetW = array<f32, ${ratios.length}>(${list(0)})[shape];
    let targetH = array<f32, ${ratios.length}>(${list(1)})[shape];
    let targetArea = targetW * targetH;
    let rate = uniforms.rate;
    ${counts.map((step) => `var error${step} = 0.0;`).join("\n")}
    for (var k = 0; k < ${casesPerGroup}; k++) {
      let at = k * groups + group;
      ${coordinates.map((name, i) => `var ${name} = state[${i} * cases + at];`).join("\n")}
      ${counts.slice(1).map((step) => experimentStepWgsl(kind, sign, `error${step - 1}`)).join("\n")}
      error${steps} += abs(x) + abs(y) + abs(w - targetW) + abs(h - targetH);
      ${coordinates.map((name, i) => `result[${i} * cases + at] = ${name};`).join("\n")}
    }
    ${counts.map((step) => `result[4 * cases + ${step} * groups + group] = error${step};`).join("\n")}
  }`;
}
