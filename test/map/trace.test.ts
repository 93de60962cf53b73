import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {cocoRecalls, precisionEnvelope, sampleCurve} from "../../src/map/average-precision.js";
import type {ClassImage} from "../../src/map/coco-class.js";
import {evaluateCoco, iouThresholds} from "../../src/map/coco.js";
import type {CocoAnnotation, CocoDataset, CocoResult} from "../../src/map/coco.js";
import {drain, traceClass} from "../../src/map/trace.js";
import {evaluateVoc, traceVoc} from "../../src/map/voc.js";

const read = <T>(path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as T;

interface Case {
  readonly groundTruth: CocoDataset;
  readonly detections: readonly CocoResult[];
}
const cases = read<{cases: Case[]}>("../fixtures/map/more-coco.json").cases;
const sample: Case = {
  groundTruth: read("../../data/coco-val2014-100/ground-truth.json"),
  detections: read("../../data/coco-val2014-100/detections.json")
};

/** A class's images by rising id, as the evaluator takes them. */
function imagesOf({groundTruth, detections}: Case, category: number): readonly ClassImage[] {
  const ids = groundTruth.images.map(({id}) => id).sort((a, b) => a - b);
  return ids.map((id) => ({
    truths: groundTruth.annotations.filter((a) => a.image_id === id && a.category_id === category),
    detections: detections.filter((d) => d.image_id === id && d.category_id === category)
  }));
}

describe("traceClass", () => {
  it.each([...cases, sample].map((each, i) => [i, each] as const))("comes to evaluateCoco's curves: case %i", (_, each) => {
    const {precision, recall, classes} = evaluateCoco(each.groundTruth, each.detections);
    const [, R = 0, K = 0, A = 0, M = 0] = precision.shape;
    for (const [k, {id}] of classes.entries()) {
      const images = imagesOf(each, id);
      for (const t of [0, 5, 9]) {
        const {result} = drain(traceClass(images, {threshold: iouThresholds[t]!}));
        const last = recall.data[(t * K + k) * A * M + M - 1]!;
        if (result.positives === 0) {
          expect(last).toBe(-1);
          continue;
        }
        expect(result.recall.at(-1) ?? 0).toBe(last);
        const ours = sampleCurve(result.recall, precisionEnvelope(result.precision), cocoRecalls);
        const theirs = Array.from({length: R}, (_, r) => precision.data[((t * R + r) * K + k) * A * M + M - 1]!);
        expect(ours).toEqual(theirs);
      }
    }
  });

  const truth = (id: number, bbox: CocoAnnotation["bbox"], iscrowd = 0): CocoAnnotation =>
    ({id, image_id: 1, category_id: 1, bbox, area: bbox[2] * bbox[3], iscrowd});
  const found = (score: number, bbox: CocoResult["bbox"]): CocoResult => ({image_id: 1, category_id: 1, bbox, score});

  it("says of every detection what it found or why it did not", () => {
    const truths = [truth(1, [0, 0, 10, 10]), truth(2, [100, 0, 50, 50], 1)];
    const detections = [
      found(0.9, [0, 0, 10, 10]),
      found(0.8, [1, 0, 10, 10]),
      found(0.7, [0, 7, 10, 10]),
      found(0.6, [40, 40, 5, 5]),
      found(0.5, [110, 10, 10, 10])
    ];
    const {steps, result} = drain(traceClass([{truths, detections}], {threshold: 0.5}));
    expect(steps.map(({verdict}) => verdict)).toEqual(["true-positive", "duplicate", "localisation", "background", "ignored"]);
    expect(steps[1]!.candidates[0]).toMatchObject({state: "taken", takenAt: 0});
    expect(steps[4]!.match).toBe(truths[1]);
    expect(result).toMatchObject({positives: 1, recall: [1, 1, 1, 1, 1]});
    expect(result.precision.map((p) => p.toFixed(4))).toEqual(["1.0000", "0.5000", "0.3333", "0.2500", "0.2500"]);
  });

  it("leaves out what lies beyond the area range", () => {
    const images = [{truths: [truth(1, [0, 0, 10, 10])], detections: [found(0.9, [0, 0, 10, 10]), found(0.8, [50, 50, 30, 30])]}];
    const {steps, result} = drain(traceClass(images, {threshold: 0.5, range: [96 ** 2, 1e10]}));
    expect(steps.map(({verdict}) => verdict)).toEqual(["ignored", "ignored"]);
    expect(result.positives).toBe(0);
  });
});

describe("traceVoc", () => {
  const truths = [
    {image: "a", bbox: [0, 0, 99, 99] as const},
    {image: "a", bbox: [30, 0, 99, 99] as const}
  ];

  it("calls a duplicate what COCO's rules would give the second-best object", () => {
    const detections = [
      {image: "a", bbox: [0, 0, 99, 99] as const, score: 0.9},
      {image: "a", bbox: [10, 0, 99, 99] as const, score: 0.8}
    ];
    const {steps} = drain(traceVoc(truths, detections, 0.5));
    expect(steps.map(({verdict}) => verdict)).toEqual(["true-positive", "duplicate"]);
    const images = [{
      truths: truths.map(({bbox}, i) => ({id: i + 1, image_id: 1, category_id: 1, bbox, area: 9801})),
      detections: detections.map(({bbox, score}) => ({image_id: 1, category_id: 1, bbox, score}))
    }];
    const coco = drain(traceClass(images, {threshold: 0.5}));
    expect(coco.steps.map(({verdict}) => verdict)).toEqual(["true-positive", "true-positive"]);
  });

  it("counts neither for nor against a detection of a difficult object, nor asks for the object", () => {
    const difficult = [truths[0]!, {image: "b", bbox: [0, 0, 40, 40] as const, difficult: true}];
    const detections = [
      {image: "b", bbox: [0, 0, 40, 40] as const, score: 0.9},
      {image: "a", bbox: [0, 0, 99, 99] as const, score: 0.8}
    ];
    expect(evaluateVoc(difficult, detections)).toMatchObject({recall: [0, 1], ap: expect.closeTo(1, 12) as number});
  });
});
