import {tensor1d} from "@tensorflow/tfjs-core";
import {describe, expect, test} from "vitest";
import {startBackend} from "../../src/compute/backend.js";
import {activationNames, activations} from "../../src/relu/activations.js";
import {runActivation} from "../../src/relu/activation.kernel.js";

const around = Float32Array.from({length: 1601}, (_, i) => (i - 800) / 80);
// Signals that vanish, and signals that explode.
const far = Float32Array.from([1e-30, -1e-30, 1e-12, -1e-12, 1e-4, -1e-4, 30, -30, 88, -88, 200, -200, 1e4, -1e4, 1e19, -1e19]);

describe.each(activationNames)("%s in WGSL", (name) => {
  test("is its float64 self to 1e-6, near 0 and far out", async () => {
    expect(await startBackend({prefer: "webgpu"})).toMatchObject({state: "webgpu"});
    for (const points of [around, far]) {
      const x = tensor1d(points);
      const result = runActivation(name, x);
      const values = await result.data();
      points.forEach((at, i) => {
        const truth = [activations[name].f(at), activations[name].df(at)];
        truth.forEach((value, k) => {
          const got = values[2 * i + k]!;
          expect(Math.abs(got - value) / Math.max(1, Math.abs(value)), `${k ? "f′" : "f"}(${at}) = ${got}`).toBeLessThan(1e-6);
        });
      });
      for (const used of [x, result]) used.dispose();
    }
  });

  test("keeps the digits of a small signal", async () => {
    await startBackend({prefer: "webgpu"});
    const small = Float32Array.from([1e-3, -1e-3, 1e-8, -1e-8, 1e-20, -1e-20]);
    const x = tensor1d(small);
    const result = runActivation(name, x);
    const values = await result.data();
    small.forEach((at, i) => {
      const truth = activations[name].f(at);
      if (truth !== 0) expect(values[2 * i]! / truth).toBeCloseTo(1, 5);
    });
    for (const used of [x, result]) used.dispose();
  });
});
