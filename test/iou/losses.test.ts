import {describe, expect, it} from "vitest";
import {seededRandom} from "../../src/compute/random.js";
import {boxDistance, boxLoss, lossKinds, whyUndefined} from "../../src/iou/iou.js";
import type {Box, LossKind} from "../../src/iou/iou.js";
import fixture from "../fixtures/iou/more-losses.json" with {type: "json"};

const asBox = (coordinates: readonly number[]) => coordinates as unknown as Box;

function randomBox(random: () => number): Box {
  const [x, y] = [random() * 6, random() * 6];
  return [x, y, x + 0.2 + random() * 4, y + 0.2 + random() * 4];
}

/** Central differences, float64. */
function numericGradient(loss: (box: Box) => number, box: Box, h = 1e-6): Box {
  const at = (i: number, d: number) => loss(asBox(box.map((v, j) => (j === i ? v + d : v))));
  return asBox(box.map((_, i) => (at(i, h) - at(i, -h)) / (2 * h)));
}

describe("losses that torchvision lacks equal their papers' formulas under PyTorch's autograd", () => {
  for (const kind of ["eiou", "siou", "alpha-iou", "mpdiou"] as const) {
    it(`${kind}: value and gradient`, () => {
      for (const c of fixture.cases) {
        const {value, gradient} = boxLoss(kind, asBox(c.prediction), asBox(c.target));
        expect(Math.abs(value - c.loss[kind].value), c.name).toBeLessThan(1e-6);
        // SIoU's printed angle cost goes through asin, whose slope autograd loses digits of near 1.
        gradient.forEach((slope, i) => expect(Math.abs(slope - c.loss[kind].gradient[i]!), c.name).toBeLessThan(1e-6));
      }
    });
  }
});

describe("gradients equal finite differences", () => {
  const random = seededRandom(7);
  for (const kind of lossKinds.filter((k) => k !== "ciou")) {
    it(`of ${kind}`, () => {
      for (let n = 0; n < 200; n++) {
        const [prediction, target] = [randomBox(random), randomBox(random)];
        const numeric = numericGradient((box) => boxLoss(kind, box, target).value, prediction);
        boxLoss(kind, prediction, target).gradient.forEach((slope, i) => expect(slope).toBeCloseTo(numeric[i]!, 6));
      }
    });
  }

  it("of CIoU once α is held constant, as torchvision holds it", () => {
    for (let n = 0; n < 200; n++) {
      const [prediction, target] = [randomBox(random), randomBox(random)];
      const {alpha} = boxLoss("ciou", prediction, target).terms() as {alpha: number};
      const held = (box: Box) => boxLoss("diou", box, target).value + alpha * boxLoss("ciou", box, target).terms().v!;
      const numeric = numericGradient(held, prediction);
      boxLoss("ciou", prediction, target).gradient.forEach((slope, i) => expect(slope).toBeCloseTo(numeric[i]!, 6));
    }
  });

  it("of L1 and L2", () => {
    for (const kind of ["l1", "l2"] as const) {
      const [prediction, target] = [randomBox(random), randomBox(random)];
      const numeric = numericGradient((box) => boxDistance(kind, box, target).value, prediction);
      boxDistance(kind, prediction, target).gradient.forEach((slope, i) => expect(slope).toBeCloseTo(numeric[i]!, 6));
    }
  });
});

describe("whyUndefined", () => {
  it("names the reason wherever a loss or its IoU is 0/0, and only there", () => {
    const point: Box = [2, 2, 2, 2];
    const line: Box = [0, 0, 3, 0];
    const unit: Box = [0, 0, 1, 1];
    const reason = (kind: LossKind, a: Box, b: Box) => whyUndefined(kind, a, b);
    expect(reason("iou", point, line)).toBe("zero-area-both");
    expect(reason("ciou", point, unit)).toBe("zero-size-aspect");
    expect(reason("ciou", line, unit)).toBeNull();
    expect(reason("diou", point, unit)).toBeNull();
    for (const kind of lossKinds) {
      for (const [a, b] of [[point, unit], [unit, point], [line, unit], [unit, line], [unit, unit]] as const) {
        const {value} = boxLoss(kind, a, b);
        expect(Number.isNaN(value), `${kind} ${a.join()} ${b.join()}`).toBe(reason(kind, a, b) !== null);
      }
    }
  });
});
