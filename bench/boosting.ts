/** hist, 100,000 rows × 28 features, depth 6, 50 rounds: this room's trainer in Node against native XGBoost. */
import {spawnSync} from "node:child_process";
import {cpus} from "node:os";
import {speedTable} from "../src/boosting/speed-experiment.js";
import {trainXgboost} from "../src/boosting/xgboost.js";
import type {Report} from "./report.js";

const [rows, columns, rounds, runs] = [100_000, 28, 50, 3];

/** The quickest of some runs each, binning included on both sides; other random rows of the same kind. */
export async function benchBoosting(report: Report): Promise<void> {
  const data = speedTable(rows, columns);
  const params = {objective: "binary:logistic", treeMethod: "hist", maxDepth: 6, numBoostRound: rounds} as const;
  let ours = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await trainXgboost(data, params);
    ours = Math.min(ours, (performance.now() - start) / 1000);
  }
  const conditions = `hist, ${rows} × ${columns}, depth 6, ${rounds} rounds, one thread`;
  report("boosting, TypeScript", `${ours.toFixed(2)} s`, conditions);
  const python = process.env.PYTHON ?? "python3";
  const args = ["bench/boosting.py", String(rows), String(columns), String(rounds), String(cpus().length), String(runs)];
  const {status, stdout} = spawnSync(python, args, {encoding: "utf8"});
  if (status !== 0) {
    report("native XGBoost", "skipped", `${python} with XGBoost not found; set PYTHON to one that has it`);
    return;
  }
  const native = JSON.parse(stdout) as {seconds: number; version: string};
  report("native XGBoost", `${native.seconds.toFixed(2)} s`, `${native.version}, ${cpus().length} threads`);
  report("TypeScript / native", `${(ours / native.seconds).toFixed(2)} ×`, "same run, same machine");
}
