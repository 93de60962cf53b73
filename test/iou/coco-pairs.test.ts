import {describe, expect, it} from "vitest";
import {rankByDisagreement} from "../../src/iou/coco-pairs.js";
import type {CocoPair} from "../../src/iou/coco-pairs.js";

const pair = (category: string, prediction: CocoPair["prediction"], target: CocoPair["target"]): CocoPair => ({
  image: 1, width: 640, height: 480, category, score: 1, prediction, target, outline: []
});

describe("rankByDisagreement", () => {
  it("puts first the pair whose measures lie furthest apart, last the one that fits", () => {
    const ranked = rankByDisagreement([
      pair("perfect", [0, 0, 10, 10], [0, 0, 10, 10]),
      pair("inside, off centre", [0, 0, 5, 5], [0, 0, 10, 10]),
      pair("shifted", [3, 3, 13, 13], [0, 0, 10, 10]),
      pair("thin cross", [0, 4, 100, 6], [48, 0, 52, 10])
    ]);
    expect(ranked.map(({category}) => category)).toEqual(["thin cross", "shifted", "inside, off centre", "perfect"]);
    expect(ranked.at(-1)!.disagreement).toBeCloseTo(0, 6);
  });
});
