import type {WebGPUBackend} from "@tensorflow/tfjs-backend-webgpu";
import {backend, memory, tensor} from "@tensorflow/tfjs-core";
import {beforeEach, expect, test, vi} from "vitest";
import {startBackend} from "../../src/compute/backend.js";
import {defineKernel, registeredKernels, runKernel} from "../../src/compute/kernel.js";

/** y = sign · (scale · a + b), one pipeline a sign. */
const blend = defineKernel<{scale: number; offset: number; negative: boolean}>({
  name: "test/blend",
  inputs: ["a", "b"],
  uniforms: {scale: "f32", offset: "i32"},
  key: ({negative}) => (negative ? "negative" : "positive"),
  outputShape: (_, [a]) => a!,
  wgsl: ({negative}) => `fn invoke(i : i32) {
    result[i] = ${negative ? "-" : ""}(uniforms.scale * a[i] + b[i] + f32(uniforms.offset));
  }`,
  cpu([a, b], {scale, offset, negative}, output) {
    for (let i = 0; i < output.length; i++) output[i] = (negative ? -1 : 1) * (scale * a![i]! + b![i]! + offset);
  },
  example: (random) => ({
    inputs: [0, 1].map(() => ({values: Float32Array.from({length: 6}, random), shape: [2, 3]})),
    params: {scale: random(), offset: 2, negative: random() < 0.5}
  })
});

beforeEach(async () => {
  await startBackend({prefer: "webgpu"});
});

test("runKernel(kernel, inputs, params) gives the same on both backends", async () => {
  const run = async () => {
    const [a, b] = [tensor([1, 2, 3]), tensor([10, 20, 30])];
    return Array.from(await runKernel(blend, [a, b], {scale: 2, offset: 1, negative: true}).data());
  };
  expect(await run()).toEqual([-13, -25, -37]);
  await startBackend({prefer: "cpu"});
  expect(await run()).toEqual([-13, -25, -37]);
});

test("calls that differ in uniforms and sizes share a pipeline", () => {
  const pipelines = vi.spyOn((backend() as WebGPUBackend).device, "createComputePipeline");
  const call = (length: number, scale: number, negative: boolean) => {
    const [a, b] = [tensor(new Float32Array(length)), tensor(new Float32Array(length))];
    for (const used of [runKernel(blend, [a, b], {scale, offset: 0, negative}), a, b]) used.dispose();
  };
  call(3, 1, false);
  call(5, 2, false);
  call(700, 3, false);
  // Nor does it matter whether an input has the output's shape.
  const [a, b] = [tensor([1, 2]), tensor([3, 4, 5])];
  for (const used of [runKernel(blend, [a, b], {scale: 1, offset: 0, negative: false}), a, b]) used.dispose();
  expect(pipelines).toHaveBeenCalledTimes(1);
  call(3, 1, true);
  expect(pipelines).toHaveBeenCalledTimes(2);
});

test("a kernel makes one tensor", () => {
  const inputs = [tensor([1]), tensor([2])];
  const before = memory().numTensors;
  const output = runKernel(blend, inputs, {scale: 1, offset: 0, negative: false});
  expect(memory().numTensors).toBe(before + 1);
  for (const used of [output, ...inputs]) used.dispose();
});

test("a kernel may have more workgroups than a device takes in one dimension", async () => {
  const index = defineKernel<{length: number}>({
    name: "test/index",
    inputs: [],
    workgroupSize: 4,
    outputShape: ({length}) => [length],
    wgsl: () => "fn invoke(i : i32) { result[i] = f32(i); }",
    cpu: (_, __, output) => output.forEach((___, i) => (output[i] = i)),
    example: () => ({inputs: [], params: {length: 3}})
  });
  const length = 4 * 70_001;
  const values = await runKernel(index, [], {length}).data();
  expect(values.length).toBe(length);
  expect(values.every((value, i) => value === i)).toBe(true);
});

test("runKernel says so when inputs are missing", () => {
  const params = {scale: 1, offset: 0, negative: false};
  expect(() => runKernel(blend, [tensor([1])], params)).toThrow("takes 2 inputs, not 1");
});

test("a kernel defined again takes its name's place", () => {
  defineKernel({...blend.definition});
  expect(registeredKernels().filter(({name}) => name === "test/blend")).toHaveLength(1);
});

test("invocations of a workgroup work together, with barriers, and groups of another size are another pipeline", async () => {
  const reversed = defineKernel<{size: number}>({
    name: "test/reversed",
    inputs: ["a"],
    key: ({size}) => String(size),
    outputShape: (_, [a]) => a!,
    workgroupSize: ({size}) => size,
    together: true,
    wgsl: ({size}) => `
      var<workgroup> shared_a : array<f32, ${size}>;
      fn invoke(i : i32) {
        shared_a[localIndex] = a[i];
        workgroupBarrier();
        result[i] = shared_a[${size - 1}u - localIndex];
      }`,
    cpu([a], {size}, output) {
      output.forEach((_, i) => (output[i] = a![i - (i % size) + size - 1 - (i % size)]!));
    },
    example: () => ({inputs: [{values: Float32Array.of(1, 2), shape: [2]}], params: {size: 2}})
  });
  const input = tensor([1, 2, 3, 4, 5, 6, 7, 8]);
  const [fours, twos] = [4, 2].map((size) => runKernel(reversed, [input], {size}));
  expect(Array.from(await fours!.data())).toEqual([4, 3, 2, 1, 8, 7, 6, 5]);
  expect(Array.from(await twos!.data())).toEqual([2, 1, 4, 3, 6, 5, 8, 7]);
  expect(() => runKernel(reversed, [input], {size: 3})).toThrow("8 is no multiple of 3");
});
