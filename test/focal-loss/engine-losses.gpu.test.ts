import {expect, test} from "vitest";
import {startBackend} from "../../src/compute/backend.js";
import {asymmetric, focalLoss} from "../../src/focal-loss/engine-losses.js";
import {identity} from "../../src/networks/activation.js";
import type {Loss} from "../../src/networks/loss.js";
import {trainEnsemble} from "../../src/networks/ensemble.training.js";

/** A linear network's two weights and bias after ten steps over four points, from far out on either side. */
async function trained(loss: Loss, lossParams: readonly [number, number], backend: "webgpu" | "cpu"): Promise<readonly number[]> {
  await startBackend({prefer: backend});
  const networks = [-20, -1, 0.5, 30].map((bias) => ({
    parameters: Float32Array.of(0.4, -0.7, bias), rate: 0.1, lossParams, stream: 0, seed: 1
  }));
  const config = {
    layers: [2, 1], optimizer: {kind: "sgd"}, batch: 4, steps: 10, data: Float32Array.of(1, 0, 1, 0, 1, 0, -1, 0.5, 1, 0.3, -1, 0),
    streams: [{sampler: {length: 4, epoch: () => [0, 1, 2, 3]}, seed: 1}],
    groups: [{name: "one", activation: identity, loss, networks}]
  } as const;
  let rows: Float32Array = new Float32Array();
  for await (const {groups} of trainEnsemble(config, {})) rows = groups[0]!.checkpoints.at(-1)!.rows;
  const stride = rows.length / 4;
  return [0, 1, 2, 3].flatMap((network) => [...rows.subarray(network * stride, network * stride + 3)]);
}

test.each([
  ["focal", focalLoss, [0.25, 2]],
  ["focal with γ ½, unweighted", focalLoss, [-1, 0.5]],
  ["asymmetric", asymmetric, [4, 0.05]],
  ["asymmetric without margin", asymmetric, [0.5, 0]]
] as const)("a network learns the same by %s in WGSL and in TypeScript", async (_, loss, params) => {
  const [gpu, cpu] = [await trained(loss, params, "webgpu"), await trained(loss, params, "cpu")];
  gpu.forEach((number, i) => expect(Math.abs(number - cpu[i]!), `number ${i}`).toBeLessThan(2e-4));
});
