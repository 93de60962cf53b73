import {memory} from "@tensorflow/tfjs-core";
import {expect, test} from "vitest";
import {startBackend} from "../../src/compute/backend.js";
import {seededRandom} from "../../src/compute/random.js";
import {attentionPlaces} from "../../src/lstm/attention.js";
import {attentionStages} from "../../src/lstm/attention.training.js";
import {openingState, openNetwork} from "../../src/lstm/network.training.js";
import {axisSizes, growthOf} from "../../src/lstm/parallel.js";
import {measureParallel} from "../../src/lstm/parallel.training.js";
import {tensor1d} from "@tensorflow/tfjs-core";

test("measures a step of both layers at each size of an axis, and lets everything go", async () => {
  await startBackend({prefer: "webgpu"});
  const before = memory().numTensors;
  const base = {batch: 4, length: 8, hidden: 8};
  let timings: readonly Parameters<typeof growthOf>[0][number][] = [];
  for await (const snapshot of measureParallel({base, axes: ["length"]}, {})) timings = snapshot.timings;
  expect(timings.map(({layer, length}) => [layer, length])).toEqual(axisSizes.length.flatMap((size) => [["lstm", size], ["attention", size]]));
  for (const {milliseconds} of timings) expect(milliseconds).toBeGreaterThan(0);
  expect(growthOf(timings, "length", "lstm")).toMatchObject({size: 16});
  expect(growthOf(timings, "batch", "lstm")).toBe(null);
  expect(memory().numTensors).toBe(before);
});

test("an attention layer learns what the step before brought, which a step alone could not know", async () => {
  await startBackend({prefer: "webgpu"});
  const [steps, batch, hidden] = [6, 16, 8];
  const shape = {inputs: steps + 1, hidden, outputs: 1};
  const random = seededRandom(5);
  const params = Float32Array.from({length: attentionPlaces(shape).total}, () => random() - 0.5);
  const network = openNetwork(attentionStages(shape, {steps, batch}), openingState(params), {optimizer: "adam", rate: 0.02, clip: 1});
  const losses: number[] = [];
  for (let step = 1; step <= 150; step++) {
    // A number, and which step it is.
    const x = new Float32Array(steps * shape.inputs * batch);
    const targets = new Float32Array(steps * batch);
    for (let t = 0; t < steps; t++)
      for (let s = 0; s < batch; s++) {
        x[t * shape.inputs * batch + s] = 2 * random() - 1;
        x[(t * shape.inputs + 1 + t) * batch + s] = 1;
        if (t > 0) targets[t * batch + s] = x[(t - 1) * shape.inputs * batch + s]!;
      }
    const piece = {x: tensor1d(x), targets: tensor1d(targets), size: batch};
    await network.move([piece], step);
    losses.push((await network.read()).at(-2)!);
    piece.x.dispose();
    piece.targets.dispose();
  }
  network.close();
  // Saying 0 costs 1/3 in five steps of six.
  expect(losses.slice(-10).reduce((sum, loss) => sum + loss, 0) / 10).toBeLessThan(0.14);
});
