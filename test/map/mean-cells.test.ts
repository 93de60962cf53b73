import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {evaluateCoco} from "../../src/map/coco.js";
import type {CocoDataset, CocoResult} from "../../src/map/coco.js";
import {cocoStats} from "../../src/map/figures/coco-look.js";
import {classCurves, meanCells} from "../../src/map/mean-cells.js";

const read = <T>(name: string) => JSON.parse(readFileSync(new URL(`../../data/coco-val2014-100/${name}.json`, import.meta.url), "utf8")) as T;
const evaluation = evaluateCoco(read<CocoDataset>("ground-truth"), read<CocoResult[]>("detections"));

describe("meanCells", () => {
  it.each(cocoStats.map((stat, i) => [stat.name, stat, i] as const))("averages to COCO's %s", (_, {quantity, area, limit, iou}, i) => {
    const cells = meanCells(evaluation, quantity, area, limit);
    const value = iou === null ? cells.mean : cells.ofThreshold[Math.round((iou - 0.5) / 0.05)]!;
    expect(value).toBeCloseTo(evaluation.stats[i]!, 12);
  });

  it("has each class's AP as the mean of its column, and no number where a class has no object", () => {
    const {ofClass, values} = meanCells(evaluation, "precision", 0, 2);
    evaluation.classes.forEach(({ap}, k) => {
      if (ap === -1) expect([ofClass[k], values[k]]).toEqual([NaN, NaN]);
      else expect(ofClass[k]).toBeCloseTo(ap, 12);
    });
  });

  it("goes with the class's curve at each threshold, whose mean a cell is", () => {
    const {values} = meanCells(evaluation, "precision", 0, 2);
    const curves = classCurves(evaluation, 0, 0, 2);
    curves.forEach((curve, t) => expect(curve.reduce((a, b) => a + b, 0) / 101).toBeCloseTo(values[t * 80]!, 12));
  });
});
