import {describe, expect, it} from "vitest";
import {iou} from "../../src/iou/iou.js";
import {atDistance, boxesAtDistance, coordinateDistance, smallestFoundShare} from "../../src/iou/same-distance.js";

const target = [2, 2, 4, 3.5] as const;

describe("coordinateDistance", () => {
  it("is L2 over the corners, or L1 over centre and size", () => {
    expect(coordinateDistance("l2-corners", [3, 4, 4, 3.5], target)).toBeCloseTo(Math.sqrt(5), 12);
    expect(coordinateDistance("l1-center", [2, 2, 5, 3.5], target)).toBeCloseTo(1.5, 12);
  });
});

describe.each(["l2-corners", "l1-center"] as const)("boxes at one %s distance", (kind) => {
  const boxes = boxesAtDistance(kind, target, 1.2, 4);

  it("are all exactly that far from the target", () => {
    expect(boxes).toHaveLength(4);
    for (const box of boxes) expect(coordinateDistance(kind, box, target)).toBeCloseTo(1.2, 12);
  });

  it("differ clearly in IoU, from high to low", () => {
    const values = boxes.map((box) => iou(box, target));
    expect([...values].sort((a, b) => b - a)).toEqual(values);
    expect(values[0]! - values.at(-1)!).toBeGreaterThan(0.4);
  });

  it("begin with the box that grows by one edge alone across the short side, which no other beats", () => {
    // Pushed out by e, that edge costs e in L2 and e/2 + e in L1, and leaves IoU = 2 / (2 + e).
    for (const distance of [0.1, 0.6, 1.7]) {
      const [best] = boxesAtDistance(kind, target, distance, 4);
      expect(iou(best!, target)).toBeCloseTo(2 / (2 + distance / (kind === "l2-corners" ? 1 : 1.5)), 9);
    }
  });

  it("keep sides that can be seen", () => {
    for (const [x1, y1, x2, y2] of boxes) {
      expect(x2 - x1).toBeGreaterThan(2 * smallestFoundShare);
      expect(y2 - y1).toBeGreaterThan(1.5 * smallestFoundShare);
    }
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

  it("holds a side that would turn inside out at its smallest, and lets the rest go the distance", () => {
    for (const kind of ["l2-corners", "l1-center"] as const) {
      const box = atDistance(kind, [2.9, 2.2, 3.3, 3.7], target, 2.4, 0.1)!;
      expect(box[2] - box[0]).toBeCloseTo(0.2, 12);
      expect(coordinateDistance(kind, box, target)).toBeCloseTo(2.4, 12);
    }
  });

  it("has no box where the direction is none or a mere shrinking", () => {
    expect(atDistance("l2-corners", target, target, 1)).toBeNull();
    expect(atDistance("l1-center", [2.5, 2, 3.5, 3.5], target, 3)).toBeNull();
  });
});
