import type {WebGPUBackend} from "@tensorflow/tfjs-backend-webgpu";
import {backend, memory} from "@tensorflow/tfjs-core";
import {afterEach, describe, expect, test, vi} from "vitest";
import {loseDevice, startBackend} from "../../src/compute/backend.js";
import {toCorners} from "../../src/iou/box.js";
import {boxLoss, lossKinds} from "../../src/iou/iou.js";
import {lossSurfaces} from "../../src/iou/surface.kernel.js";
import type {SurfaceView} from "../../src/iou/surface.kernel.js";

// No pixel's side lies on the target's: there the slope has two values, and rounding chooses.
const plane = {across: [0.013, 5.017], down: [0.021, 4.033], columns: 25, rows: 20} as const;
const prediction = toCorners([1.7, 1.9, 1.31, 0.77]);
const target = toCorners([2.503, 2.107, 0.89, 1.37]);

afterEach(async () => {
  await startBackend({prefer: "webgpu"});
});

function expected(kind: (typeof lossKinds)[number], {moving, options}: SurfaceView, index: number): number[] {
  const x = plane.across[0] + ((index % 25) + 0.5) * ((plane.across[1] - plane.across[0]) / 25);
  const y = plane.down[0] + (Math.floor(index / 25) + 0.5) * ((plane.down[1] - plane.down[0]) / 20);
  const box = toCorners(moving === "center" ? [x, y, 1.31, 0.77] : [1.7, 1.9, x, y]);
  const {value, gradient: [a, b, c, d]} = boxLoss(kind, box, target, options);
  return moving === "center" ? [value, a + c, b + d] : [value, (c - a) / 2, (d - b) / 2];
}

describe.each(["webgpu", "cpu"] as const)("on %s", (name) => {
  describe.each(["center", "size"] as const)("as the %s moves", (moving) => {
    test.each(lossKinds)("the surface of %o is the loss and its slope at each pixel, to 1e-4", async (kind) => {
      expect(await startBackend({prefer: name})).toMatchObject({state: name});
      const options = {imageWidth: 6, imageHeight: 5, alpha: 2.5};
      const view: SurfaceView = {...plane, prediction, target, moving, options};
      const values = (await lossSurfaces([kind], view))[kind];
      expect(values).toHaveLength(25 * 20 * 3);
      values.forEach((value, i) => {
        const truth = expected(kind, view, Math.floor(i / 3))[i % 3]!;
        expect(Math.abs(value - truth), `number ${i}`).toBeLessThanOrEqual(1e-4 * Math.max(Math.abs(truth), 0.01));
      });
    });
  });
});

test("lossSurfaces(kinds, view) compiles once a kind while the boxes move, and leaves no tensor", async () => {
  const pipelines = vi.spyOn((backend() as WebGPUBackend).device, "createComputePipeline");
  const before = memory().numTensors;
  for (const x of [1, 1.5, 2]) {
    const view: SurfaceView = {...plane, prediction: toCorners([x, 1, 1, 1]), target, moving: "center"};
    const surfaces = await lossSurfaces(lossKinds, view);
    expect(Object.keys(surfaces)).toEqual([...lossKinds]);
  }
  expect(pipelines.mock.calls.length).toBeLessThanOrEqual(lossKinds.length);
  expect(memory().numTensors).toBe(before);
  pipelines.mockRestore();
});

test("lossSurfaces answers although the device is lost meanwhile", async () => {
  const view: SurfaceView = {...plane, prediction, target, moving: "size"};
  const before = await lossSurfaces(["ciou"], view);
  const asked = lossSurfaces(["ciou"], view);
  loseDevice();
  expect(await asked).toEqual(before);
});

test("losses of boxes without area are numbers on the surface", async () => {
  const view: SurfaceView = {...plane, prediction: [1, 1, 1, 1], target, moving: "center"};
  const surfaces = await lossSurfaces(["iou", "giou", "diou"], view);
  for (const values of Object.values(surfaces)) expect(values.every(Number.isFinite)).toBe(true);
});
