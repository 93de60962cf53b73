/** What the trainer says on the way, and how it stops. */
import {describe, expect, it} from "vitest";
import {boost} from "../../src/boosting/boost.js";
import type {TreeStep} from "../../src/boosting/boost.js";
import {leafScore} from "../../src/boosting/gain.js";
import {gainStep} from "../../src/boosting/figures/split-step.js";
import {leafView, oneSplit} from "../../src/boosting/one-split.js";
import {lineSample} from "../../src/boosting/samples.js";
import {speedTable} from "../../src/boosting/speed-experiment.js";
import {predict, trainXgboost} from "../../src/boosting/xgboost.js";
import {xgboostParams} from "../../src/boosting/xgboost-params.js";

const data = speedTable(300, 4);
const logistic = {objective: "binary:logistic", maxDepth: 3, numBoostRound: 4} as const;

describe.each(["exact", "hist"] as const)("the trace of %s", (treeMethod) => {
  const params = xgboostParams({...logistic, treeMethod, regAlpha: 0.2});
  const steps = [...boost(data, params, {trace: true})];
  const nodes = steps.filter((step): step is TreeStep => step.kind === "node");

  it("parts G and H of a node between the sides of every candidate", () => {
    expect(nodes.length).toBeGreaterThan(10);
    const apart = nodes.flatMap(({candidates, gradient, hessian}) =>
      candidates.map(({gl, gr, hl, hr}) => Math.max(Math.abs(gl + gr - gradient), Math.abs(hl + hr - hessian))));
    expect(Math.max(...apart)).toBeLessThan(1e-8);
  });

  it("scores every candidate by the formula, and chooses the best", () => {
    for (const {candidates, chosen, score} of nodes) {
      const apart = candidates.filter(({gain}) => gain > -Infinity)
        .map(({gl, hl, gr, hr, gain}) => Math.abs(gain - (leafScore(params, gl, hl) + leafScore(params, gr, hr) - score)));
      expect(Math.max(0, ...apart)).toBeLessThan(1e-4);
      if (chosen) expect(chosen.gain).toBe(Math.max(...candidates.map(({gain}) => gain)));
    }
  });

  it("grows the same trees with and without it", async () => {
    const traced = steps.filter((step) => step.kind === "round").flatMap(({trees}) => trees);
    expect((await trainXgboost(data, params)).trees).toEqual(traced);
  });
});

it("goes on from a model as if it had never stopped", async () => {
  const whole = await trainXgboost(data, {...logistic, treeMethod: "hist"});
  const half = await trainXgboost(data, {...logistic, treeMethod: "hist", numBoostRound: 2});
  const training = boost(data, {...logistic, treeMethod: "hist"}, {resume: half});
  let step = training.next();
  while (!step.done) step = training.next();
  expect(step.value).toEqual(whole);
});

it("tells every round and stops when its signal is aborted", async () => {
  const control = new AbortController();
  const rounds: number[] = [];
  const training = trainXgboost(data, {...logistic, numBoostRound: 1000}, {
    signal: control.signal,
    onRound: (round) => {
      rounds.push(round);
      if (round === 2) control.abort();
    }
  });
  await expect(training).rejects.toThrow(/abort/i);
  expect(rounds).toEqual([0, 1, 2]);
});

it("samples rows and columns by the seed, alike for the same one", async () => {
  const params = {...logistic, subsample: 0.5, colsampleBytree: 0.5};
  const [a, again, other] = await Promise.all([1, 1, 2].map((seed) => trainXgboost(data, {...params, seed})));
  expect(again).toEqual(a);
  expect(other).not.toEqual(a);
  for (const {feature, left} of a!.trees)
    expect(new Set(feature.filter((_, node) => left[node]! >= 0)).size).toBeLessThanOrEqual(2);
});

it.each([
  [{eta: 2}, /eta is 2/],
  [{maxDepth: 1.5}, /maxDepth is 1.5; it has to be whole/],
  [{objective: "multi:softprob"}, /numClass is 0/],
  [{objective: "binary:logistic", baseScore: 1}, /baseScore is 1/]
] as const)("names the parameter that is out of range: %j", async (params, message) => {
  await expect(trainXgboost(data, params)).rejects.toThrow(message);
});

it("names the first label that the objective cannot take", async () => {
  await expect(trainXgboost({...data, labels: data.labels.map((_, i) => (i === 7 ? 3 : 0))}, logistic)).rejects.toThrow(/label of row 7 is 3/);
});

it("refuses data of another width than the model's", async () => {
  const model = await trainXgboost(data, {numBoostRound: 1});
  expect(() => predict(model, speedTable(10, 3))).toThrow(/trained on 4 columns, the data have 3/);
});

describe("one split, worked through", () => {
  const sample = lineSample("two-groups", 40, 3);

  it("prunes a split that gains less than γ, and keeps the gradients as γ is dragged", () => {
    const view = oneSplit(sample, 3, {});
    const pruned = oneSplit(sample, 3, {gamma: view.best!.gain + 0.1});
    expect(view.pruned).toBe(false);
    expect(pruned.pruned).toBe(true);
    expect(pruned.gradients).toEqual(view.gradients);
  });

  it("fills every slot of its formula, and the numbers add up", () => {
    for (const params of [{}, {regAlpha: 1, regLambda: 3, minChildWeight: 3}]) {
      const view = oneSplit(sample, 2, params);
      for (const candidate of view.candidates) {
        const {formula, values} = gainStep(view, candidate);
        const slots = new Set([...formula.matchAll(/\[\[([\w-]+)/g)].map(([, name]) => name));
        expect([...slots].sort()).toEqual(Object.keys(values).sort());
        expect(values.left! + values.right! - values.parent!).toBeCloseTo(values.gain!, 4);
      }
    }
  });

  it("puts XGBoost's leaf at the bottom of its parabola", () => {
    const view = oneSplit(sample, 1, {regLambda: 2, regAlpha: 0.5});
    const leaf = leafView(view, sample, [0, 1, 2, 3, 4, 5, 6, 7]);
    for (const step of [-0.01, 0.01]) expect(leaf.parabola(leaf.regularised)).toBeLessThan(leaf.parabola(leaf.regularised + step));
  });
});
