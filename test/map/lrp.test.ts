import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import type {CocoDataset, CocoResult} from "../../src/map/coco.js";
import {lrpOf, optimalLrp} from "../../src/map/lrp.js";
import type {Lrp} from "../../src/map/lrp.js";
import {outcomesOf} from "../../src/map/outcome.js";

const read = <T>(path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as T;

describe("lrpOf and optimalLrp", () => {
  const outcomes = {
    positives: 3,
    ranked: [
      {score: 0.9, hit: true, iou: 0.9},
      {score: 0.8, hit: false, iou: 0},
      {score: 0.7, hit: true, iou: 0.6}
    ]
  };

  it("are the paper's sums, worked by hand at τ = 0.5", () => {
    // One found of three: (0.1/0.5 + 0 + 2)/3.
    expect(lrpOf(outcomes, 1, 0.5).lrp).toBeCloseTo(2.2 / 3, 12);
    // A false positive more: (0.2 + 1 + 2)/4.
    expect(lrpOf(outcomes, 2, 0.5).lrp).toBeCloseTo(3.2 / 4, 12);
    // Two found: (0.2 + 0.4/0.5 + 1 + 1)/4 = 0.75.
    expect(lrpOf(outcomes, 3, 0.5)).toEqual({
      lrp: expect.closeTo(0.75, 12) as number,
      localisation: expect.closeTo(0.25, 12) as number,
      falsePositives: expect.closeTo(1 / 3, 12) as number,
      falseNegatives: expect.closeTo(1 / 3, 12) as number,
      score: 0.7
    });
    expect(optimalLrp(outcomes, 0.5)).toMatchObject({lrp: expect.closeTo(2.2 / 3, 12) as number, score: 0.9});
  });

  it("are 0 for a perfect detector and 1 where nothing is kept or found", () => {
    expect(optimalLrp({positives: 1, ranked: [{score: 0.5, hit: true, iou: 1}]}, 0.5).lrp).toBe(0);
    expect(lrpOf(outcomes, 0, 0.5).lrp).toBe(1);
    expect(optimalLrp({positives: 2, ranked: [{score: 0.5, hit: false, iou: 0}]}, 0.5)).toMatchObject({lrp: 1, falseNegatives: 1});
    expect(optimalLrp({positives: 2, ranked: []}, 0.5).lrp).toBe(1);
  });
});

type Values = {readonly [K in keyof Lrp]: readonly (number | null)[]};
interface Case {
  readonly groundTruth: CocoDataset;
  readonly detections: readonly CocoResult[];
}
const fixture = read<{sample: Values; cases: Values[]}>("../fixtures/map/lrp.json");
const cases: readonly (readonly [Case, Values])[] = [
  [{
    groundTruth: read("../../data/coco-val2014-100/ground-truth.json"),
    detections: read("../../data/coco-val2014-100/detections.json")
  }, fixture.sample],
  ...read<{cases: Case[]}>("../fixtures/map/more-coco.json").cases.map((each, i) => [each, fixture.cases[i]!] as const)
];

it.each(cases.map((each, i) => [i, ...each] as const))("equals the authors' evaluator, class by class: case %i", (_, each, theirs) => {
  const ids = each.groundTruth.images.map(({id}) => id).sort((a, b) => a - b);
  const classes = each.groundTruth.categories.map(({id}) => id).sort((a, b) => a - b);
  for (const [k, category] of classes.entries()) {
    const images = ids.map((id) => ({
      truths: each.groundTruth.annotations.filter((a) => a.image_id === id && a.category_id === category),
      detections: each.detections.filter((d) => d.image_id === id && d.category_id === category)
    }));
    const outcomes = outcomesOf(images, {threshold: 0.5});
    if (theirs.lrp[k] === -1) {
      expect(outcomes.positives).toBe(0);
      continue;
    }
    const ours = optimalLrp(outcomes, 0.5);
    for (const name of Object.keys(ours) as (keyof Lrp)[]) {
      expect([name, ours[name]]).toEqual([name, theirs[name][k] === null ? NaN : expect.closeTo(theirs[name][k]!, 9)]);
    }
  }
});
