/** Compiles a kernel's pipeline ahead of its first run, without holding up what the GPU does meanwhile. */
import {backend, env} from "@tensorflow/tfjs-core";
import type {Tensor} from "@tensorflow/tfjs-core";
import type {WebGPUBackend} from "@tensorflow/tfjs-backend-webgpu";
import {runKernel} from "./kernel.js";
import type {Kernel} from "./kernel.js";
import {backendStatus} from "./status.js";

type Pipelines = Record<string, GPUComputePipeline | Promise<GPUComputePipeline>>;

/**
 * Resolves when a run with these inputs and params would not have to compile; at once on the CPU. Several compile at the
 * same time. Never rejects: what does not compile says so when it is run.
 */
export async function prepareKernel<P extends object>(kernel: Kernel<P>, inputs: readonly Tensor[], params: P): Promise<void> {
  if (backendStatus().state !== "webgpu") return;
  const pipelines = (backend() as WebGPUBackend as unknown as {pipelineCache: Pipelines}).pipelineCache;
  const known = new Set(Object.keys(pipelines));
  env().set("WEBGPU_ENGINE_COMPILE_ONLY", true);
  try {
    runKernel(kernel, inputs, params).dispose();
  } finally {
    env().set("WEBGPU_ENGINE_COMPILE_ONLY", false);
  }
  // TensorFlow.js would leave the promise in its cache, where a run in the meantime fails on it.
  const added = Object.keys(pipelines).filter((key) => !known.has(key));
  const compiling = added.map(async (key) => {
    const promise = pipelines[key];
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
    delete pipelines[key];
    const pipeline = await promise;
    if (pipeline) pipelines[key] ??= pipeline;
  });
  await Promise.allSettled(compiling);
}
