import {expect, it} from "vitest";
import {expectedCalibrationError, reliabilityBins} from "../../src/focal-loss/calibration.js";

it("reliabilityBins counts each probability once, 0 and 1 included, a bin's upper end in the bin", () => {
  const bins = reliabilityBins([0, 0.1, 0.5, 0.9999, 1], [0, 1, 1, 1, 1], 10);
  expect(bins.map(({count}) => count)).toEqual([2, 0, 0, 0, 1, 0, 0, 0, 0, 2]);
  expect(bins[0]).toMatchObject({confidence: 0.05, frequency: 0.5});
});

it("expectedCalibrationError is 0 where the shares are as predicted, and leaves empty bins out", () => {
  expect(expectedCalibrationError(reliabilityBins([0.5, 0.5], [0, 1]))).toBe(0);
  expect(expectedCalibrationError(reliabilityBins([0.9, 0.9], [0, 1]))).toBeCloseTo(0.4, 12);
  expect(expectedCalibrationError(reliabilityBins([], []))).toBe(0);
});
