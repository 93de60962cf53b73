import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {iou} from "../../src/iou/iou.js";
import {cocoOverlap} from "../../src/map/coco-overlap.js";
import {evaluateByClass, evaluateCoco} from "../../src/map/coco.js";
import type {CocoDataset, CocoResult} from "../../src/map/coco.js";

interface Case {
  readonly name: string;
  readonly groundTruth: CocoDataset;
  readonly detections: readonly CocoResult[];
  readonly stats: readonly number[];
  readonly ap_per_class: readonly number[];
  readonly recall_all_100: readonly (readonly number[])[];
  readonly precision_50_all_100?: readonly (readonly number[])[];
}

const read = <T>(path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as T;
const fixtures = ["coco", "more-coco"].flatMap((name) => read<{cases: Case[]}>(`../fixtures/map/${name}.json`).cases);

const sample: Case = {
  ...read<Case>("../fixtures/map/coco-val2014-100.json"),
  name: "COCO val2014, 100 images",
  groundTruth: read("../../data/coco-val2014-100/ground-truth.json"),
  detections: read("../../data/coco-val2014-100/detections.json")
};

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  const worst = Math.max(0, ...actual.map((value, i) => Math.abs(value - expected[i]!)));
  expect(worst).toBeLessThan(1e-9);
}

describe("evaluateCoco", () => {
  it.each([...fixtures, sample].map((each) => [each.name, each] as const))("equals pycocotools: %s", (_, each) => {
    const {stats, precision, recall, classes} = evaluateCoco(each.groundTruth, each.detections);
    expectClose(stats, each.stats);
    expectClose(classes.map(({ap}) => ap), each.ap_per_class);
    const [T = 0, R = 0, K = 0, A = 0, M = 0] = precision.shape;
    expect([T, R, A, M]).toEqual([10, 101, 4, 3]);
    if (each.recall_all_100) {
      const ours = Array.from({length: T}, (_, t) => Array.from({length: K}, (_, k) => recall.data[(t * K + k) * A * M + 2]!));
      expectClose(ours.flat(), each.recall_all_100.flat());
    }
    if (each.precision_50_all_100) {
      const ours = Array.from({length: K}, (_, k) => Array.from({length: R}, (_, r) => precision.data[(r * K + k) * A * M + 2]!));
      expectClose(ours.flat(), each.precision_50_all_100.flat());
    }
  });

  it("refuses a detection of an unknown image, saying which", () => {
    const stray = {image_id: 99_999_999, category_id: 1, bbox: [0, 0, 1, 1], score: 1} as const;
    expect(() => evaluateCoco(sample.groundTruth, [stray])).toThrow(/detection 0 is of image 99999999/);
  });

  it("tells how far it is, class by class", () => {
    const shares = [...evaluateByClass(sample.groundTruth, sample.detections)];
    expect(shares.length).toBe(80);
    expect(shares.at(-1)).toBe(1);
  });
});

describe("cocoOverlap", () => {
  it("is src/iou's iou but for rounding, and over a crowd the detection's covered share", () => {
    expect(cocoOverlap([3, 4, 10, 8], [5, 6, 9, 11], false)).toBeCloseTo(iou([3, 4, 13, 12], [5, 6, 14, 17]), 12);
    expect(cocoOverlap([3, 4, 10, 8], [0, 0, 50, 50], true)).toBe(1);
    expect(cocoOverlap([0, 0, 5, 5], [5, 0, 5, 5], false)).toBe(0);
  });
});
