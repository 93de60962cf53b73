import {readFileSync, readdirSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {readPixelLines} from "../../src/map/box-lines.js";
import {evaluateCoco} from "../../src/map/coco.js";
import type {CocoDataset, CocoResult} from "../../src/map/coco.js";
import {detectionsOf, numbersOf, stepSamples, truthsOf} from "../../src/map/step-samples.js";
import {workClass, workMean} from "../../src/map/step-through.js";

const data = (path: string) => new URL(`../../data/${path}`, import.meta.url);
const read = <T>(path: string) => JSON.parse(readFileSync(data(path), "utf8")) as T;

describe("the samples", () => {
  it("hold Padilla's files box for box", () => {
    for (const [folder, boxes] of [["groundtruths", stepSamples.padilla.truths], ["detections", stepSamples.padilla.detections]] as const) {
      const lines = readdirSync(data(`padilla-sample-2/${folder}/`)).sort().flatMap((file, image) => {
        const reading = readPixelLines(readFileSync(data(`padilla-sample-2/${folder}/${file}`), "utf8"), file);
        return reading.ok ? reading.value.map(({bbox, score}) => ({image, bbox, score})) : [];
      });
      expect(boxes.map((box) => ({image: box.image, bbox: box.bbox, score: "score" in box ? box.score : null}))).toEqual(lines);
    }
  });

  it("hold what COCO has for the four images", () => {
    const {images, classes, truths, detections} = stepSamples.coco;
    const dataset = read<CocoDataset>("coco-val2014-100/ground-truth.json");
    const ids = images.map(({name}) => Number(name));
    const name = new Map(dataset.categories.map((category) => [category.id, category.name]));
    const theirs = ids.flatMap((id) => dataset.annotations.filter((a) => a.image_id === id));
    expect(truths.map(({image, kind, bbox, crowd}) => [ids[image], classes[kind], bbox, Number(crowd)])).toEqual(
      theirs.map((a) => [a.image_id, name.get(a.category_id), a.bbox, a.iscrowd])
    );
    const results = read<CocoResult[]>("coco-val2014-100/detections.json");
    const found = ids.flatMap((id) => results.filter((d) => d.image_id === id));
    expect(detections.length).toBe(found.length);
    detections.forEach(({bbox, score}, i) => {
      expect(bbox).toEqual(found[i]!.bbox);
      expect(score).toBeCloseTo(found[i]!.score, 2);
    });
  });

  it("become numbers and boxes again", () => {
    for (const {truths, detections} of Object.values(stepSamples)) {
      expect(truthsOf(numbersOf(truths))).toEqual(truths);
      expect(detectionsOf(numbersOf(detections))).toEqual(detections);
    }
  });
});

describe("workClass", () => {
  it("comes to Padilla's published APs by VOC's rules", () => {
    const ap = (interpolation: "voc11" | "all-point") =>
      100 * workClass(stepSamples.padilla, 0, {rules: "voc", threshold: 0.3, interpolation}).ap;
    expect(ap("voc11")).toBeCloseTo(26.84, 2);
    expect(Math.floor(100 * ap("all-point")) / 100).toBe(24.56);
  });

  it("has every verdict among the worked sample's dogs, and a detection on which COCO and VOC differ", () => {
    const work = (rules: "coco" | "voc") => workClass(stepSamples.worked, 0, {rules, threshold: 0.5, interpolation: "all-point"});
    expect(work("coco").steps.map(({verdict}) => verdict)).toEqual([
      "true-positive", "true-positive", "duplicate", "true-positive", "localisation", "true-positive", "ignored",
      "background", "true-positive", "background"
    ]);
    expect(work("voc").steps[3]!.verdict).toBe("duplicate");
  });

  it("sums its levels to the area", () => {
    for (const interpolation of ["voc11", "all-point", "coco101"] as const) {
      const {levels, ap} = workClass(stepSamples.worked, 0, {rules: "coco", threshold: 0.5, interpolation});
      const places = {"voc11": 11, "all-point": 1, "coco101": 101}[interpolation];
      expect(levels.reduce((sum, {amount, precision}) => sum + amount * precision, 0) / places).toBeCloseTo(ap, 12);
      expect(levels.every(({precision}, i) => i === 0 || precision < levels[i - 1]!.precision)).toBe(true);
    }
  });
});

it("workMean is evaluateCoco's AP50 over the classes that have a ground truth", () => {
  const {images, classes, truths, detections} = stepSamples.coco;
  const groundTruth: CocoDataset = {
    images: images.map((_, id) => ({id})),
    categories: classes.map((name, id) => ({id, name})),
    annotations: truths.map(({image, kind, bbox, crowd}, i) => ({
      id: i + 1, image_id: image, category_id: kind, bbox, area: bbox[2] * bbox[3], iscrowd: Number(crowd)
    }))
  };
  const results = detections.map(({image, kind, bbox, score}) => ({image_id: image, category_id: kind, bbox, score}));
  const {map} = workMean(stepSamples.coco, classes.length, {rules: "coco", threshold: 0.5, interpolation: "coco101"});
  expect(map).toBeCloseTo(evaluateCoco(groundTruth, results).stats[1]!, 12);
});
