/** What a step of an attention layer is on the active backend, stage by stage. */
import {runKernel} from "../compute/kernel.js";
import {
  attendKernel, attentionGradientKernel, attentionLossKernel, gatherKernel, projectedSlopesKernel, projectKernel, scoreSlopesKernel
} from "./attention.kernel.js";
import type {AttentionParams} from "./attention.kernel.js";
import {attentionPlaces} from "./attention.js";
import type {AttentionShape} from "./attention.js";
import {mappingOf} from "./mapping.js";
import {prepareKernels} from "./network.training.js";
import type {Stages} from "./network.training.js";

/** @param batch sequences of all pieces together */
export function attentionStages(shape: AttentionShape, {steps, batch}: {readonly steps: number; readonly batch: number}): Stages {
  const runOf = (size: number): AttentionParams => ({
    shape, steps, batch: size, weight: 1 / (batch * steps), mapping: mappingOf(size, shape.hidden, false)
  });
  return {
    parameters: attentionPlaces(shape).total,
    prepare: (size, any) =>
      prepareKernels(
        [projectKernel, attendKernel, gatherKernel, attentionLossKernel, scoreSlopesKernel, projectedSlopesKernel, attentionGradientKernel],
        any, runOf(size)
      ),
    async addGradient({x, targets, size}, state, before, rest) {
      const run = runOf(size);
      const projected = runKernel(projectKernel, [state, x], run);
      await rest?.();
      const weights = runKernel(attendKernel, [projected], run);
      await rest?.();
      const context = runKernel(gatherKernel, [projected, weights], run);
      const losses = runKernel(attentionLossKernel, [state, context, targets], run);
      await rest?.();
      const scores = runKernel(scoreSlopesKernel, [projected, weights, losses], run);
      await rest?.();
      const slopes = runKernel(projectedSlopesKernel, [projected, weights, losses, scores], run);
      await rest?.();
      const gradient = runKernel(attentionGradientKernel, [before, x, context, slopes, losses], run);
      await rest?.();
      for (const used of [projected, weights, context, losses, scores, slopes]) used.dispose();
      return gradient;
    }
  };
}
