import {memory} from "@tensorflow/tfjs-core";
import {expect, test} from "vitest";
import {startBackend} from "../../src/compute/backend.js";
import {adding} from "../../src/lstm/tasks/adding.js";
import {trainRecurrent} from "../../src/lstm/train.training.js";
import type {RecurrentSnapshot, TrainConfig} from "../../src/lstm/train.training.js";

const config: TrainConfig = {
  task: adding, length: 12, batch: 16, optimizer: "adam", rate: 0.01, clip: 1, steps: 8, seed: 2,
  models: (["rnn", "gru", "lstm"] as const).map((kind) => ({kind, hidden: 8, seed: 1, forgetBias: 1}))
};

async function train(options: Partial<TrainConfig> = {}, resume?: RecurrentSnapshot): Promise<RecurrentSnapshot> {
  let last: RecurrentSnapshot | undefined;
  for await (const snapshot of trainRecurrent({...config, ...options}, resume ? {resume} : {})) last = snapshot;
  return last!;
}

test("training on WebGPU and on the CPU, whose batches are smaller, give the same losses", async () => {
  expect(await startBackend({prefer: "webgpu"})).toMatchObject({state: "webgpu"});
  const gpu = await train();
  expect(await startBackend({prefer: "cpu"})).toMatchObject({state: "cpu"});
  const cpu = await train();
  gpu.models.forEach(({losses, norms}, n) => {
    expect(losses).toHaveLength(8);
    losses.forEach((loss, i) => expect(loss).toBeCloseTo(cpu.models[n]!.losses[i]!, 3));
    norms.forEach((norm, i) => expect(norm).toBeCloseTo(cpu.models[n]!.norms[i]!, 2));
  });
});

test("a training that is taken up again goes on as if nothing had been", async () => {
  await startBackend({prefer: "webgpu"});
  const before = memory().numTensors;
  const whole = await train();
  const resumed = await train({}, await train({steps: 3}));
  resumed.models.forEach(({losses, state}, n) => {
    expect(losses).toEqual(whole.models[n]!.losses);
    expect(state).toEqual(whole.models[n]!.state);
  });
  expect(memory().numTensors).toBe(before);
});

test("an LSTM learns to add two numbers ten steps apart", async () => {
  await startBackend({prefer: "webgpu"});
  const models = [{kind: "lstm", hidden: 16, seed: 1, forgetBias: 1}] as const;
  const {models: [lstm]} = await train({length: 10, batch: 64, steps: 250, rate: 0.02, models});
  const recent = lstm!.losses.slice(-20);
  expect(recent.reduce((sum, loss) => sum + loss, 0) / recent.length).toBeLessThan(adding.baseline / 3);
});
