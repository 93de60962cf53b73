import {describe, expect, it} from "vitest";
import {iou} from "../../src/iou/iou.js";
import {atDistance, boxesAtDistance, coordinateDistance} from "../../src/iou/same-distance.js";

const target = [2, 2, 4, 3.5] as const;

describe.each(["l2-corners", "l1-center"] as const)("boxes at one %s distance", (kind) => {
  const boxes = boxesAtDistance(kind, target, 1.2, 4);

  it("are all exactly that far from the target", () => {
    expect(boxes).toHaveLength(4);
    for (const box of boxes) expect(coordinateDistance(kind, box, target)).toBeCloseTo(1.2, 12);
  });

  it("differ clearly in IoU, from high to low", () => {
    const values = boxes.map((box) => iou(box, target));
    expect([...values].sort((a, b) => b - a)).toEqual(values);
    expect(values[0]! - values.at(-1)!).toBeGreaterThan(0.15);
  });

  it("are the same at every call", () => {
    expect(boxesAtDistance(kind, target, 1.2, 4)).toEqual(boxes);
  });
});

describe("atDistance", () => {
  it("keeps the direction and sets the distance", () => {
    expect(atDistance("l2-corners", [3, 2, 5, 3.5], target, 2)).toEqual([
      2 + Math.SQRT2, 2, 4 + Math.SQRT2, 3.5
    ].map((v) => expect.closeTo(v, 12)));
  });

  it("has no box where the direction is none or leads to an inside-out box", () => {
    expect(atDistance("l2-corners", target, target, 1)).toBeNull();
    expect(atDistance("l1-center", [2.5, 2, 3.5, 3.5], target, 3)).toBeNull();
  });
});
