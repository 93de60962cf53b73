import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {confusion} from "../../src/map/confusion.js";
import type {CocoDataset, CocoResult} from "../../src/map/coco.js";
import {errorKinds, tide} from "../../src/map/tide.js";
import type {PerKind} from "../../src/map/tide.js";

interface TideCase {
  readonly name: string;
  readonly threshold: number;
  readonly ap: number;
  readonly gains: PerKind;
  readonly counts: PerKind;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}
interface Data {
  readonly name: string;
  readonly groundTruth: CocoDataset;
  readonly detections: readonly CocoResult[];
}

const read = <T>(path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as T;
const data: readonly Data[] = [
  ...read<{cases: Data[]}>("../fixtures/map/coco.json").cases,
  {
    name: "val2014",
    groundTruth: read("../../data/coco-val2014-100/ground-truth.json"),
    detections: read("../../data/coco-val2014-100/detections.json")
  }
];
const cases = read<{cases: TideCase[]}>("../fixtures/map/tide.json").cases;

describe("tide", () => {
  it.each(cases.map((each) => [`${each.name} at ${each.threshold}`, each] as const))("equals tidecv: %s", (_, expected) => {
    const {groundTruth, detections} = data.find(({name}) => name === expected.name)!;
    const report = tide(groundTruth, detections, {threshold: expected.threshold});
    expect(report.counts).toEqual(expected.counts);
    expect(report.ap).toBeCloseTo(expected.ap, 9);
    for (const kind of errorKinds) expect(report.gains[kind], kind).toBeCloseTo(expected.gains[kind], 9);
    expect(report.falsePositives).toBeCloseTo(expected.falsePositives, 9);
    expect(report.falseNegatives).toBeCloseTo(expected.falseNegatives, 9);
  });

  it("names each kind of error in a picture made of one of each", () => {
    const truth = (id: number, category_id: number, x: number) => ({id, image_id: 1, category_id, bbox: [x, 0, 10, 10] as const, area: 100});
    const seen = (category_id: number, x: number, score: number) => ({image_id: 1, category_id, bbox: [x, 0, 10, 10] as const, score});
    const groundTruth = {
      images: [{id: 1}],
      categories: [{id: 1, name: "cat"}, {id: 2, name: "dog"}],
      annotations: [truth(1, 1, 0), truth(2, 1, 100), truth(3, 2, 200), truth(4, 2, 300), truth(5, 1, 400)]
    };
    const detections = [seen(1, 0, 0.9), seen(1, 1, 0.8), seen(1, 105, 0.7), seen(1, 200, 0.6), seen(1, 600, 0.5), seen(1, 305, 0.4)];
    const {errors} = tide(groundTruth, detections).images.get(1)!;
    expect(errors.map(({kind}) => kind)).toEqual(["duplicate", "localisation", "class", "background", "both", "missed", "missed"]);
  });
});

describe("confusion", () => {
  it("has every object in its row and every detection of the score in its column, crowds aside", () => {
    const {groundTruth, detections} = data.find(({name}) => name === "crowds")!;
    const {ids, counts} = confusion(groundTruth, detections, {score: 0.4});
    const size = ids.length + 1;
    for (const [k, id] of ids.entries()) {
      const row = counts.subarray(k * size, (k + 1) * size).reduce((a, b) => a + b, 0);
      expect(row).toBe(groundTruth.annotations.filter((a) => a.category_id === id && !a.iscrowd).length);
      const column = ids.map((_, r) => counts[r * size + k]!).reduce((a, b) => a + b, counts[ids.length * size + k]!);
      expect(column).toBeLessThanOrEqual(detections.filter((d) => d.category_id === id && d.score >= 0.4).length);
    }
    expect(counts[size * size - 1]).toBe(0);
  });

  it("puts a detection of the wrong class in the row of what it covers", () => {
    const box = [0, 0, 10, 10] as const;
    const groundTruth = {
      images: [{id: 1}],
      categories: [{id: 3, name: "cat"}, {id: 7, name: "dog"}],
      annotations: [{id: 1, image_id: 1, category_id: 3, bbox: box, area: 100}]
    };
    const {counts} = confusion(groundTruth, [{image_id: 1, category_id: 7, bbox: box, score: 0.9}]);
    expect([...counts]).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0]);
  });
});
