/** Trees and predictions equal XGBoost's, on the reference cases and on more generated ones. */
import {describe, expect, it} from "vitest";
import {importance} from "../../src/boosting/importance.js";
import type {ImportanceType} from "../../src/boosting/importance.js";
import {fromXgboostJson, predict, toXgboostJson, trainXgboost} from "../../src/boosting/xgboost.js";
import type {BoostedTrees, Table, Tree, XgboostParams} from "../../src/boosting/xgboost.js";
import more from "../fixtures/boosting/more-xgboost.json" with {type: "json"};
import reference from "../fixtures/boosting/xgboost.json" with {type: "json"};

interface Case {
  readonly name: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly rounds: number;
  readonly features: readonly (readonly (number | null)[])[];
  readonly labels: readonly number[];
  readonly trees: readonly DumpNode[];
  readonly margin: readonly (number | readonly number[])[];
  readonly prediction: readonly (number | readonly number[])[];
  readonly importance: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly model: object;
}

interface DumpNode {
  readonly nodeid: number;
  readonly leaf?: number;
  readonly split?: string;
  readonly split_condition?: number;
  readonly yes?: number;
  readonly missing?: number;
  readonly gain?: number;
  readonly cover: number;
  readonly children?: readonly DumpNode[];
}

const camel = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const paramsOf = ({params, rounds}: Case): Partial<XgboostParams> => ({
  ...Object.fromEntries(Object.entries(params).map(([name, value]) => [camel(name), value])),
  numBoostRound: rounds
});

const tableOf = ({features, labels}: Case): Table => ({
  features: Float32Array.from(features.flat(), (value) => value ?? NaN),
  rows: features.length,
  columns: features[0]!.length,
  labels: Float32Array.from(labels)
});

function near(actual: number, expected: number, tolerance: number, where: string): void {
  const apart = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
  if (!(apart <= tolerance)) expect.fail(`${where}: ${actual} instead of ${expected}`);
}

/** Structure, thresholds, default directions, leaf values, gains and covers. */
function expectTree(tree: Tree, node: number, dump: DumpNode, where: string): void {
  const here = `${where}, node ${dump.nodeid}`;
  near(tree.cover[node]!, dump.cover, 1e-5, `cover of ${here}`);
  if (dump.children === undefined) {
    expect(tree.left[node], here).toBe(-1);
    near(tree.value[node]!, dump.leaf!, 1e-5, `leaf of ${here}`);
    return;
  }
  expect(`f${tree.feature[node]}`, here).toBe(dump.split);
  near(tree.threshold[node]!, dump.split_condition!, 1e-6, `threshold of ${here}`);
  near(tree.gain[node]!, dump.gain!, 1e-4, `gain of ${here}`);
  expect(tree.defaultLeft[node] === 1, `default of ${here}`).toBe(dump.missing === dump.yes);
  const [left, right] = dump.children[0]!.nodeid === dump.yes ? dump.children : [dump.children[1], dump.children[0]];
  expectTree(tree, tree.left[node]!, left!, where);
  expectTree(tree, tree.right[node]!, right!, where);
}

function expectNumbers(actual: Float32Array, expected: readonly (number | readonly number[])[], where: string): void {
  const flat = expected.flat();
  expect(actual.length).toBe(flat.length);
  flat.forEach((value, i) => near(actual[i]!, value, 1e-5, `${where} ${i}`));
}

const cases = [...reference.cases, ...more.cases] as unknown as readonly Case[];

describe.each(cases.map((each) => [each.name, each] as const))("%s", (_, each) => {
  const data = tableOf(each);
  let model: BoostedTrees;

  it("grows the library's trees", async () => {
    model = await trainXgboost(data, paramsOf(each));
    expect(model.trees.length).toBe(each.trees.length);
    each.trees.forEach((dump, i) => expectTree(model.trees[i]!, 0, dump, `tree ${i}`));
  });

  it("predicts what the library predicts", () => {
    expectNumbers(predict(model, data, {margin: true}), each.margin, "margin");
    expectNumbers(predict(model, data), each.prediction, "prediction");
  });

  it("measures importance as the library does", () => {
    for (const [type, scores] of Object.entries(each.importance))
      importance(model, type as ImportanceType).forEach((score, i) =>
        near(score, scores[`f${i}`] ?? 0, 1e-4, `${type} of f${i}`));
  });

  it("reads the library's model, and its own again", () => {
    const theirs = fromXgboostJson(each.model);
    expectNumbers(predict(theirs, data), each.prediction, "prediction of the library's model");
    const again = fromXgboostJson(toXgboostJson(model));
    expect(predict(again, data)).toEqual(predict(model, data));
    expect(toXgboostJson(again)).toBe(toXgboostJson(model));
  });
});
