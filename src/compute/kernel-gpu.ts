/** Runs a kernel's WGSL through TensorFlow.js's WebGPU backend, which keeps the pipelines and the memory. */
import type {KernelFunc, TensorInfo} from "@tensorflow/tfjs-core";
import type {WebGPUBackend} from "@tensorflow/tfjs-backend-webgpu";
import {shapesOf} from "./kernel-cpu.js";
import type {KernelDefinition} from "./kernel-definition.js";

type Program = Parameters<WebGPUBackend["runWebGPUProgram"]>[0];

/** What TensorFlow.js calls for the kernel on its WebGPU backend. */
export function gpuKernel<P extends object>(definition: KernelDefinition<P>): KernelFunc {
  const uniforms = Object.entries(definition.uniforms ?? {}) as [keyof P & string, "f32" | "i32"][];
  const declared = uniforms.map(([name, type]) => ` ${name} : ${type},`).join("");
  return ({inputs, attrs, backend}) => {
    const params = attrs?.["params"] as P;
    const tensors = definition.inputs.map((name) => inputs[name]!);
    const shapes = shapesOf(tensors);
    const outputShape = [...definition.outputShape(params, shapes)];
    const size = outputShape.reduce((product, length) => product * length, 1);
    const invocations = definition.invocations?.(params, shapes) ?? size;
    const {workgroupSize = 64, together = false} = definition;
    const workgroup = typeof workgroupSize === "number" ? workgroupSize : workgroupSize(params);
    if (together && invocations % workgroup) throw new Error(`${definition.name}: ${invocations} is no multiple of ${workgroup}`);
    const program: Program = {
      variableNames: [...definition.inputs],
      uniforms: `invocations : i32,${declared}`,
      workgroupSize: [workgroup, 1, 1],
      // TensorFlow.js folds x into y and z where it is over the device's limit, and takes care of the flat index.
      dispatch: [Math.ceil(invocations / workgroup), 1, 1],
      dispatchLayout: {x: outputShape.map((_, axis) => axis)},
      outputShape,
      shaderKey: `${definition.name} ${definition.key?.(params) ?? ""}`,
      getUserCode: () => `${definition.wgsl(params)}\n${together ? mainTogether : main}`
    };
    return (backend as WebGPUBackend).runWebGPUProgram(program, tensors.map(flat), "float32", [
      {type: "int32", data: [invocations]},
      ...uniforms.map(([name, type]) => ({type: type === "i32" ? "int32" : "float32", data: [params[name] as number]}))
    ]);
  };
}

/**
 * The WGSL sees flat arrays. TensorFlow.js compiles one pipeline where an input has the output's shape and another
 * where not; a column never has, so that a kernel fed with its own output keeps its pipeline.
 */
function flat({dataId, dtype, shape}: TensorInfo): TensorInfo {
  return {dataId, dtype, shape: [shape.reduce((size, length) => size * length, 1), 1]};
}

const main = `
fn main(index : i32) {
  if (index < uniforms.invocations) { invoke(index); }
}`;

// A barrier has to be reached by all, so the branch is one that all take; the uniforms have to be used.
const mainTogether = `
fn main(index : i32) {
  if (uniforms.invocations > 0) { invoke(index); }
}`;
