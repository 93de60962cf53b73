import {memory} from "@tensorflow/tfjs-core";
import {expect, test} from "vitest";
import {startBackend} from "../../src/compute/backend.js";
import {remedyIds} from "../../src/focal-loss/remedies.js";
import {generatedSets, trainRemedies} from "../../src/focal-loss/remedies.training.js";
import type {RemedySnapshot} from "../../src/focal-loss/remedies.training.js";

test("all eight remedies train, each its own way, and are scored network by network", async () => {
  await startBackend({prefer: "webgpu"});
  const before = memory().numTensors;
  const config = {
    ...generatedSets({shape: "ring", count: 1000, ratio: 20, overlap: 0.3}, 3),
    remedies: remedyIds, seeds: 2, steps: 500, batch: 32, rate: 0.04, alpha: 0.25, gamma: 2, beta: 0.999
  };
  let last: RemedySnapshot | undefined;
  for await (const snapshot of trainRemedies(config, {})) last = snapshot;
  expect(last!.progress.done).toBeCloseTo(1, 12);
  expect(last!.scores).toHaveLength(16);
  const mean = (remedy: number, of: "recall" | "averagePrecision" | "meanProbability") =>
    (last!.scores[2 * remedy]![of] + last!.scores[2 * remedy + 1]![of]) / 2;
  // A ring around a blob is learned by every remedy, and those that balance find more of the rare class at ½.
  for (const remedy of remedyIds.keys()) expect(mean(remedy, "averagePrecision")).toBeGreaterThan(0.25);
  for (const balancing of ["weighted", "over", "batches", "smote"] as const) {
    expect(mean(remedyIds.indexOf(balancing), "recall")).toBeGreaterThan(mean(0, "recall"));
    expect(mean(remedyIds.indexOf(balancing), "meanProbability")).toBeGreaterThan(mean(0, "meanProbability"));
  }
  expect(memory().numTensors).toBe(before);
});
