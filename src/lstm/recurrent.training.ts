/** What a step of a recurrent network is on the active backend: forward, loss, backward, gradient. */
import {runKernel} from "../compute/kernel.js";
import type {LossKind} from "./loss.js";
import {mappingOf} from "./mapping.js";
import {prepareKernels, spreadUnits} from "./network.training.js";
import type {Stages} from "./network.training.js";
import {backwardKernel, forwardKernel, gradientKernel, lossKernel} from "./recurrent.kernel.js";
import type {NetworkParams} from "./recurrent.kernel.js";
import {placesOf} from "./shape.js";
import type {Shape} from "./shape.js";

export interface SequenceSizes {
  readonly steps: number;
  /** The last so many steps have targets. */
  readonly lossSteps: number;
  /** Sequences of all pieces together. */
  readonly batch: number;
}

export function recurrentStages(shape: Shape, loss: LossKind, {steps, lossSteps, batch}: SequenceSizes): Stages {
  const runOf = (size: number): NetworkParams => ({
    shape, steps, batch: size, loss, lossSteps, weight: 1 / (batch * lossSteps), mapping: mappingOf(size, shape.hidden, spreadUnits())
  });
  return {
    parameters: placesOf(shape).total,
    prepare: (size, any) => prepareKernels([forwardKernel, lossKernel, backwardKernel, gradientKernel], any, runOf(size)),
    async addGradient({x, targets, size}, state, before, rest) {
      const run = runOf(size);
      const trace = runKernel(forwardKernel, [state, x], run);
      await rest?.();
      const losses = runKernel(lossKernel, [state, trace, targets], run);
      await rest?.();
      const slopes = runKernel(backwardKernel, [state, trace, losses], run);
      await rest?.();
      const gradient = runKernel(gradientKernel, [before, x, trace, slopes, losses], run);
      await rest?.();
      for (const used of [trace, losses, slopes]) used.dispose();
      return gradient;
    }
  };
}
