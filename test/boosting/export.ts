/**
 * Writes models trained here in XGBoost's JSON, with data and predictions, for export_check.py to load in the real
 * library: `tsx test/boosting/export.ts OUT_DIR`.
 */
import {mkdirSync, writeFileSync} from "node:fs";
import {gaussian, uniform} from "../../src/boosting/sample.js";
import {predict, toXgboostJson, trainXgboost} from "../../src/boosting/xgboost.js";
import type {Objective, Table} from "../../src/boosting/xgboost.js";

function tableFor(objective: Objective, seed: number): Table {
  const random = uniform(seed);
  const [rows, columns] = [1500, 6];
  const features = Float32Array.from({length: rows * columns}, () => (random() < 0.1 ? NaN : gaussian(random)));
  const labels = Float32Array.from({length: rows}, (_, row) => {
    const [a = 0, b = 0, c = 0] = features.subarray(row * columns, row * columns + 3).map((v) => (Number.isNaN(v) ? 0.5 : v));
    const score = Math.sin(2 * a) + b * c + 0.3 * gaussian(random);
    return objective === "reg:squarederror" ? score : objective === "binary:logistic" ? Number(score > 0) : Number(score > -0.6) + Number(score > 0.6);
  });
  const featureNames = ["a", "b", "c", "d", "e", "f"];
  return {features, rows, columns, labels, ...(seed % 2 ? {featureNames} : {})};
}

const out = process.argv[2]!;
mkdirSync(out, {recursive: true});
let seed = 1;
for (const objective of ["reg:squarederror", "binary:logistic", "multi:softprob"] as const)
  for (const treeMethod of ["exact", "hist"] as const) {
    const data = tableFor(objective, seed++);
    const baseScore = objective === "multi:softprob" ? 0.5 : 0.3;
    const model = await trainXgboost(data, {objective, treeMethod, numBoostRound: 20, maxDepth: 5, gamma: 0.1, baseScore, numClass: 3});
    const name = `${objective.replace(":", "-")}-${treeMethod}`;
    writeFileSync(`${out}/${name}.model.json`, toXgboostJson(model));
    const features = Array.from(data.features, (value) => (Number.isNaN(value) ? null : value));
    const [margin, prediction] = [predict(model, data, {margin: true}), predict(model, data)];
    const names = data.featureNames ?? null;
    writeFileSync(`${out}/${name}.data.json`, JSON.stringify({rows: data.rows, columns: data.columns, features, names, margin: [...margin], prediction: [...prediction]}));
  }
