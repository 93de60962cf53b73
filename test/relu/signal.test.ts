import {describe, expect, it} from "vitest";
import {normal, seededRandom} from "../../src/compute/random.js";
import {
  activationStatistics, bins, deadShare, deviations, drawWeights, gradientStatistics
} from "../../src/relu/signal.js";
import type {Initialisation} from "../../src/relu/signal.js";

const draw = (kind: Initialisation, width: number, seed = 1) => {
  const random = seededRandom(seed);
  return drawWeights(kind, width, () => normal(random), random);
};

describe("drawWeights", () => {
  it.each(Object.keys(deviations) as Initialisation[])("%s has the deviation it is named for", (kind) => {
    const {mean, deviation} = activationStatistics(draw(kind, 64));
    expect(mean).toBeCloseTo(0, 1.5);
    expect(deviation / deviations[kind](64)).toBeCloseTo(1, 1);
  });

  it("orthogonal is a rotation: rows of length 1, at right angles", () => {
    const weights = draw("orthogonal", 16);
    for (let a = 0; a < 16; a++) {
      for (let b = 0; b < 16; b++) {
        let product = 0;
        for (let k = 0; k < 16; k++) product += weights[16 * a + k]! * weights[16 * b + k]!;
        expect(product).toBeCloseTo(a === b ? 1 : 0, 6);
      }
    }
  });

  it("glorot is uniform: no weight beyond √(6 / 2n)", () => {
    expect(Math.max(...draw("glorot", 32).map(Math.abs))).toBeLessThan(Math.sqrt(6 / 64));
  });
});

describe("statistics of a layer", () => {
  it("have the mean, the deviation and the root mean square, and shares that add up to 1", () => {
    const {mean, deviation, rms, histogram} = activationStatistics(Float32Array.from([1, 3, 1, 3]));
    expect([mean, deviation, rms]).toEqual([2, 1, Math.sqrt(5)]);
    expect(histogram).toHaveLength(bins);
    expect(histogram.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    expect(histogram[bins - 1]).toBeCloseTo(0.5, 6);
  });

  it("count gradients of 0 among the smallest", () => {
    expect(gradientStatistics(Float32Array.from([0, 0, 1])).histogram[0]).toBeCloseTo(2 / 3, 6);
  });

  it("count a unit as dead only if it has no slope on any sample", () => {
    expect(deadShare(Float32Array.from([0, 0, 1, 0, 0, 0, 1, 1]), 4)).toBe(0.5);
  });
});
