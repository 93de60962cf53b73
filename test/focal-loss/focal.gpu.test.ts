import {memory} from "@tensorflow/tfjs-core";
import {expect, test} from "vitest";
import {startBackend} from "../../src/compute/backend.js";
import {focalLosses} from "../../src/focal-loss/focal.kernel.js";
import {sigmoidFocalLosses} from "../../src/focal-loss/focal.js";

test.each(["webgpu", "cpu"] as const)("focalLosses on %s is sigmoidFocalLoss to float32, and finite far out", async (name) => {
  await startBackend({prefer: name});
  const before = memory().numTensors;
  const logits = Float32Array.from([-1e4, -90, -17, -3, -0.5, 0, 0.5, 3, 17, 90, 1e4].flatMap((x) => [x, x]));
  const targets = logits.map((_, i) => i % 2);
  for (const gamma of [0, 0.5, 2, 5]) {
    const ours = await focalLosses(logits, targets, {gamma});
    const truth = sigmoidFocalLosses(logits, targets, {gamma});
    for (const part of ["loss", "gradient"] as const) {
      ours[part].forEach((value, i) => {
        const scale = Math.max(1e-3, Math.abs(truth[part][i]!));
        expect(Math.abs(value - truth[part][i]!) / scale, `${part} of ${logits[i]} at ${gamma}`).toBeLessThan(2e-5);
      });
    }
  }
  expect(memory().numTensors).toBe(before);
});
