import {describe, expect, it} from "vitest";
import {placesOf, rankByDisagreement} from "../../src/iou/coco-pairs.js";
import type {CocoPair} from "../../src/iou/coco-pairs.js";

const pair = (category: string, prediction: CocoPair["prediction"], target: CocoPair["target"]): CocoPair => ({
  image: 1, width: 640, height: 480, category, score: 1, prediction, target, outline: []
});

describe("placesOf", () => {
  it("ranks from the largest, equal values sharing the mean place, undefined ones last", () => {
    expect(placesOf([0.5, NaN, 0.9, 0.5])).toEqual([2.5, 4, 1, 2.5]);
  });
});

describe("rankByDisagreement", () => {
  it("puts first the pair that the measures place furthest apart", () => {
    const ranked = rankByDisagreement([
      pair("perfect", [0, 0, 10, 10], [0, 0, 10, 10]),
      pair("inside, off centre", [0, 0, 5, 5], [0, 0, 10, 10]),
      pair("shifted", [3, 3, 13, 13], [0, 0, 10, 10]),
      pair("thin cross", [0, 4, 100, 6], [48, 0, 52, 10])
    ]);
    const [first] = ranked;
    expect(first!.disagreement).toBe(Math.max(...ranked.map(({disagreement}) => disagreement)));
    expect(ranked.find(({category}) => category === "perfect")!.disagreement).toBe(0);
  });
});
