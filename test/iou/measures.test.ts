import {describe, expect, it} from "vitest";
import {boxLoss, ciou, diou, giou, iou} from "../../src/iou/iou.js";
import type {Box} from "../../src/iou/iou.js";
import fixture from "../fixtures/iou/boxes.json" with {type: "json"};

const measures = {iou, giou, diou, ciou};
const asBox = (coordinates: readonly number[]) => coordinates as unknown as Box;

/** The fixture writes NaN as null. */
function expectNear(actual: number, expected: number | null, name: string) {
  if (expected === null) expect(actual, name).toBeNaN();
  else expect(Math.abs(actual - expected), name).toBeLessThan(1e-9);
}

describe("measures and losses equal torchvision's on every case", () => {
  for (const name of Object.keys(measures) as (keyof typeof measures)[]) {
    it(`${name} has torchvision's values, undefined where torchvision's is`, () => {
      for (const c of fixture.cases) expectNear(measures[name](asBox(c.prediction), asBox(c.target)), c[name], c.name);
    });
  }

  for (const kind of ["giou", "diou", "ciou"] as const) {
    it(`the ${kind} loss has torchvision's value and gradient`, () => {
      for (const c of fixture.cases) {
        const {value, gradient} = boxLoss(kind, asBox(c.prediction), asBox(c.target));
        expectNear(value, c.loss[kind].value, c.name);
        gradient.forEach((slope, i) => expectNear(slope, c.loss[kind].gradient[i]!, `${c.name}, coordinate ${i}`));
      }
    });
  }
});

describe("degenerate boxes", () => {
  const empty: Box = [1, 1, 1, 1];
  const unit: Box = [0, 0, 1, 1];

  it("two boxes without area have no IoU, as in torchvision", () => {
    expect(iou(empty, empty)).toBeNaN();
  });

  it("identical boxes have measure 1", () => {
    for (const measure of [iou, giou, diou, ciou]) expect(measure(unit, unit)).toBe(1);
  });

  it("boxes that touch share nothing", () => {
    expect(iou(unit, [1, 0, 2, 1])).toBe(0);
    expect(boxLoss("iou", unit, [1, 0, 2, 1]).gradient).toEqual([0, 0, 0, 0].map((v) => expect.closeTo(v, 12)));
  });

  it("a disjoint prediction gets no gradient from IoU and one from GIoU, DIoU and CIoU", () => {
    const far: Box = [5, 5, 6, 7];
    expect(Math.max(...boxLoss("iou", far, unit).gradient.map(Math.abs))).toBe(0);
    for (const kind of ["giou", "diou", "ciou"] as const) {
      expect(Math.max(...boxLoss(kind, far, unit).gradient.map(Math.abs)), kind).toBeGreaterThan(0.01);
    }
  });
});
