/** Trees grown with the kernels are those that `hist` grows on the CPU, on WebGPU and on the kernels' CPU twins. */
import {afterAll, expect, test} from "vitest";
import {engine} from "@tensorflow/tfjs-core";
import {speedTable} from "../../src/boosting/speed-experiment.js";
import {gaussian, uniform} from "../../src/boosting/sample.js";
import {boost} from "../../src/boosting/boost.js";
import {quickerSearch} from "../../src/boosting/hist-device.training.js";
import {trainXgboost} from "../../src/boosting/xgboost.js";
import type {Table, XgboostParams} from "../../src/boosting/xgboost.js";
import {startBackend} from "../../src/compute/backend.js";

afterAll(() => startBackend({prefer: "webgpu"}));

const logistic = {objective: "binary:logistic", treeMethod: "hist"} as const;
const cases: readonly (readonly [name: string, table: () => Table, params: Partial<XgboostParams>])[] = [
  ["many rows", () => speedTable(6000, 6), {...logistic, maxDepth: 6, numBoostRound: 4}],
  ["missing values", () => holed(2000, 5), {...logistic, maxBin: 64, maxDepth: 5, numBoostRound: 4}],
  ["every penalty", () => holed(1500, 4), {
    ...logistic, maxDepth: 5, numBoostRound: 3, regAlpha: 0.3, regLambda: 2, gamma: 0.2, minChildWeight: 2, maxDeltaStep: 0.7
  }],
  ["squared error, twin columns", () => twins(1200), {treeMethod: "hist", maxDepth: 4, numBoostRound: 3}],
  ["three classes, sampled rows and columns", () => classes(900), {
    objective: "multi:softprob", numClass: 3, treeMethod: "hist", maxDepth: 3, numBoostRound: 2, subsample: 0.7, colsampleBytree: 0.6
  }]
];

for (const backend of ["webgpu", "cpu"] as const)
  test.each(cases)(`on ${backend}: %s`, async (_, table, params) => {
    await startBackend({prefer: backend});
    const data = table();
    const expected = await trainXgboost(data, params, {device: "cpu"});
    const tensors = engine().memory().numTensors;
    const used: string[] = [];
    const {trees} = await trainXgboost(data, params, {device: "webgpu", onDevice: (device) => used.push(device)});
    expect(used).toEqual(["webgpu"]);
    expect(engine().memory().numTensors).toBe(tensors);
    expect(trees.length).toBe(expected.trees.length);
    trees.forEach((tree, i) => {
      const theirs = expected.trees[i]!;
      expect(tree.left).toEqual(theirs.left);
      expect(tree.feature).toEqual(theirs.feature);
      expect(tree.threshold).toEqual(theirs.threshold);
      expect(tree.defaultLeft).toEqual(theirs.defaultLeft);
      tree.value.forEach((value, node) => expect(value).toBeCloseTo(theirs.value[node]!, 6));
      tree.cover.forEach((cover, node) => expect(cover).toBeCloseTo(theirs.cover[node]!, 3));
    });
  });

test("left to itself, training stays on the CPU for small tables, and for large ones where no GPU but software runs WebGPU", async () => {
  await startBackend({prefer: "webgpu"});
  for (const rows of [500, 30_000]) {
    const used: string[] = [];
    await trainXgboost(speedTable(rows, 10), {...logistic, maxDepth: 2, numBoostRound: 20}, {onDevice: (device) => used.push(device)});
    expect(used).toEqual(["cpu"]);
  }
});

test("the quicker of the two goes on after two trees on each, and the model is the same", async () => {
  await startBackend({prefer: "webgpu"});
  const data = speedTable(2000, 4);
  const params = {...logistic, maxDepth: 3, numBoostRound: 7};
  const used: string[] = [];
  let rounds = 0;
  const training = boost(data, params, {search: (bins, full) => quickerSearch(bins, full, (device) => used.push(`${device} from ${rounds}`))});
  let step = training.next();
  for (; !step.done; step = training.next()) {
    if (step.value.kind === "wait") await step.value.until;
    if (step.value.kind === "round") rounds++;
  }
  expect(used.join()).toMatch(/^(cpu|webgpu) from 4$/);
  const {trees} = await trainXgboost(data, params, {device: "cpu"});
  step.value.trees.forEach((tree, i) => expect(tree.threshold).toEqual(trees[i]!.threshold));
});

function holed(rows: number, columns: number): Table {
  const random = uniform(5);
  const features = Float32Array.from({length: rows * columns}, () => (random() < 0.05 ? NaN : gaussian(random)));
  const labels = Float32Array.from({length: rows}, (_, row) => Number((features[row * columns] || 0) + 0.5 * gaussian(random) > 0));
  return {features, rows, columns, labels};
}

/** Two equal columns and one with few values: splits that are equally good. */
function twins(rows: number): Table {
  const random = uniform(6);
  const features = new Float32Array(3 * rows);
  const labels = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const x = gaussian(random);
    features.set([x, x, Math.floor(4 * random())], 3 * row);
    labels[row] = Math.sin(2 * x) + 0.2 * gaussian(random);
  }
  return {features, rows, columns: 3, labels};
}

function classes(rows: number): Table {
  const data = holed(rows, 4);
  return {...data, labels: data.labels.map((label, row) => (row % 3 === 0 ? 2 : label))};
}
