/** Focal loss of many logits on the active backend. */
import {tensor1d} from "@tensorflow/tfjs-core";
import {startBackend} from "../compute/backend.js";
import {defineKernel, runKernel} from "../compute/kernel.js";
import {despiteLoss} from "../compute/retry.js";
import type {FocalOptions} from "./focal.js";
import {focalPair, focalWgsl} from "./focal.wgsl.js";

interface FocalParams {
  readonly alpha: number;
  readonly gamma: number;
}

/** [n, 2]: loss and slope of each logit against its target, 0 or 1. */
export const focal = defineKernel<FocalParams>({
  name: "focal-loss/focal",
  inputs: ["logits", "goals"],
  uniforms: {alpha: "f32", gamma: "f32"},
  outputShape: (_, [logits]) => [logits![0]!, 2],
  invocations: (_, [logits]) => logits![0]!,
  wgsl: () => `${focalWgsl}
    fn invoke(index : i32) {
      let at = loss(logits[index], goals[index], vec2<f32>(uniforms.alpha, uniforms.gamma));
      result[2 * index] = at.x;
      result[2 * index + 1] = at.y;
    }`,
  cpu([logits, goals], {alpha, gamma}, output) {
    logits!.forEach((logit, i) => output.set(focalPair(logit, goals![i]!, [alpha, gamma]), 2 * i));
  },
  example(random) {
    const count = 200;
    const scale = [2, 20, 200][Math.floor(3 * random())]!;
    const logits = Float32Array.from({length: count}, () => scale * (2 * random() - 1));
    const goals = Float32Array.from({length: count}, () => Number(random() < 0.3));
    const alpha = random() < 0.3 ? -1 : random();
    const gamma = [0, 0.5, 1, 2, 5][Math.floor(5 * random())]!;
    return {inputs: [{values: logits, shape: [count]}, {values: goals, shape: [count]}], params: {alpha, gamma}};
  }
});

/** Loss and slope of each logit against its target, 0 or 1, in float32. */
export function focalLosses(
  logits: Float32Array,
  targets: Float32Array,
  {alpha = 0.25, gamma = 2}: FocalOptions = {}
): Promise<{readonly loss: Float32Array; readonly gradient: Float32Array}> {
  return despiteLoss(async () => {
    await startBackend();
    const inputs = [tensor1d(logits), tensor1d(targets)];
    const output = runKernel(focal, inputs, {alpha, gamma});
    try {
      const pairs = (await output.data()) as Float32Array;
      return {loss: pairs.filter((_, i) => i % 2 === 0), gradient: pairs.filter((_, i) => i % 2 === 1)};
    } finally {
      for (const used of [...inputs, output]) used.dispose();
    }
  });
}
