/** hist, 100,000 rows × 28 features, depth 6, 50 rounds: this room's trainer in Chromium against native XGBoost and others. */
import {spawnSync} from "node:child_process";
import {cpus} from "node:os";
import type {Browser, Page} from "playwright-core";
import {openBenchPage} from "./bench-page.js";
import {forestTreeTime, ydfTreeTime} from "./boosting-peers.js";
import type {BoostingAsked, BoostingTiming} from "./boosting.browser.js";
import type {Report} from "./report.js";

const work = {rows: 100_000, columns: 28, rounds: 50} as const;
const runs = 5;
const small = {rows: 1000, columns: 28, trees: 5} as const;

/** The quickest of some runs each, by turns, binning included on both sides; other random rows of the same kind. */
export async function benchBoosting(browser: Browser, report: Report): Promise<void> {
  const page = await openBenchPage(browser, "bench/boosting.browser.ts", "timeBoosting");
  const ours: BoostingTiming[] = [];
  const native: NativeTiming[] = [];
  for (let run = 0; run < runs; run++) {
    ours.push(await timeIn(page, {...work, device: "auto"}));
    native.push(...timeNative());
  }
  const best = least(ours);
  const conditions = `hist, ${work.rows} × ${work.columns}, depth 6, ${work.rounds} rounds, one thread`;
  report("XGBoost as the page trains it", `${best.seconds.toFixed(2)} s`, `${conditions}, on ${best.device} (its own choice)`);
  if (native.length > 0) {
    const {seconds, version} = least(native);
    report("native XGBoost", `${seconds.toFixed(2)} s`, `${version}, ${cpus().length} threads`);
    report("page / native", `${(best.seconds / seconds).toFixed(2)} ×`, `least of ${runs} runs by turns, same machine`);
  } else report("native XGBoost", "skipped", "set PYTHON to one that has XGBoost");
  const few = 4;
  const first = await timeIn(page, {...work, rounds: few, device: "webgpu"});
  const more = await timeIn(page, {...work, rounds: 2 * few, device: "webgpu"});
  report("a tree with the kernels", `${ms((more.seconds - first.seconds) / few)}`, `WebGPU on ${more.adapter}, the same trees`);
  report("a tree on the CPU", ms(best.seconds / work.rounds), "binning included");
  await benchPeers(page, report, best.seconds / work.rounds);
  await page.close();
}

async function benchPeers(page: Page, report: Report, ours: number): Promise<void> {
  const folder = process.env.PEERS;
  if (!folder) return report("ydf-training, ml-random-forest", "skipped", "set PEERS to a folder whose node_modules hold them");
  const ydf = await ydfTreeTime(folder, work.rows, work.columns);
  report("ydf-training, a tree", ms(ydf), `${work.rows} × ${work.columns}, depth 6, WebAssembly, Node, same run`);
  report("ydf-training / page", `${(ydf / ours).toFixed(1)} ×`, "a tree each");
  const forest = forestTreeTime(folder, small.rows, small.columns, small.trees);
  const same = await timeIn(page, {rows: small.rows, columns: small.columns, rounds: 50, device: "auto"});
  report("ml-random-forest, a tree", ms(forest), `${small.rows} × ${small.columns}, depth 6, Node, same run`);
  report("ml-random-forest / page", `${(forest / (same.seconds / 50)).toFixed(0)} ×`, `a tree each; the page's takes ${ms(same.seconds / 50)}`);
}

const ms = (seconds: number) => `${(1000 * seconds).toFixed(seconds < 0.01 ? 2 : 1)} ms`;

interface NativeTiming {
  readonly seconds: number;
  readonly version: string;
}

/** One run, or none without Python and XGBoost. */
function timeNative(): readonly NativeTiming[] {
  const args = ["bench/boosting.py", work.rows, work.columns, work.rounds, cpus().length, 2].map(String);
  const {status, stdout} = spawnSync(process.env.PYTHON ?? "python3", args, {encoding: "utf8"});
  return status === 0 ? [JSON.parse(stdout) as NativeTiming] : [];
}

function least<T extends {readonly seconds: number}>(timings: readonly T[]): T {
  return timings.reduce((a, b) => (b.seconds < a.seconds ? b : a));
}

const timeIn = (page: Page, asked: BoostingAsked): Promise<BoostingTiming> =>
  page.evaluate(
    (asked) => (globalThis as unknown as {timeBoosting(asked: BoostingAsked): Promise<BoostingTiming>}).timeBoosting(asked),
    asked
  );
