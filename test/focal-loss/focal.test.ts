import {describe, expect, it} from "vitest";
import {easyPerHard, sigmoidFocalLoss, sigmoidFocalLosses, traceFocalLoss} from "../../src/focal-loss/focal.js";
import fixture from "../fixtures/focal-loss/focal-loss.json" with {type: "json"};

describe("sigmoidFocalLoss", () => {
  it("equals torchvision's loss and gradient within 1e-12", () => {
    for (const {alpha, gamma, logits, targets, loss, gradient} of fixture.cases) {
      const ours = sigmoidFocalLosses(logits, targets, {alpha, gamma});
      loss.forEach((value, i) => expect(Math.abs(ours.loss[i]! - value), `${alpha} ${gamma} ${i}`).toBeLessThan(1e-12));
      gradient.forEach((slope, i) => {
        // Autograd is 0 · ∞ there, since p_t has become 1.
        if (slope === null) expect(ours.gradient[i]).toBeCloseTo(0, 20);
        else expect(Math.abs(ours.gradient[i]! - slope), `${alpha} ${gamma} ${i}`).toBeLessThan(1e-12);
      });
    }
  });

  it("defaults to alpha 0.25 and gamma 2", () => {
    expect(sigmoidFocalLoss(0.3, 1)).toEqual(sigmoidFocalLoss(0.3, 1, {alpha: 0.25, gamma: 2}));
  });

  it("is cross-entropy for gamma 0 without weighting", () => {
    const {loss, gradient} = sigmoidFocalLoss(1.5, 0, {alpha: -1, gamma: 0});
    expect(loss).toBeCloseTo(Math.log(1 + Math.exp(1.5)), 14);
    expect(gradient).toBeCloseTo(1 / (1 + Math.exp(-1.5)), 14);
  });

  it("stays finite and keeps its sign for logits up to 1e4", () => {
    for (const magnitude of [0, 1e-300, 30, 36.8, 100, 700, 745, 800, 1e4]) {
      for (const logit of [magnitude, -magnitude]) {
        for (const gamma of [0, 0.1, 0.5, 1, 2, 5]) {
          for (const [target, alpha] of [[0, 0.25], [1, 0.25], [0, -1], [1, -1], [0.4, -1]] as const) {
            const {loss, gradient} = sigmoidFocalLoss(logit, target, {alpha, gamma});
            expect(Number.isFinite(loss) && Number.isFinite(gradient), `${logit} ${target} ${gamma}`).toBe(true);
            expect(loss).toBeGreaterThanOrEqual(0);
            if (target !== 0.4) expect(target === 1 ? -gradient : gradient).toBeGreaterThanOrEqual(0);
          }
        }
      }
    }
    expect(sigmoidFocalLoss(1e4, 0, {alpha: -1})).toEqual({loss: 1e4, gradient: 1});
  });

  it("has the slope that finite differences have, for soft targets, too", () => {
    for (const target of [0, 0.2, 0.5, 0.9, 1]) {
      for (const gamma of [0, 0.5, 2, 5]) {
        for (const logit of [-4.1, -1, 0.2, 3.3]) {
          const at = (x: number) => sigmoidFocalLoss(x, target, {alpha: 0.3, gamma});
          const numeric = (at(logit + 1e-6).loss - at(logit - 1e-6).loss) / 2e-6;
          expect(at(logit).gradient).toBeCloseTo(numeric, 8);
        }
      }
    }
  });

  it("refuses targets that do not pair with the logits", () => {
    expect(() => sigmoidFocalLosses([1, 2], [1])).toThrow("2 logits need as many targets, not 1");
  });
});

describe("traceFocalLoss", () => {
  it("returns what sigmoidFocalLoss returns, and its terms multiply to it", () => {
    const steps = traceFocalLoss(-1.2, 1, {alpha: 0.7, gamma: 1.5});
    const seen: string[] = [];
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) {
        expect(step.value).toEqual(sigmoidFocalLoss(-1.2, 1, {alpha: 0.7, gamma: 1.5}));
        break;
      }
      const {values, term} = step.value;
      seen.push(term);
      expect(values.loss).toBeCloseTo(values.alphaT! * values.modulation! * values.crossEntropy!, 14);
      expect(values.gradient).toBeCloseTo(
        values.alphaT! * values.modulation! * values.crossEntropyGradient! * values.steepening!, 14
      );
    }
    expect(seen).toEqual(["probability", "target", "cross-entropy", "modulation", "weight", "loss", "gradient"]);
  });
});

describe("easyPerHard", () => {
  it("is the paper's 100 times fewer at p_t = 0.9 and γ = 2", () => {
    const turnedDown = easyPerHard(0.9, 0.5, 2) / easyPerHard(0.9, 0.5, 0);
    expect(turnedDown).toBeCloseTo(0.25 / 0.01, 10);
    expect(easyPerHard(0.5, 0.5, 2)).toBeCloseTo(1, 14);
  });
});
