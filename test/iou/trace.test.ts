import {expect, it} from "vitest";
import {boxLoss, lossKinds} from "../../src/iou/iou.js";
import {lossSteps} from "../../src/iou/figures/loss-steps.js";
import {traceLoss} from "../../src/iou/trace.js";

const prediction = [250, 130, 470, 290] as const;
const target = [140, 90, 360, 370] as const;

for (const kind of lossKinds) {
  it(`the trace of ${kind} ends with the loss and returns what boxLoss returns`, () => {
    const trace = traceLoss(kind, prediction, target);
    const terms: string[] = [];
    let next = trace.next();
    while (!next.done) {
      terms.push(next.value.term);
      expect(next.value.values.loss).toBe(boxLoss(kind, prediction, target).value);
      next = trace.next();
    }
    expect(terms.slice(0, 3)).toEqual(["intersection", "union", "iou"]);
    expect(terms.at(-1)).toBe("loss");
    expect(next.value.value).toBe(boxLoss(kind, prediction, target).value);
    expect(next.value.gradient).toEqual(boxLoss(kind, prediction, target).gradient);
  });
}

for (const kind of lossKinds) {
  it(`the trace of ${kind} has every number that its steps' formulas name`, () => {
    for (const {title, formula, values} of lossSteps(kind, prediction, target, {})) {
      const named = [...formula.matchAll(/\[\[([\w-]+)/g)].map(([, name]) => name!);
      expect(named.length, title).toBeGreaterThan(0);
      expect(named.filter((name) => !(name in values)), title).toEqual([]);
    }
  });
}
