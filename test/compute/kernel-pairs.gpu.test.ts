/// <reference types="vite/client" />
/** Every kernel of every room, WebGPU against TypeScript, on random inputs. */
import {tensor} from "@tensorflow/tfjs-core";
import {expect, test} from "vitest";
import {startBackend} from "../../src/compute/backend.js";
import {registeredKernels} from "../../src/compute/kernel.js";
import type {RegisteredKernel} from "../../src/compute/kernel.js";
import {seededRandom} from "../../src/compute/random.js";

await Promise.all(Object.values(import.meta.glob("../../src/*/*.kernel.ts")).map((load) => load()));

const seeds = Array.from({length: 12}, (_, i) => i + 1);

async function outputs(kernel: RegisteredKernel, backend: "webgpu" | "cpu"): Promise<Float32Array[]> {
  expect(await startBackend({prefer: backend})).toMatchObject({state: backend});
  const results: Float32Array[] = [];
  for (const seed of seeds) {
    const {inputs, run} = kernel.example(seededRandom(seed));
    const tensors = inputs.map(({values, shape}) => tensor(values, [...shape], "float32"));
    const result = run(tensors);
    results.push((await result.data()) as Float32Array);
    for (const used of [result, ...tensors]) used.dispose();
  }
  return results;
}

for (const kernel of registeredKernels())
  test(`${kernel.name} computes the same in WGSL and in TypeScript`, async () => {
    const [gpu, cpu] = [await outputs(kernel, "webgpu"), await outputs(kernel, "cpu")];
    gpu.forEach((numbers, example) => {
      const twin = cpu[example]!;
      expect(numbers.length).toBe(twin.length);
      numbers.forEach((number, i) => {
        const apart = Math.abs(number - twin[i]!) / Math.max(1, Math.abs(twin[i]!));
        if (!(apart <= kernel.tolerance))
          expect.fail(`example ${seeds[example]}, number ${i}: ${number} in WGSL, ${twin[i]} in TypeScript`);
      });
    });
  });

test("there are kernels to compare", () => expect(registeredKernels().length).toBeGreaterThan(0));
