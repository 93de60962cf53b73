import {describe, expect, it} from "vitest";
import {seededRandom} from "../../src/compute/random.js";
import type {CenterBox} from "../../src/iou/box.js";
import {anchorPoints, casesPerPoint, center, ratios, scales} from "../../src/iou/experiment.js";
import type {AnchorPoint, ExperimentKind} from "../../src/iou/experiment.js";
import {descend, paperLearningRate} from "../../src/iou/regression.js";
import type {Sign} from "../../src/iou/regression.js";
import fixture from "../fixtures/iou/regression.json" with {type: "json"};

const points = fixture.points as unknown as readonly AnchorPoint[];

/** The mean error of all cases after each step, box by box. */
function meanErrors(kind: ExperimentKind, sign: Sign, steps: number): readonly number[] {
  const sums = new Array<number>(steps + 1).fill(0);
  for (const [x, y] of points)
    for (const target of ratios)
      for (const scale of scales)
        for (const [w, h] of ratios) {
          const start: CenterBox = [x, y, w * Math.sqrt(scale), h * Math.sqrt(scale)];
          const options = {steps, learningRate: paperLearningRate, sign};
          for (const {step, error} of descend(kind, start, [...center, ...target], options)) sums[step]! += error;
        }
  return sums.map((sum) => sum / (points.length * casesPerPoint));
}

describe("the DIoU paper's simulation", () => {
  it("has 343 cases a point, 1,715,000 for the paper's 5,000", () => {
    expect(casesPerPoint).toBe(343);
    expect(casesPerPoint * 5000).toBe(1_715_000);
  });

  it("spreads anchor points evenly over the disc, the same for the same seed", () => {
    const some = anchorPoints(4000, seededRandom(1));
    const distances = some.map(([x, y]) => Math.hypot(x - 10, y - 10));
    expect(Math.max(...distances)).toBeLessThanOrEqual(3);
    // Half of a disc's area lies within 1/√2 of its radius.
    expect(distances.filter((d) => d < 3 / Math.SQRT2).length / 4000).toBeCloseTo(0.5, 1);
    expect(anchorPoints(5, seededRandom(1))).toEqual(some.slice(0, 5));
  });

  // PyTorch autograd's curves over the same 40 points; subgradients at exact ties differ, so 1 % up to step 160. The
  // kernel's tests compare all six curves; these three go through every branch of the float64 descent.
  for (const name of ["giou", "diou-published", "ciou"] as const) {
    const kind = name.replace("-published", "") as ExperimentKind;
    it(`follows PyTorch's curve for ${name}, box by box in float64`, {timeout: 120_000}, () => {
      meanErrors(kind, name.endsWith("published") ? "published" : "true", 160).forEach((error, step) => {
        const expected = fixture.curves[name][step]!;
        expect(Math.abs(error - expected) / expected, `step ${step}`).toBeLessThan(0.01);
      });
    });
  }
});

describe("descend", () => {
  it("leaves a disjoint box where it is under IoU, and says the loss is flat there", () => {
    const options = {steps: 20, learningRate: paperLearningRate};
    const steps = [...descend("iou", [3, 3, 1, 1], [10, 10, 1, 1], options)];
    expect(steps).toHaveLength(21);
    expect(steps.at(-1)).toMatchObject({box: [3, 3, 1, 1], iou: 0, steepness: 0});
  });

  it("brings a disjoint box home under DIoU", () => {
    const options = {steps: 400, learningRate: () => 0.1};
    const last = [...descend("diou", [8, 8, 1, 1], [10, 10, 1, 1], options)].at(-1)!;
    expect(last.iou).toBeGreaterThan(0.9);
  });
});
