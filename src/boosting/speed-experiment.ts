/** How long growing one tree takes on the CPU, by rows: the exact serial scan and the histograms. */
import {binTable} from "./bins.js";
import {exactGrower} from "./exact.js";
import {histGrower} from "./hist.js";
import {derivatives} from "./objective.js";
import {gaussian, uniform} from "./sample.js";
import type {Table} from "./table.js";
import {xgboostParams} from "./xgboost-params.js";

export type SpeedMethod = "exact" | "hist" | "webgpu";
export const speedRows: readonly number[] = [1000, 3000, 10_000, 30_000, 100_000];
export const speedColumns: readonly number[] = [3, 6, 12, 24, 48];

export interface SpeedConfig {
  /** What grows from table to table. */
  readonly across: "rows" | "columns";
  readonly depth: number;
  /** Of each table, or across rows the most. */
  readonly rows: number;
  /** Of each table; across columns not read. */
  readonly columns: number;
}

/** The sizes of the tables measured. */
export function speedSizes({across, rows, columns}: SpeedConfig): readonly {readonly rows: number; readonly columns: number}[] {
  return across === "rows" ? speedRows.filter((some) => some <= rows).map((some) => ({rows: some, columns})) : speedColumns.map((some) => ({rows, columns: some}));
}

/** Milliseconds of a tree, and of what is done once before the first: sorting or binning. */
export interface SpeedTiming {
  readonly method: SpeedMethod;
  readonly rows: number;
  readonly columns: number;
  readonly tree: number;
  readonly setup: number;
}

export interface SpeedSnapshot {
  readonly progress: {readonly done: number; readonly total: number};
  readonly timings: readonly SpeedTiming[];
}

/** A table of random columns whose label depends on three of them. */
export function speedTable(rows: number, columns: number): Table {
  const random = uniform(rows);
  const features = Float32Array.from({length: rows * columns}, () => gaussian(random));
  const labels = Float32Array.from({length: rows}, (_, row) => {
    const [a = 0, b = 0, c = 0] = features.subarray(row * columns, row * columns + 3);
    return Number(Math.sin(2 * a) + b * c + 0.5 * gaussian(random) > 0);
  });
  return {features, rows, columns, labels};
}

/** The first round's gradients of the log loss. */
export function firstGradients({labels, rows}: Table): {readonly gradient: Float32Array; readonly hessian: Float32Array} {
  const [gradient, hessian] = [new Float32Array(rows), new Float32Array(rows)];
  derivatives("binary:logistic", labels, new Float32Array(rows), 0, 1, gradient, hessian);
  return {gradient, hessian};
}

export const speedParams = (depth: number) => xgboostParams({objective: "binary:logistic", treeMethod: "hist", maxDepth: depth});

/** A snapshot a measurement. Each method grows trees for a while; the quickest counts, for the first also compiles. */
export function* speedExperiment(config: SpeedConfig): Generator<SpeedSnapshot, void> {
  const sizes = speedSizes(config);
  const timings: SpeedTiming[] = [];
  const params = speedParams(config.depth);
  for (const {rows, columns} of sizes) {
    const data = speedTable(rows, columns);
    const task = {...firstGradients(data), columns: Int32Array.from({length: columns}, (_, i) => i), trace: false};
    for (const method of ["hist", "exact"] as const) {
      const prepare = () => (method === "exact" ? exactGrower(data, params) : histGrower(binTable(data, params.maxBin), params));
      let setup = Infinity;
      let grow = prepare();
      for (let run = 0; run < 2; run++) {
        const begun = performance.now();
        grow = prepare();
        setup = Math.min(setup, performance.now() - begun);
      }
      const times: number[] = [];
      for (const since = performance.now(); times.length < 2 || performance.now() - since < 150; ) {
        const start = performance.now();
        for (const _ of grow(task)) void _;
        times.push(performance.now() - start);
      }
      timings.push({method, rows, columns, setup, tree: Math.min(...times)});
      yield {progress: {done: timings.length, total: 2 * sizes.length}, timings: [...timings]};
    }
  }
}
