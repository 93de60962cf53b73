/** Judges classes with the sweep kernel; the verdicts equal judgeClass's. */
import {tensor1d} from "@tensorflow/tfjs-core";
import {startBackend} from "../compute/backend.js";
import {runKernel} from "../compute/kernel.js";
import {isIgnored, judgeGroup, openClass} from "./coco-class.js";
import type {ClassGroup, ClassImage, ClassVerdicts, JudgeSettings, OpenClass} from "./coco-class.js";
import {mostThresholds, mostTruths, sweep} from "./sweep.kernel.js";

/** Whether the kernel can judge by these settings at all. */
export const canSweep = ({thresholds, ranges}: JudgeSettings): boolean =>
  thresholds.length <= mostThresholds && ranges.length <= 8;

/** Whether WebGPU runs on a GPU: SwiftShader computes shaders on the processor, where the kernel never wins. */
export async function hasHardware(): Promise<boolean> {
  const status = await startBackend();
  return status.state === "webgpu" && status.adapter !== "SwiftShader";
}

/** `judgeClass` with the matching on the backend that runs; `closeCalls` counts the images that float64 decided. */
export async function sweepClass(
  images: readonly ClassImage[],
  settings: JudgeSettings
): Promise<ClassVerdicts & {readonly closeCalls: number}> {
  await startBackend();
  const open = openClass(images, settings);
  const matched = open.groups.filter(({kept, truths}) => kept.length > 0 && truths.length > 0);
  const groups = matched.filter(({truths}) => truths.length <= mostTruths);
  for (const group of matched) if (group.truths.length > mostTruths) judgeGroup(open, group);
  if (groups.length === 0) return {...open, closeCalls: 0};
  const answers = await runSweep(groups, settings);
  return {...open, closeCalls: spread(open, groups, answers)};
}

async function runSweep(groups: readonly ClassGroup[], {ranges, thresholds}: JudgeSettings): Promise<Float32Array> {
  const detections = groups.reduce((sum, {kept}) => sum + kept.length, 0);
  const many = groups.reduce((sum, {truths}) => sum + truths.length, 0);
  const spans = new Float32Array(4 * groups.length);
  const [boxes, truths] = [new Float32Array(5 * detections), new Float32Array(5 * many)];
  let [d, g] = [0, 0];
  for (const [i, group] of groups.entries()) {
    spans.set([d, group.kept.length, g, group.truths.length], 4 * i);
    for (const {bbox: [x, y, w, h]} of group.kept) {
      let bits = 0;
      for (let a = 0; a < ranges.length; a++) if (w * h < ranges[a]![0] || w * h > ranges[a]![1]) bits |= 1 << a;
      boxes.set([x, y, w, h, bits], 5 * d++);
    }
    for (const truth of group.truths) {
      let bits = (truth.iscrowd ? 1 : 0) | (truth.id === 0 ? 2 : 0);
      for (let a = 0; a < ranges.length; a++) if (isIgnored(truth, ranges[a]!)) bits |= 4 << a;
      truths.set(truth.bbox, 5 * g);
      truths[5 * g++ + 4] = bits;
    }
  }
  const inputs = [spans, boxes, truths].map((values) => tensor1d(values));
  const output = runKernel(sweep, inputs, {groups: groups.length, detections, areas: ranges.length, thresholds});
  try {
    return (await output.data()) as Float32Array;
  } finally {
    for (const used of [output, ...inputs]) used.dispose();
  }
}

/** Writes the answers into the class's verdicts, and decides in float64 what was too close to call. */
function spread(open: OpenClass, groups: readonly ClassGroup[], answers: Float32Array): number {
  const {ranges: {length: A}, thresholds: {length: T}, scores: {length: total}, verdicts} = open;
  let [d, closeCalls] = [0, 0];
  for (const group of groups) {
    for (let a = 0; a < A; a++) {
      if (answers[A * d + a]! < 0) {
        closeCalls++;
        judgeGroup(open, group, a);
        continue;
      }
      for (let i = 0; i < group.kept.length; i++) {
        const bits = answers[A * (d + i) + a]!;
        for (let t = 0; t < T; t++) verdicts[(a * T + t) * total + group.first + i] = (bits >> (2 * t)) & 3;
      }
    }
    d += group.kept.length;
  }
  return closeCalls;
}
