import {memory} from "@tensorflow/tfjs-core";
import {describe, expect, test} from "vitest";
import {startBackend} from "../../src/compute/backend.js";
import {activationNames} from "../../src/relu/activations.js";
import type {ActivationName} from "../../src/relu/activations.js";
import {measureSignal} from "../../src/relu/signal.training.js";
import type {Layer, SignalConfig} from "../../src/relu/signal.training.js";

const config: SignalConfig = {initialisation: "he", layers: 16, width: 64, seed: 1};
const never = new AbortController().signal;

async function measure(names: readonly ActivationName[], patch: Partial<SignalConfig> = {}) {
  const results = new Map<ActivationName, readonly Layer[]>();
  for await (const [name, layers] of measureSignal(names, {...config, ...patch}, never)) results.set(name, layers);
  return results;
}

describe.each(["webgpu", "cpu"] as const)("a signal through depth on %s", (backend) => {
  test("He's initialisation keeps ReLU's mean square, forward and back; LeCun's halves it layer by layer", async () => {
    expect(await startBackend({prefer: backend})).toMatchObject({state: backend});
    const he = (await measure(["relu"])).get("relu")!;
    const lecun = (await measure(["relu"], {initialisation: "lecun"})).get("relu")!;
    expect(he).toHaveLength(17);
    expect(he[16]!.activations.rms).toBeGreaterThan(0.3);
    expect(he[0]!.gradients.rms).toBeGreaterThan(0.3);
    expect(he[0]!.gradients.rms).toBeLessThan(3);
    expect(Math.log2(lecun[16]!.activations.rms / he[16]!.activations.rms)).toBeCloseTo(-8, 3);
    expect(Math.log2(lecun[0]!.gradients.rms / he[0]!.gradients.rms)).toBeCloseTo(-8, 3);
  });
});

test("ReLU's outputs have a mean far from 0, tanh's do not; sigmoid's gradient vanishes", async () => {
  await startBackend({prefer: "webgpu"});
  const results = await measure(["relu", "tanh", "sigmoid"]);
  const {mean, rms} = results.get("relu")![1]!.activations;
  expect(mean / rms).toBeCloseTo(Math.sqrt(1 / Math.PI), 1);
  const tanh = results.get("tanh")![1]!.activations;
  expect(Math.abs(tanh.mean / tanh.rms)).toBeLessThan(0.1);
  expect(results.get("sigmoid")![0]!.gradients.rms).toBeLessThan(1e-6);
});

test("every activation at 64 layers gives numbers, whatever the initialisation, and leaves no tensor", async () => {
  const before = memory().numTensors;
  for (const initialisation of ["lecun", "glorot", "he", "orthogonal", "small", "large"] as const) {
    for (const [name, layers] of await measure(activationNames, {initialisation, layers: 64, width: 16})) {
      for (const {activations, gradients, dead} of layers) {
        const numbers = [activations.mean, activations.rms, gradients.rms, dead];
        expect(numbers.every(Number.isFinite), `${name} ${initialisation} ${numbers.join()}`).toBe(true);
      }
    }
  }
  expect(memory().numTensors).toBe(before);
});
