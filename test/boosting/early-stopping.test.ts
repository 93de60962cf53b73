/** Trainings end in the round in which the libraries end them. */
import {describe, expect, it} from "vitest";
import {exactExp} from "../../src/boosting/exact-exp.js";
import {trainGbdt} from "../../src/boosting/gbdt.js";
import {predict, fromXgboostJson, toXgboostJson, trainRounds, trainXgboost} from "../../src/boosting/xgboost.js";
import type {Table} from "../../src/boosting/xgboost.js";
import reference from "../fixtures/boosting/stopping.json" with {type: "json"};

const camel = (params: object) =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()), value]));
const tableOf = ({rows, columns, features, labels}: {rows: number; columns: number; features: number[]; labels: number[]}): Table =>
  ({rows, columns, features: Float32Array.from(features), labels: Float32Array.from(labels)});

describe.each(reference.xgboost)("XGBoost, $name", ({params, earlyStoppingRounds, train, held, metric, history, bestIteration, rounds}) => {
  const given = {...camel(params), numBoostRound: 200};
  const options = {validation: tableOf(held), earlyStoppingRounds};

  it("measures the library's validation losses, and stops where it stops", async () => {
    const losses: number[] = [];
    const training = trainRounds(tableOf(train), given, options);
    let step = await training.next();
    for (; !step.done; step = await training.next()) losses.push(step.value.validation!);
    expect(losses.length).toBe(rounds);
    losses.forEach((loss, round) => expect(metric === "rmse" ? Math.sqrt(loss) : loss).toBeCloseTo(history[round]!, 5));
    expect(step.value).toMatchObject({bestIteration});
  });

  it("keeps the best round in the JSON, and predicts with the trees up to it", async () => {
    const model = await trainXgboost(tableOf(train), given, options);
    expect(fromXgboostJson(toXgboostJson(model)).bestIteration).toBe(bestIteration);
    const short = await trainXgboost(tableOf(train), {...given, numBoostRound: bestIteration + 1});
    expect(predict(model, options.validation, {rounds: bestIteration + 1})).toEqual(predict(short, options.validation));
  });
});

it.each(reference.gbdt)("scikit-learn, $name: as many trees as the library keeps", async ({task, params, train, held, rounds}) => {
  const given = {...camel(params), nEstimators: 200, loss: task === "regression" ? "squared_error" : "log_loss"} as const;
  const {trees} = await trainGbdt(tableOf(train), given, {validation: tableOf(held)});
  expect(trees.length).toBe(rounds);
});

it("asks for validation rows", async () => {
  await expect(trainXgboost(tableOf(reference.xgboost[0]!.train), {}, {earlyStoppingRounds: 3})).rejects.toThrow(/needs validation rows/);
});

it("the exponential is the C library's but for a last bit now and then, which the browser's own often misses", () => {
  const missed = (exp: (x: number) => number) => reference.exponentials.filter(([x, value]) => exp(x!) !== value).length;
  expect(missed(exactExp)).toBeLessThanOrEqual(2);
  expect(missed(Math.exp)).toBeGreaterThan(10);
  for (const [x, value] of reference.exponentials) expect(Math.abs(exactExp(x!) / value! - 1)).toBeLessThan(2.3e-16);
});
