/** Runs a kernel's TypeScript on TensorFlow.js's CPU backend. */
import {engine} from "@tensorflow/tfjs-core";
import type {KernelBackend, KernelFunc, Tensor, TensorInfo} from "@tensorflow/tfjs-core";
import type {KernelDefinition, Shape} from "./kernel-definition.js";

/** What TensorFlow.js calls for the kernel on its CPU backend. */
export function cpuKernel<P extends object>(definition: KernelDefinition<P>): KernelFunc {
  return ({inputs, attrs, backend}) => {
    const cpu = backend as KernelBackend;
    const tensors = definition.inputs.map((name) => inputs[name]!);
    const params = attrs?.["params"] as P;
    const shape = [...definition.outputShape(params, shapesOf(tensors))];
    const output = new Float32Array(shape.reduce((size, length) => size * length, 1));
    definition.cpu(
      tensors.map((tensor) => cpu.readSync(tensor.dataId) as Float32Array),
      params,
      output
    );
    return {dataId: cpu.write(output, shape, "float32"), shape, dtype: "float32"};
  };
}

/** The shapes of a kernel's inputs. */
export function shapesOf(tensors: readonly TensorInfo[]): readonly Shape[] {
  return tensors.map((tensor) => tensor.shape);
}

/** Throws if a tensor was left on a backend that no longer runs, such as a lost device's. */
export function assertAlive(tensor: Tensor): void {
  const home = engine().state.tensorInfo.get(tensor.dataId)?.backend;
  if (home !== engine().backend) throw new Error("this tensor was on a device that is lost");
}
