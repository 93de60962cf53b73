/** Trees and staged predictions equal scikit-learn's, on the reference cases and on more generated ones. */
import {describe, expect, it} from "vitest";
import {boostGbdt, expit, predict, trainGbdt} from "../../src/boosting/gbdt.js";
import type {GbdtParams, Table} from "../../src/boosting/gbdt.js";
import more from "../fixtures/boosting/more-gbdt.json" with {type: "json"};
import reference from "../fixtures/boosting/gbdt.json" with {type: "json"};

const camel = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
type Case = Pick<(typeof reference.cases)[number], "name" | "task" | "features" | "labels" | "trees" | "staged"> & {
  readonly params: object;
};
const cases: readonly Case[] = [...reference.cases, ...more.cases];

describe.each(cases.map((each) => [each.name, each] as const))("%s", (_, each) => {
  const data: Table = {
    features: Float32Array.from(each.features.flat()),
    rows: each.features.length,
    columns: each.features[0]!.length,
    labels: Float32Array.from(each.labels)
  };
  const isLogLoss = each.task !== "regression";
  const params: Partial<GbdtParams> = {
    ...Object.fromEntries(Object.entries(each.params).map(([name, value]) => [camel(name), value])),
    loss: isLogLoss ? "log_loss" : "squared_error"
  };

  it("predicts what the library predicts after every round", () => {
    let rounds = 0;
    for (const step of boostGbdt(data, params)) {
      if (step.kind !== "round") continue;
      const expected = each.staged[step.round]!;
      step.scores.forEach((score, row) => {
        const value = isLogLoss ? expit(score) : score;
        if (!(Math.abs(value - expected[row]!) < 1e-6))
          expect.fail(`round ${step.round}, row ${row}: ${value} instead of ${expected[row]}`);
      });
      rounds++;
    }
    expect(rounds).toBe(each.staged.length);
  });

  // In the further cases many splits are equally good but for the last bit of a sum, which no two builds share.
  it("grows the library's trees, node by node", async () => {
    const {trees} = await trainGbdt(data, params);
    each.trees.forEach((theirs, i) => {
      const ours = trees[i]!;
      // Nodes are numbered by depth first there, by growth here: walk both.
      const walk = (node: number, their: number): void => {
        const where = `tree ${i}, node ${their}`;
        expect(ours.cover[node], where).toBe(theirs.samples[their]);
        expect(ours.value[node], where).toBeCloseTo(theirs.value[their]!, 6);
        expect(ours.left[node]! < 0, where).toBe(theirs.left[their]! < 0);
        if (theirs.left[their]! < 0) return;
        expect(ours.feature[node], where).toBe(theirs.feature[their]);
        expect(ours.threshold[node], where).toBeCloseTo(theirs.threshold[their]!, 6);
        walk(ours.left[node]!, theirs.left[their]!);
        walk(ours.right[node]!, theirs.right[their]!);
      };
      walk(0, 0);
    });
  });

  it("gives the last round's predictions for the finished model", async () => {
    const predictions = predict(await trainGbdt(data, params), data);
    each.staged.at(-1)!.forEach((value, row) => expect(predictions[row]).toBeCloseTo(value, 6));
  });
});

const tiny: Table = {features: Float32Array.of(1, 2, NaN, 4), rows: 4, columns: 1, labels: Float32Array.of(0, 0, 1, 1)};

it("refuses missing values in words", async () => {
  await expect(trainGbdt(tiny)).rejects.toThrow(/no missing values/);
});

it("goes on from a model as if it had never stopped", async () => {
  const each = reference.cases[3]!;
  const data: Table = {
    features: Float32Array.from(each.features.flat()), rows: each.features.length, columns: each.features[0]!.length,
    labels: Float32Array.from(each.labels)
  };
  const whole = await trainGbdt(data, {loss: "log_loss", nEstimators: 8});
  const half = await trainGbdt(data, {loss: "log_loss", nEstimators: 4});
  const training = boostGbdt(data, {loss: "log_loss", nEstimators: 8}, {resume: half});
  let step = training.next();
  while (!step.done) step = training.next();
  expect(step.value).toEqual(whole);
});
