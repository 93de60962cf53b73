/**
 * Other trainers that run in a browser, on the same tables in Node: PEERS is a folder whose node_modules hold
 * ydf-training and ml-random-forest (no dependencies of this repository). What a tree took them, in seconds.
 */
import {createRequire} from "node:module";
import {join} from "node:path";
import {speedTable} from "../src/boosting/speed-experiment.js";

interface Ydf {
  readonly GradientBoostedTreesLearner: new (label: string, task: string) => {
    train(data: Readonly<Record<string, unknown[]>>): {describe(): string; unload(): void};
  };
}

const requireFrom = (folder: string) => createRequire(join(folder, "package.json"));

/**
 * Its API takes no settings: depth 6 and up to 300 trees are its defaults, and nine tenths of the rows. It stops when 30
 * trees have brought nothing, and drops those: they are counted here.
 */
export async function ydfTreeTime(folder: string, rows: number, columns: number): Promise<number> {
  const {features, labels} = speedTable(rows, columns);
  const data: Record<string, unknown[]> = {label: Array.from(labels, (label) => (label ? "yes" : "no"))};
  for (let column = 0; column < columns; column++)
    data[`f${column}`] = Array.from({length: rows}, (_, row) => features[row * columns + column]!);
  const start = requireFrom(folder)("ydf-training") as (options: object) => Promise<Ydf>;
  const {GradientBoostedTreesLearner} = await start({print: () => undefined, printErr: () => undefined});
  const log = console.log;
  console.log = () => undefined;
  const begun = performance.now();
  const model = new GradientBoostedTreesLearner("label", "CLASSIFICATION").train(data);
  const seconds = (performance.now() - begun) / 1000;
  console.log = log;
  const kept = Number(/Number of trees: (\d+)/.exec(model.describe())?.[1]);
  model.unload();
  return seconds / Math.min(300, kept + 30);
}

interface Forest {
  readonly RandomForestClassifier: new (options: object) => {train(features: number[][], labels: number[]): void};
}

/** Depth 6, all rows and columns for every tree. */
export function forestTreeTime(folder: string, rows: number, columns: number, trees: number): number {
  const {features, labels} = speedTable(rows, columns);
  const {RandomForestClassifier} = requireFrom(folder)("ml-random-forest") as Forest;
  const table = Array.from({length: rows}, (_, row) => [...features.subarray(row * columns, (row + 1) * columns)]);
  const options = {nEstimators: trees, maxFeatures: 1, replacement: false, noOOB: true, treeOptions: {maxDepth: 6}};
  const begun = performance.now();
  new RandomForestClassifier(options).train(table, [...labels]);
  return (performance.now() - begun) / 1000 / trees;
}
