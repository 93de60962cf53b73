import {expect, it} from "vitest";
import {precisionRecallCurve} from "../../src/focal-loss/average-precision.js";
import {averagePrecision} from "../../src/focal-loss/focal.js";
import fixture from "../fixtures/focal-loss/average-precision.json" with {type: "json"};

const apart = (a: ArrayLike<number>, b: readonly number[]) => Math.max(...b.map((value, i) => Math.abs(value - a[i]!)));

it("averagePrecision equals scikit-learn's within 1e-12, ties included", () => {
  for (const c of fixture.cases) {
    expect(Math.abs(averagePrecision(c.scores, c.labels) - c.averagePrecision)).toBeLessThan(1e-12);
  }
});

it("precisionRecallCurve equals scikit-learn's points and thresholds", () => {
  for (const c of fixture.cases) {
    const curve = precisionRecallCurve(c.scores, c.labels);
    expect(curve.thresholds.length).toBe(c.thresholds.length);
    expect(curve.precision.length).toBe(c.precision.length);
    expect(apart(curve.precision, c.precision)).toBeLessThan(1e-15);
    expect(apart(curve.recall, c.recall)).toBeLessThan(1e-15);
    expect(apart(curve.thresholds, c.thresholds)).toBe(0);
  }
});

it("averagePrecision is 1 for a perfect order, the rate of positives for equal scores, 0 without positives", () => {
  expect(averagePrecision([3, 2, 1, 0], [1, 1, 0, 0])).toBe(1);
  expect(averagePrecision([1, 1, 1, 1], [1, 0, 0, 0])).toBe(0.25);
  expect(averagePrecision([1, 2], [0, 0])).toBe(0);
  expect(averagePrecision([], [])).toBe(0);
});

it("precisionRecallCurve refuses what it cannot order or pair", () => {
  expect(() => precisionRecallCurve([1, 2], [1])).toThrow("2 scores need as many labels, not 1");
  expect(() => precisionRecallCurve([1, NaN], [1, 0])).toThrow("score 1 is not a number");
});
