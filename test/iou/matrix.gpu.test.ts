import {memory} from "@tensorflow/tfjs-core";
import {afterEach, describe, expect, test} from "vitest";
import {startBackend} from "../../src/compute/backend.js";
import {seededRandom} from "../../src/compute/random.js";
import {boxIouMatrix, ciou, diou, giou, iou} from "../../src/iou/iou.js";
import type {Box} from "../../src/iou/iou.js";

const measures = {iou, giou, diou, ciou};
const kinds = Object.keys(measures) as (keyof typeof measures)[];

afterEach(async () => {
  await startBackend({prefer: "webgpu"});
});

/** Boxes of some pixels to some hundreds, as a detector gives them. */
function boxes(count: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const corners = Array.from({length: count}, () => {
    const [x, y] = [600 * random(), 400 * random()];
    return [x, y, x + 5 + 300 * random(), y + 5 + 300 * random()];
  });
  return Float32Array.from(corners.flat());
}

const at = (corners: Float32Array, i: number) => Array.from(corners.subarray(4 * i, 4 * i + 4)) as unknown as Box;

describe.each(["webgpu", "cpu"] as const)("on %s", (backend) => {
  test.each(kinds)("boxIouMatrix(a, b, %o) is the measure of each pair, row by row, to 1e-4", async (kind) => {
    expect(await startBackend({prefer: backend})).toMatchObject({state: backend});
    const [a, b] = [boxes(60, 1), boxes(40, 2)];
    const matrix = await boxIouMatrix(a, b, kind);
    expect(matrix).toHaveLength(2400);
    matrix.forEach((value, index) => {
      const expected = measures[kind](at(a, Math.floor(index / 40)), at(b, index % 40));
      const most = 1e-4 * Math.max(Math.abs(expected), 0.01);
      expect(Math.abs(value - expected), `pair ${index}`).toBeLessThanOrEqual(most);
    });
  });

  test("boxIouMatrix(a, b) is NaN where no box has an area, and 0 where one has", async () => {
    await startBackend({prefer: backend});
    const matrix = await boxIouMatrix(Float32Array.of(0, 0, 0, 0), Float32Array.of(1, 1, 1, 1, 0, 0, 1, 1));
    expect(Array.from(matrix)).toEqual([NaN, 0]);
  });
});

test("boxIouMatrix(a, b) with no boxes is empty", async () => {
  expect(await boxIouMatrix(new Float32Array(), boxes(3, 1))).toHaveLength(0);
  expect(await boxIouMatrix(boxes(3, 1), new Float32Array())).toHaveLength(0);
});

test("boxIouMatrix refuses boxes that are not four numbers each", async () => {
  await expect(boxIouMatrix(Float32Array.of(1, 2, 3), boxes(1, 1))).rejects.toThrow(RangeError);
});

test("boxIouMatrix(a, b) of a million pairs equals its parts, and leaves no tensor", async () => {
  const [a, b] = [boxes(1000, 3), boxes(1000, 4)];
  const before = memory().numTensors;
  const matrix = await boxIouMatrix(a, b, "giou");
  expect(memory().numTensors).toBe(before);
  for (const row of [0, 499, 999]) {
    const alone = await boxIouMatrix(a.subarray(4 * row, 4 * row + 4), b, "giou");
    expect(matrix.subarray(1000 * row, 1000 * row + 1000)).toEqual(alone);
  }
});
