import {describe, expect, it} from "vitest";
import {bestF1, frequencyWeightedAp, pooled, precisionAt} from "../../src/map/outcome.js";
import type {Outcomes} from "../../src/map/outcome.js";

const ranked = (scores: readonly number[], hits: readonly number[]) =>
  scores.map((score, i) => ({score, hit: hits[i] === 1, iou: hits[i] ? 0.8 : 0}));
const outcomes: Outcomes = {positives: 4, ranked: ranked([0.9, 0.8, 0.7, 0.6, 0.5], [1, 1, 0, 1, 0])};

describe("bestF1", () => {
  it("is the largest 2PR/(P + R) over the thresholds, with the threshold", () => {
    // F1 after each: 2/5, 4/6, 4/7, 6/8, 6/9.
    expect(bestF1(outcomes)).toEqual({score: 0.6, precision: 0.75, recall: 0.75, f1: 0.75});
  });

  it("lets equal scores stand or fall together", () => {
    expect(bestF1({positives: 1, ranked: ranked([0.5, 0.5], [1, 0])})).toEqual({score: 0.5, precision: 0.5, recall: 1, f1: 2 / 3});
  });

  it("is null where nothing is detected", () => {
    expect(bestF1({positives: 4, ranked: []})).toBeNull();
  });
});

it("precisionAt is the share of hits among the first k", () => {
  expect(precisionAt(outcomes, 2)).toBe(1);
  expect(precisionAt(outcomes, 4)).toBe(0.75);
  expect(precisionAt(outcomes, 100)).toBe(0.6);
});

it("pooled ranks several classes together", () => {
  const both = pooled([outcomes, {positives: 1, ranked: ranked([0.85], [0])}]);
  expect(both.positives).toBe(5);
  expect(both.ranked.map(({score}) => score)).toEqual([0.9, 0.85, 0.8, 0.7, 0.6, 0.5]);
});

it("frequencyWeightedAp weighs a class by its objects and leaves out those without", () => {
  expect(frequencyWeightedAp([{ap: 0.9, positives: 90}, {ap: 0.1, positives: 10}, {ap: -1, positives: 0}])).toBeCloseTo(0.82, 12);
  expect(frequencyWeightedAp([])).toBe(-1);
});
