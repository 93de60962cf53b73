/** The figures' experiments show what the page says they show. */
import {expect, it} from "vitest";
import {csvExperiment} from "../../src/boosting/csv-experiment.js";
import type {CsvSnapshot} from "../../src/boosting/csv-experiment.js";
import {fitCurve} from "../../src/boosting/curve-fit.js";
import {curveOf} from "../../src/boosting/curves.js";
import {importanceExperiment, plantedFeatures} from "../../src/boosting/importance-experiment.js";
import {methods, missingExperiment, missingRates} from "../../src/boosting/missing-experiment.js";
import {ownMissingExperiment} from "../../src/boosting/own-missing-experiment.js";
import type {OwnMissingSnapshot} from "../../src/boosting/own-missing-experiment.js";
import {penguins} from "../../src/boosting/penguins.js";
import {curveSample} from "../../src/boosting/samples.js";
import {predict} from "../../src/boosting/xgboost.js";

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

it("on squared error, XGBoost without λ is GBDT", () => {
  const curve = curveOf("wave", []);
  const [train, validation] = [curveSample(curve, 60, 0.1, 1), curveSample(curve, 60, 0.1, 2)];
  const fits = (["gbdt", "xgboost"] as const).map((library) =>
    fitCurve(library, train, validation, {rate: 0.3, depth: 2, rounds: 10, lambda: 0, patience: 0}));
  fits[0]!.rounds.forEach(({train: error}, round) => expect(fits[1]!.rounds[round]!.train).toBeCloseTo(error, 5));
});

it("where values of class 1 go missing, learned directions beat every filling; dropping rows is worst", () => {
  const snapshots = [...missingExperiment({mechanism: "label", rows: 150, seeds: 2, seed: 1})];
  const {losses, progress} = snapshots.at(-1)!;
  expect(progress.done).toBe(progress.total);
  const at = missingRates.length - 2;
  const last = Object.fromEntries(methods.map((method) => [method, mean(losses[method][at]!)]));
  for (const method of ["mean", "median", "frequent", "deletion"]) expect(last.xgboost).toBeLessThan(last[method]!);
  expect(Math.max(...Object.values(last))).toBe(last.deletion);
}, 20_000);

it("weight ranks continuous noise above the rare switch that decides alone, gain and permutation the other way", () => {
  const config = {features: plantedFeatures, likeness: 1, rows: 500, rounds: 30, depth: 5, seeds: 2, seed: 1};
  const {shares} = [...importanceExperiment(config)].at(-1)!;
  const of = (measure: keyof typeof shares, feature: (typeof plantedFeatures)[number]) => mean(shares[measure][plantedFeatures.indexOf(feature)]!);
  expect(of("weight", "noise")).toBeGreaterThan(of("weight", "switch"));
  expect(of("gain", "noise")).toBeLessThan(of("gain", "switch"));
  expect(of("permutation", "noise")).toBeLessThan(of("permutation", "switch"));
});

it("learns the penguins with their holes, validation curve and model of one piece", async () => {
  const table = penguins(["beak length, mm", "beak depth, mm", "flipper length, mm"], "C");
  const penalties = {lambda: 1, alpha: 0, gamma: 0, child: 1};
  const config = {table, classes: 2, rate: 0.3, depth: 3, rounds: 10, ...penalties, patience: 0, device: "auto", held: 0.25, seed: 1} as const;
  const snapshots: CsvSnapshot[] = [];
  for await (const snapshot of csvExperiment(config)) snapshots.push(snapshot);
  const {result, xgboost, gbdt} = snapshots.at(-1)!;
  expect(gbdt.validation.length).toBe(10);
  expect(xgboost.train.at(-1)).toBeLessThan(xgboost.train[0]!);
  const answers = predict(result!.model, table);
  const right = result!.validationRows.filter((row) => (answers[row]! > 0.5) === (table.labels[row] === 1)).length;
  expect(right / result!.validationRows.length).toBeGreaterThan(0.9);
  expect(result!.root.chosen!.gain).toBe(Math.max(...result!.root.candidates.map(({gain}) => gain)));
  const stopped: CsvSnapshot[] = [];
  for await (const snapshot of csvExperiment({...config, rounds: 200, patience: 3})) stopped.push(snapshot);
  expect(stopped.at(-1)!.xgboost.train.length).toBeLessThan(200);
  expect(stopped.at(-1)!.result!.model.bestIteration).toBe(stopped.at(-1)!.xgboost.train.length - 4);
});

it.each([["a value", 0], ["two classes", 2], ["three classes", 3]] as const)("compares ways with missing values, predicting %s", async (_, classes) => {
  const {features, rows, columns, labels} = penguins(["beak length, mm", "flipper length, mm"], "C");
  const table = {features, rows, columns, labels: classes === 3 ? labels.map((label, row) => (label ? 2 : row % 2)) : labels};
  const config = {table, classes, rate: 0.3, depth: 2, rounds: 5, lambda: 1, held: 0.25, remove: 0.3, seeds: 2, seed: 1};
  let last: OwnMissingSnapshot | undefined;
  for await (const snapshot of ownMissingExperiment(config)) last = snapshot;
  for (const method of methods) expect(last!.losses[method].every((loss) => loss > 0 && loss < 2)).toBe(true);
  expect(last!.columns[0]!.missing).toBeGreaterThan(50);
  expect(last!.progress.done).toBe(10);
});
