import {describe, expect, it} from "vitest";
import {classCounts, generateDetections, generateScene, misplaced} from "../../src/map/generated.js";
import {places, sweep, sweepTotal} from "../../src/map/misleads.js";
import type {Flaw, SweepPoint} from "../../src/map/misleads.js";

const points = new Map<Flaw, readonly SweepPoint[]>();
function of(flaw: Flaw): readonly SweepPoint[] {
  if (!points.has(flaw)) points.set(flaw, [...sweep({flaw, seeds: 1})]);
  return points.get(flaw)!;
}
const metric = (flaw: Flaw, at: number, name: string) => of(flaw).find((point) => point.at === at)!.metrics[name]!;

describe("the generated detector", () => {
  it("shares objects out by a power law, none left over and no class empty", () => {
    expect(classCounts({objects: 900, classes: 12, tail: 0})).toEqual(Array(12).fill(75));
    const counts = classCounts({objects: 900, classes: 12, tail: 2});
    expect(counts.reduce((a, b) => a + b, 0)).toBe(900);
    expect(counts[0]! / counts[3]!).toBeGreaterThan(15);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(1);
  });

  it("draws the same luck whatever its habits", () => {
    const scene = generateScene({images: 5, objects: 20, classes: 2, tail: 0, seed: 3});
    const settings = {found: () => 1, noise: 0, falsePositives: 1, seed: 3};
    const still = generateDetections(scene, settings);
    const shifted = generateDetections(scene, {...settings, shift: 0.25, confident: 4});
    expect(shifted.length).toBe(still.length + 4);
    still.slice(0, 20).forEach(({bbox, score}, i) => {
      expect(shifted[i]!.score).toBe(score);
      expect(shifted[i]!.bbox[0]).toBeCloseTo(bbox[0] + 0.25 * bbox[2], 9);
    });
    expect(Math.min(...shifted.slice(-4).map(({score}) => score))).toBeGreaterThan(Math.max(...still.map(({score}) => score)));
  });

  it("misplaces edges by their share of the side", () => {
    expect(misplaced([10, 20, 100, 50], [1, 0, 0, 2], 0.1, 0)).toEqual([20, 20, 90, 60]);
    expect(misplaced([10, 20, 100, 50], [0, 0, 0, 0], 0.1, 0.5)).toEqual([60, 20, 100, 50]);
  });
});

describe("sweep", () => {
  it("tells as many points as it said", () => {
    for (const flaw of ["tail", "threshold", "confident", "shift"] as const) {
      expect(of(flaw).length).toBe(sweepTotal({flaw, seeds: 1}));
      for (const {metrics} of of(flaw)) for (const value of Object.values(metrics)) expect(value).toBeGreaterThanOrEqual(0);
    }
  });

  it("a shift leaves AP50 alone until a third of the width, while AP75 falls and LRP says how far", () => {
    // IoU of a box shifted by s is (1 − s)/(1 + s): 0.75 at 1/7, 0.5 at 1/3.
    const [ap50, ap75] = [metric("shift", 0, "ap50"), metric("shift", 0, "ap75")];
    expect(metric("shift", 0.32, "ap50")).toBe(ap50);
    expect(metric("shift", 0.34, "ap50")).toBeLessThan(0.001);
    expect(metric("shift", 0.14, "ap75")).toBe(ap75);
    expect(metric("shift", 0.16, "ap75")).toBeLessThan(0.001);
    expect(metric("shift", 0.1, "localisation")).toBeGreaterThan(metric("shift", 0, "localisation") + 0.1);
    expect(metric("shift", 0.1, "lrp")).toBeLessThan(metric("shift", 0, "lrp") - 0.15);
  });

  it("twenty confident false positives hardly move AP, and take all of precision at 10", () => {
    const [clean, dirty] = [0, 20].map((at) => of("confident").find((point) => point.at === at)!);
    expect(clean!.metrics.ap50! - dirty!.metrics.ap50!).toBeLessThan(0.05);
    expect(clean!.top![9]).toBe(1);
    expect(dirty!.top![9]).toBe(0);
  });

  it("the better of two detectors depends on the threshold", () => {
    const [first, last] = [places.threshold[0]!, places.threshold[6]!];
    expect(metric("threshold", first, "more")).toBeGreaterThan(metric("threshold", first, "tight"));
    expect(metric("threshold", last, "more")).toBeLessThan(metric("threshold", last, "tight"));
    expect(of("threshold")[0]!.metrics.moreMean).toBe(of("threshold")[9]!.metrics.moreMean);
  });

  it("a longer tail lowers the mean over classes and not the mean over objects", () => {
    expect(metric("tail", 0, "ap50")).toBeCloseTo(metric("tail", 0, "weighted"), 9);
    expect(metric("tail", 2, "ap50")).toBeLessThan(metric("tail", 0, "ap50") - 0.1);
    expect(metric("tail", 2, "weighted")).toBeGreaterThan(metric("tail", 0, "weighted"));
  });
});
