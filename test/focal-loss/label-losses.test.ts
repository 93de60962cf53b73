import {describe, expect, it} from "vitest";
import {classBalancedWeights, effectiveNumber, inverseFrequencyWeights} from "../../src/focal-loss/class-weights.js";
import {asymmetricLoss, labelLoss, labelLossKinds, softmaxCrossEntropy, weightedBce} from "../../src/focal-loss/label-losses.js";
import fixture from "../fixtures/focal-loss/label-losses.json" with {type: "json"};

describe("the losses of several labels equal PyTorch's, value and gradient, within 1e-12", () => {
  for (const kind of labelLossKinds) {
    it(kind, () => {
      for (const c of fixture.cases) {
        const {losses, gradient} = labelLoss(kind, c.logits, c.labels, c);
        expect(Math.abs(losses.reduce((a, b) => a + b, 0) - c[kind].loss)).toBeLessThan(1e-12);
        c[kind].gradient.forEach((slope, i) => expect(Math.abs(gradient[i]! - slope)).toBeLessThan(1e-12));
      }
    });
  }
});

describe("far out", () => {
  it("no loss has a value or slope that is not finite", () => {
    for (const logit of [-1e4, -800, -50, 0, 50, 800, 1e4]) {
      for (const target of [0, 1]) {
        for (const margin of [0, 0.05]) {
          for (const gammaNegative of [0, 0.5, 4]) {
            const {loss, gradient} = asymmetricLoss(logit, target, {gammaNegative, margin});
            expect(Number.isFinite(loss) && Number.isFinite(gradient), `${logit} ${target} ${margin} ${gammaNegative}`).toBe(true);
          }
        }
        const {loss, gradient} = weightedBce(logit, target, 7);
        expect(Number.isFinite(loss) && Number.isFinite(gradient)).toBe(true);
      }
    }
    expect(softmaxCrossEntropy([1e4, -1e4, 0], [0, 1, 0]).losses).toEqual([0, 2e4, 0]);
  });

  it("a negative within the margin costs nothing at all", () => {
    expect(asymmetricLoss(-4, 0, {margin: 0.05})).toEqual({loss: 0, gradient: 0});
  });

  it("softmax without a label has no loss", () => {
    expect(softmaxCrossEntropy([1, 2], [0, 0])).toMatchObject({losses: [0, 0], gradient: [0, 0]});
  });
});

describe("class weights", () => {
  it("balanced: each class weighs the same in sum", () => {
    const weights = inverseFrequencyWeights([90, 10]);
    expect(weights[0]! * 90).toBeCloseTo(weights[1]! * 10, 12);
  });

  it("class-balanced: equal for β = 0, by frequency as β nears 1, and summing to the number of classes", () => {
    expect(classBalancedWeights([90, 10], 0)).toEqual([1, 1]);
    const [common, rare] = classBalancedWeights([90, 10], 1 - 1e-12) as [number, number];
    expect(rare / common).toBeCloseTo(9, 6);
    expect(common + rare).toBeCloseTo(2, 12);
    expect(effectiveNumber(3, 0.5)).toBeCloseTo(1.75, 12);
  });
});
