import {memory} from "@tensorflow/tfjs-core";
import {expect, test} from "vitest";
import {startBackend} from "../../src/compute/backend.js";
import {judgeOnDevice, trainJudge} from "../../src/tree-of-thought/judge.training.js";
import {judgeLogits} from "../../src/tree-of-thought/judge.js";
import {shippedJudge} from "../../src/tree-of-thought/judge-weights.js";
import {positionOf} from "../../src/tree-of-thought/position.js";

const positions = [[4, 6], [3, 4, 9], [24], [7, 7, 11], [1, 1], [5]].map((numbers) => positionOf(numbers));

test("the judge answers on the device as on this thread, and leaves no tensor", async () => {
  expect(await startBackend({prefer: "webgpu"})).toMatchObject({state: "webgpu"});
  const before = memory().numTensors;
  const onDevice = await judgeOnDevice(shippedJudge(), positions);
  judgeLogits(shippedJudge(), positions).forEach((logit, i) => expect(onDevice[i]).toBeCloseTo(logit, 3));
  expect(memory().numTensors).toBe(before);
});

test("a training tells its data, then its curve, and its loss falls", async () => {
  await startBackend({prefer: "webgpu"});
  const stages = new Set<string>();
  let losses: readonly number[] = [];
  for await (const snapshot of trainJudge({tested: [[4, 9, 10, 13]], seed: 1, steps: 60}, {})) {
    stages.add(snapshot.stage);
    losses = snapshot.curve.filter(({step}) => step > 0).map(({loss}) => loss);
  }
  expect([...stages]).toEqual(["data", "training"]);
  expect(losses.at(-1)).toBeLessThan(losses[0]!);
});
