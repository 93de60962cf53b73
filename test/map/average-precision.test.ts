import {describe, expect, it} from "vitest";
import {averagePrecision} from "../../src/map/average-precision.js";

describe("averagePrecision", () => {
  const recall = [0.25, 0.25, 0.5, 0.5, 0.75];
  const precision = [1, 0.5, 2 / 3, 0.5, 0.6];

  it("samples the envelope at 11 recalls, at 101, or takes the whole area", () => {
    // The envelope: 1 up to recall 0.25, 2/3 up to 0.5, 0.6 up to 0.75, then 0.
    expect(averagePrecision(recall, precision, "all-point")).toBeCloseTo(0.25 * (1 + 2 / 3 + 0.6), 12);
    expect(averagePrecision(recall, precision, "voc11")).toBeCloseTo((3 + 3 * (2 / 3) + 2 * 0.6) / 11, 12);
    expect(averagePrecision(recall, precision, "coco101")).toBeCloseTo((26 + 25 * (2 / 3) + 25 * 0.6) / 101, 12);
  });

  it("is 1 for a perfect curve and 0 for an empty one", () => {
    for (const kind of ["voc11", "all-point", "coco101"] as const) {
      expect(averagePrecision([0.5, 1], [1, 1], kind)).toBeCloseTo(1, 12);
      expect(averagePrecision([], [], kind)).toBe(0);
    }
  });

  it("refuses lists of different lengths", () => {
    expect(() => averagePrecision([0.5], [], "voc11")).toThrow(RangeError);
  });
});
