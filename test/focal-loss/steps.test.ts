import {describe, expect, it} from "vitest";
import {focalSteps} from "../../src/focal-loss/figures/focal-steps.js";
import {labelSteps} from "../../src/focal-loss/figures/label-steps.js";
import {labelLoss, labelLossKinds} from "../../src/focal-loss/label-losses.js";
import {traceLabelLoss} from "../../src/focal-loss/label-trace.js";
import type {Step} from "../../src/notebook/step.js";

const options = {alpha: -1, gamma: 2, gammaNegative: 4, gammaPositive: 0, margin: 0.05, positiveWeight: 5};
const [logits, labels] = [[2, -1.5, -0.5, -3], [1, 0, 1, 0]];

function checkSlots(steps: readonly Step[]): void {
  for (const {title, formula, values} of steps) {
    const named = [...formula.matchAll(/\[\[([\w-]+)/g)].map(([, name]) => name!);
    expect(named.length, title).toBeGreaterThan(0);
    expect(named.filter((name) => !Number.isFinite(values[name])), title).toEqual([]);
  }
  expect(new Set(steps.map(({title}) => title)).size).toBe(steps.length);
}

describe("the steps' formulas name only numbers that the trace has", () => {
  it.each([0, 1] as const)("focal loss of label %i", (target) => {
    checkSlots(focalSteps(-0.7, target, 0.25, 2));
    expect(focalSteps(-0.7, target, 0.25, 2)).toHaveLength(7);
    expect(focalSteps(-0.7, target, -1, 2)).toHaveLength(6);
  });

  it.each(labelLossKinds)("%s of several labels", (kind) => checkSlots(labelSteps(kind, logits, labels, options)));
});

it.each(labelLossKinds)("traceLabelLoss returns what labelLoss returns, and its last step is the sum (%s)", (kind) => {
  const trace = traceLabelLoss(kind, logits, labels, options);
  let last = 0;
  for (let next = trace.next(); ; next = trace.next()) {
    if (next.done) {
      expect(next.value).toEqual(labelLoss(kind, logits, labels, options));
      expect(last).toBeCloseTo(next.value.losses.reduce((sum, loss) => sum + loss, 0), 14);
      break;
    }
    last = next.value.values.loss ?? 0;
  }
});
