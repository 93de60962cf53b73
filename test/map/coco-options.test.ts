import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {evaluateCoco} from "../../src/map/coco.js";
import {evaluateCocoAsync} from "../../src/map/coco-async.training.js";
import type {AreaRange, CocoDataset, CocoResult, Tensor} from "../../src/map/coco.js";
import {packCoco, unpackCoco} from "../../src/map/coco-pack.js";

interface Data {
  readonly name: string;
  readonly groundTruth: CocoDataset;
  readonly detections: readonly CocoResult[];
}
interface ArraysCase {
  readonly name: string;
  readonly params: {readonly iouThrs?: number[]; readonly areaRng?: AreaRange[]; readonly maxDets?: number[]; readonly catIds?: number[]; readonly imgIds?: number[]};
  readonly precision_shape: readonly number[];
  readonly precision: readonly (readonly [number, number])[];
  readonly recall: readonly (readonly [number, number])[];
}

const read = <T>(path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as T;
const data = read<{cases: Data[]}>("../fixtures/map/coco.json").cases;
const arrays = read<{cases: ArraysCase[]}>("../fixtures/map/arrays.json").cases;
const named = (name: string) => data.find((each) => each.name === name)!;

/** The array with its recalls last, as the fixture has it. */
function recallsLast({shape: [T = 0, R = 0, ...rest], data}: Tensor): readonly number[] {
  const inner = rest.reduce((a, b) => a * b, 1);
  const values: number[] = [];
  for (let t = 0; t < T; t++) for (let i = 0; i < inner; i++) for (let r = 0; r < R; r++) values.push(data[(t * R + r) * inner + i]!);
  return values;
}

const worst = (ours: ArrayLike<number>, runs: ArraysCase["recall"]) => {
  const theirs = runs.flatMap(([value, times]) => Array.from({length: times}, () => value));
  expect(ours.length).toBe(theirs.length);
  return theirs.reduce((most, value, i) => Math.max(most, Math.abs(value - ours[i]!)), 0);
};

describe("evaluateCoco", () => {
  it.each(arrays.map((each) => [each.name, each] as const))("has all of pycocotools' precision and recall: %s", (name, {params, ...expected}) => {
    const {groundTruth, detections} = named(name);
    const {iouThrs, areaRng, maxDets, catIds, imgIds} = params;
    const {precision, recall} = evaluateCoco(groundTruth, detections, {
      ...(iouThrs && {iouThresholds: iouThrs}),
      ...(areaRng && {areaRanges: areaRng}),
      ...(maxDets && {maxDets}),
      ...(catIds && {categories: catIds}),
      ...(imgIds && {images: imgIds})
    });
    expect(precision.shape).toEqual(expected.precision_shape);
    expect(worst(recallsLast(precision), expected.precision)).toBeLessThan(1e-9);
    expect(worst(recall.data, expected.recall)).toBeLessThan(1e-9);
  });

  it("says −1 for what the options leave out, and refuses options that make no sense", () => {
    const {groundTruth, detections} = named("plain");
    const {stats} = evaluateCoco(groundTruth, detections, {iouThresholds: [0.6], areaRanges: [[0, 1e10]], maxDets: [100]});
    expect(stats.map((value) => value === -1)).toEqual([false, true, true, true, true, true, false, true, true, true, true, true]);
    expect(() => evaluateCoco(groundTruth, detections, {maxDets: [0.5]})).toThrow(RangeError);
    expect(() => evaluateCoco(groundTruth, detections, {iouThresholds: [50]})).toThrow(/between 0 and 1/);
  });
});

describe("evaluateCocoAsync", () => {
  const {groundTruth, detections} = named("crowds");

  it("gives what evaluateCoco gives, with progress", async () => {
    const shares: number[] = [];
    const evaluation = await evaluateCocoAsync(groundTruth, detections, {maxDets: [3, 30], onProgress: (share) => shares.push(share)});
    expect(evaluation).toEqual(evaluateCoco(groundTruth, detections, {maxDets: [3, 30]}));
    expect(shares).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it("ends with the signal's reason when aborted, at once or on the way", async () => {
    await expect(evaluateCocoAsync(groundTruth, detections, {signal: AbortSignal.abort(new Error("no more"))})).rejects.toThrow("no more");
    const abort = new AbortController();
    const onProgress = () => abort.abort(new Error("enough"));
    await expect(evaluateCocoAsync(groundTruth, detections, {signal: abort.signal, onProgress})).rejects.toThrow("enough");
  });

  it("packs a data set and unpacks the same", () => {
    const run = packCoco(groundTruth, detections);
    let next = run.next();
    while (!next.done) next = run.next();
    const unpacked = unpackCoco(next.value);
    const plain = detections.map(({image_id, category_id, bbox, score}) => ({image_id, category_id, bbox: [...bbox], score}));
    expect(unpacked.detections).toEqual(plain);
    expect(evaluateCoco(unpacked.groundTruth, unpacked.detections)).toEqual(evaluateCoco(groundTruth, detections));
  });
});
