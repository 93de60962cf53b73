import {memory, tensor2d} from "@tensorflow/tfjs-core";
import {beforeEach, expect, test} from "vitest";
import {startBackend} from "../../src/compute/backend.js";
import {normal, seededRandom} from "../../src/compute/random.js";
import {runKernel} from "../../src/compute/kernel.js";
import type {EnsembleConfig} from "../../src/networks/ensemble.js";
import {runEnsemble, trainEnsemble} from "../../src/networks/ensemble.training.js";
import type {EnsembleSnapshot} from "../../src/networks/ensemble.training.js";
import {logisticLoss, squaredLoss} from "../../src/networks/loss.js";
import {optimizerNumbers} from "../../src/networks/optimizer.js";
import {settingsStride} from "../../src/networks/straight.wgsl.js";
import {codeOf, trainGrouped, trainLooped, trainStraight} from "../../src/networks/train.kernel.js";
import {activationForm} from "../../src/relu/activation-form.js";
import {activationParams} from "../../src/relu/activations.js";
import type {ActivationName} from "../../src/relu/activations.js";
import {dataSet} from "../../src/relu/data-sets.js";
import {ensembleConfig} from "../../src/relu/ensemble-config.js";
import perceptron from "../fixtures/networks/perceptron.json";

const settings = {
  data: "circles", activations: ["leaky_relu", "tanh"], width: 6, depth: 2, rate: 0.1, optimizer: "adam", init: "he",
  seeds: 4, steps: 300, batch: 10, seed: 3
} as const;

async function config(): Promise<EnsembleConfig> {
  const set = await dataSet(settings.data, seededRandom(settings.seed));
  return ensembleConfig({...settings, rate: 0.01}, set, {seeded: seededRandom, normal});
}

async function lastOf(training: AsyncGenerator<EnsembleSnapshot, void>): Promise<EnsembleSnapshot> {
  let last: EnsembleSnapshot | undefined;
  for await (const snapshot of training) last = snapshot;
  return last!;
}

const endLosses = ({groups}: EnsembleSnapshot) => groups.map(({history}) => [...history.at(-1)!.loss]);

beforeEach(async () => {
  await startBackend({prefer: "webgpu"});
});

test("an ensemble learns, and both backends end at the same losses", async () => {
  const before = memory().numTensors;
  const gpu = await lastOf(trainEnsemble(await config(), {}));
  for (const {history} of gpu.groups) {
    expect(history[0]!.step).toBe(0);
    expect(history.at(-1)!.step).toBe(settings.steps);
    history.at(-1)!.loss.forEach((loss, i) => expect(loss).toBeLessThan(0.8 * history[0]!.loss[i]!));
  }
  expect(memory().numTensors).toBe(before);
  await startBackend({prefer: "cpu"});
  const cpu = await lastOf(trainEnsemble(await config(), {}));
  endLosses(gpu).flat().forEach((loss, i) => expect(Math.abs(loss - endLosses(cpu).flat()[i]!)).toBeLessThan(0.02));
});

test("a training goes on from a snapshot to the same end, as if it had not stopped", async () => {
  const whole = await lastOf(trainEnsemble(await config(), {}));
  let stopped: EnsembleSnapshot | undefined;
  for await (const snapshot of trainEnsemble(await config(), {})) {
    stopped = snapshot;
    if (snapshot.progress.done > snapshot.progress.total / 2) break;
  }
  // As JSON would keep it, but for the arrays' type.
  const resumed = await lastOf(trainEnsemble(await config(), {resume: structuredClone(stopped!)}));
  expect(resumed.groups[0]!.history[0]!.step).toBe(0);
  endLosses(whole).flat().forEach((loss, i) => expect(endLosses(resumed).flat()[i]).toBeCloseTo(loss, 4));
});

test("a cancelled run ends at once and leaves no tensor", async () => {
  const before = memory().numTensors;
  const run = runEnsemble({...(await config()), steps: 1e6}, {onSnapshot: ({progress}) => progress.done > 0 && run.cancel()});
  await run.done;
  expect(run.state.phase).toBe("cancelled");
  expect(memory().numTensors).toBe(before);
});

for (const mapping of ["straight", "looped", "grouped"] as const)
  test(`gradients of the ${mapping} kernel are PyTorch's`, async () => {
    const kernel = {straight: trainStraight, looped: trainLooped, grouped: trainGrouped}[mapping];
    for (const {activation, loss, weights, x, y, gradients} of perceptron.cases.filter(({activation: name, loss}) =>
      loss !== "focal" && (mapping === "straight" || name === "elu" || name === "mish")
    )) {
      const name = activation as ActivationName;
      const shape = {
        layers: [2, 5, 4, 1], activation: activationForm(name), optimizer: "sgd" as const,
        loss: loss === "squared" ? squaredLoss : logisticLoss
      };
      const {row} = codeOf(shape);
      const state = new Float32Array(row.stride);
      state.set((weights as number[][]).flat(2));
      const own = new Float32Array(settingsStride);
      // At rate 1, a step of plain descent is the gradient.
      own.set([1, ...activationParams(name)]);
      const inputs = [
        tensor2d(state, [1, row.stride]),
        tensor2d(own, [1, settingsStride]),
        tensor2d(x.flatMap((point, i) => [...point, y[i]!]), [9, 3]),
        tensor2d(Float32Array.from({length: 9}, (_, i) => i), [9, 1]),
        tensor2d([1, 1], [1, 2])
      ];
      const params = {...shape, ...optimizerNumbers({kind: "sgd"}), start: 0, steps: 1, batch: 9, reportFrom: 0, reportCount: 9};
      const output = runKernel(kernel, inputs, params);
      const after = (await output.data()) as Float32Array;
      for (const used of [output, ...inputs]) used.dispose();
      (gradients as number[][]).flat(2).forEach((slope, k) =>
        expect(state[k]! - after[k]!, `${activation}, ${loss}, parameter ${k}`).toBeCloseTo(slope, 4)
      );
    }
  });
