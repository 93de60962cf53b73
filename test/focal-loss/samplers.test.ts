import {describe, expect, it} from "vitest";
import {normal, seededRandom} from "../../src/compute/random.js";
import {generatePoints, indicesOf, shapes} from "../../src/focal-loss/datasets.js";
import {lossOf} from "../../src/focal-loss/remedies.js";
import {balancedBatches, listed, oversampled, undersampled} from "../../src/focal-loss/samplers.js";
import {smote, smoteSteps} from "../../src/focal-loss/smote.js";
import {splitSnowDays} from "../../src/focal-loss/snow-days.js";

const labels = Uint8Array.from({length: 100}, (_, i) => Number(i % 20 === 7));
const rareIn = (indices: ArrayLike<number>) => Array.from(indices).filter((i) => labels[i] === 1).length;
const chance = (seed: number) => {
  const uniform = seededRandom(seed);
  return {uniform, normal: () => normal(uniform)};
};

describe("samplers", () => {
  const all = {
    listed: listed([...labels.keys()], seededRandom),
    undersampled: undersampled(labels, seededRandom),
    oversampled: oversampled(labels, seededRandom),
    balancedBatches: balancedBatches(labels, 10, seededRandom)
  };
  for (const [name, sampler] of Object.entries(all)) {
    it(`${name} gives an epoch of its length, the same for the same seed, another for another`, () => {
      expect(sampler.epoch(1, 0)).toHaveLength(sampler.length);
      expect(sampler.epoch(1, 3)).toEqual(sampler.epoch(1, 3));
      expect(sampler.epoch(1, 3)).not.toEqual(sampler.epoch(2, 3));
      expect(sampler.epoch(1, 3)).not.toEqual(sampler.epoch(1, 4));
    });
  }

  it("listed gives every index once", () => {
    expect(Array.from(all.listed.epoch(1, 0)).sort((a, b) => a - b)).toEqual([...labels.keys()]);
  });

  it("undersampled keeps the same few common points for a seed, as many as there are rare ones", () => {
    const [first, later] = [all.undersampled.epoch(4, 0), all.undersampled.epoch(4, 9)];
    expect(rareIn(first)).toBe(5);
    expect(first).toHaveLength(10);
    expect(new Set(Array.from(first))).toEqual(new Set(Array.from(later)));
  });

  it("oversampled gives every common point once and as many rare ones", () => {
    const epoch = Array.from(all.oversampled.epoch(4, 0));
    expect(rareIn(epoch)).toBe(95);
    expect(new Set(epoch).size).toBe(100);
    expect(epoch).toHaveLength(190);
  });

  it("balancedBatches fills half of every batch with rare points, all of them in turn", () => {
    const epoch = Array.from(all.balancedBatches.epoch(4, 0));
    for (let at = 0; at < epoch.length; at += 10) expect(rareIn(epoch.slice(at, at + 10))).toBe(5);
    expect(new Set(epoch.slice(0, 10).filter((i) => labels[i] === 1)).size).toBe(5);
  });
});

describe("smote", () => {
  const data = generatePoints({shape: "blobs", count: 400, ratio: 19, overlap: 0.5}, chance(5));

  it("makes both classes equal, each point between a rare one and one of its five nearest", () => {
    const steps = [...smoteSteps(data, seededRandom(1))];
    expect(steps).toHaveLength(360);
    const at = (i: number) => [data.points[2 * i]!, data.points[2 * i + 1]!] as const;
    const apart = (i: number, j: number) => Math.hypot(at(i)[0] - at(j)[0], at(i)[1] - at(j)[1]);
    for (const {from, to, gap, point} of steps) {
      expect(data.labels[from]! + data.labels[to]!).toBe(2);
      const nearer = indicesOf(data.labels, 1).filter((i) => i !== from && apart(i, from) < apart(to, from));
      expect(nearer.length).toBeLessThan(5);
      expect(point[0]).toBeCloseTo(at(from)[0] + gap * (at(to)[0] - at(from)[0]), 6);
    }
    expect(smote(data, seededRandom(1))).toHaveLength(720);
  });

  it("repeats a rare point that has no neighbour", () => {
    const single = {points: Float32Array.of(0, 0, 1, 1, 2, 2), labels: Uint8Array.of(0, 1, 0)};
    expect(Array.from(smote(single, seededRandom(1), {count: 3}))).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

describe("generatePoints", () => {
  it.each(shapes)("%s: the ratio holds from 1:1 to 1:1000, rare points spread evenly", (shape) => {
    for (const ratio of [1, 10, 100, 1000]) {
      const {labels: made, points} = generatePoints({shape, count: 4000, ratio, overlap: 0.5}, chance(2));
      const rare = indicesOf(made, 1).length;
      expect(rare).toBe(Math.round(4000 / (1 + ratio)));
      expect(Math.abs(indicesOf(made.subarray(0, 2000), 1).length - rare / 2)).toBeLessThanOrEqual(1);
      expect(points.every(Number.isFinite)).toBe(true);
    }
  });

  it("always has a rare point", () => {
    expect(indicesOf(generatePoints({shape: "ring", count: 100, ratio: 1000, overlap: 0}, chance(1)).labels, 1)).toHaveLength(1);
  });
});

it("splitSnowDays halves both classes", () => {
  const snow = [0, 1, 0, 1, 1, 0, 0];
  const {train, test} = splitSnowDays({temperature: snow, precipitation: snow, snow});
  expect([...train.labels]).toEqual([0, 1, 1, 0]);
  expect([...test.labels]).toEqual([0, 1, 0]);
});

it("lossOf turns weights of two classes into an α", () => {
  const options = {alpha: 0.25, gamma: 2, beta: 0.999};
  expect(lossOf("plain", [99, 1], options)).toEqual([-1, 0]);
  expect(lossOf("focal", [99, 1], options)).toEqual([0.25, 2]);
  expect(lossOf("weighted", [99, 1], options)[0]).toBeCloseTo(0.99, 12);
  expect(lossOf("effective", [99, 1], {...options, beta: 0})[0]).toBeCloseTo(0.5, 12);
});
