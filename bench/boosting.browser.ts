/** Trains in the bench's page as the figures do, and says how long it took. */
import {startKernels} from "../src/boosting/hist-device.training.js";
import {speedTable} from "../src/boosting/speed-experiment.js";
import {trainXgboost} from "../src/boosting/xgboost.js";
import type {TrainDevice} from "../src/boosting/xgboost.js";

export interface BoostingAsked {
  readonly rows: number;
  readonly columns: number;
  readonly rounds: number;
  readonly device: TrainDevice | "auto";
}

export interface BoostingTiming {
  readonly seconds: number;
  readonly device: TrainDevice;
  /** What WebGPU runs on. */
  readonly adapter: string;
}

/** Binning included, the making of the table and the start of WebGPU not. */
async function timeBoosting({rows, columns, rounds, device}: BoostingAsked): Promise<BoostingTiming> {
  const data = speedTable(rows, columns);
  const {name: adapter} = await startKernels();
  let used: TrainDevice = "cpu";
  const params = {objective: "binary:logistic", treeMethod: "hist", maxDepth: 6, numBoostRound: rounds} as const;
  const start = performance.now();
  await trainXgboost(data, params, {device, onDevice: (next) => (used = next)});
  return {seconds: (performance.now() - start) / 1000, device: used, adapter};
}

Object.assign(globalThis, {timeBoosting});
