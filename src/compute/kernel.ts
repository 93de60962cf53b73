/**
 * Contract 2, kernels. One name, two implementations: WGSL that runs through TensorFlow.js's WebGPU backend, and
 * TypeScript for its CPU backend. Both stand in TensorFlow.js's own kernel registry, so a caller runs the name and
 * never asks which backend computes it.
 */
import {engine, getKernel, registerKernel, unregisterKernel} from "@tensorflow/tfjs-core";
import type {KernelFunc, NamedAttrMap, NamedTensorMap, Tensor} from "@tensorflow/tfjs-core";
import {assertAlive, cpuKernel} from "./kernel-cpu.js";
import {gpuKernel} from "./kernel-gpu.js";
import type {HostTensor, KernelDefinition} from "./kernel-definition.js";
import type {Random} from "./random.js";

export type {HostTensor, KernelDefinition, Shape} from "./kernel-definition.js";

export interface Kernel<P extends object> {
  readonly definition: KernelDefinition<P>;
}

/** What the pair test needs of a kernel, its params' type forgotten. */
export interface RegisteredKernel {
  readonly name: string;
  readonly tolerance: number;
  example(random: Random): {readonly inputs: readonly HostTensor[]; run(inputs: readonly Tensor[]): Tensor};
}

const registry = new Map<string, RegisteredKernel>();

/** Registers a kernel pair under its name with both backends. A second definition of a name takes its place. */
export function defineKernel<P extends object>(definition: KernelDefinition<P>): Kernel<P> {
  const {name, tolerance = 1e-4} = definition;
  const kernel: Kernel<P> = {definition};
  replaceKernel(name, "cpu", cpuKernel(definition));
  replaceKernel(name, "webgpu", gpuKernel(definition));
  registry.set(name, {
    name,
    tolerance,
    example(random) {
      const {inputs, params} = definition.example(random);
      return {inputs, run: (tensors) => runKernel(kernel, tensors, params)};
    }
  });
  return kernel;
}

/** All kernels defined so far. */
export function registeredKernels(): readonly RegisteredKernel[] {
  return [...registry.values()];
}

/**
 * Runs a kernel on the backend that runs (`await startBackend()` first). The caller disposes of the result. Throws if
 * an input was on a device that is lost.
 */
export function runKernel<P extends object>({definition}: Kernel<P>, inputs: readonly Tensor[], params: P): Tensor {
  const {name, inputs: names} = definition;
  if (inputs.length !== names.length) throw new Error(`${name} takes ${names.length} inputs, not ${inputs.length}`);
  for (const input of inputs) assertAlive(input);
  const named: NamedTensorMap = Object.fromEntries(names.map((input, i) => [input, inputs[i]!]));
  return engine().runKernel(name, named, {params: params as unknown as NamedAttrMap}) as Tensor;
}

function replaceKernel(kernelName: string, backendName: string, kernelFunc: KernelFunc): void {
  if (getKernel(kernelName, backendName)) unregisterKernel(kernelName, backendName);
  registerKernel({kernelName, backendName, kernelFunc});
}
