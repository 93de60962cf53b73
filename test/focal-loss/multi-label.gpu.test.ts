import {memory} from "@tensorflow/tfjs-core";
import {expect, test} from "vitest";
import {startBackend} from "../../src/compute/backend.js";
import {labelLossKinds} from "../../src/focal-loss/label-losses.js";
import {trainMultiLabel} from "../../src/focal-loss/multi-label.training.js";
import type {MultiLabelSnapshot} from "../../src/focal-loss/multi-label.training.js";

test("five losses learn several labels; softmax alone cannot say two at once", async () => {
  await startBackend({prefer: "webgpu"});
  const before = memory().numTensors;
  let last: MultiLabelSnapshot | undefined;
  const config = {seeds: 1, steps: 600, gamma: 2, gammaNegative: 4, margin: 0.05, positiveWeight: 5};
  for await (const snapshot of trainMultiLabel(config, {})) last = snapshot;
  expect(last!.scores.map(({kind}) => kind).sort()).toEqual([...labelLossKinds].sort());
  for (const {averagePrecision, kind} of last!.scores) expect(averagePrecision[0], kind).toBeGreaterThan(0.5);
  const foundBy = (kind: string) => last!.scores.find((score) => score.kind === kind)!.allFound;
  expect(foundBy("softmax")).toBeLessThan(foundBy("bce"));
  expect(memory().numTensors).toBe(before);
});
