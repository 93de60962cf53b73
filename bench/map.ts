/** A COCO-val-sized evaluation against pycocotools and faster-coco-eval, on this machine, in this run. */
import {spawnSync} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {evaluateCoco} from "../src/map/coco.js";
import type {Browser} from "playwright-core";
import {openBenchPage} from "./bench-page.js";
import {size, syntheticSet} from "./map-data.js";
import type {SweepTiming, WorkerTiming} from "./map.browser.js";
import type {Report} from "./report.js";

export async function benchMap(browser: Browser, report: Report): Promise<void> {
  const {groundTruth, detections} = syntheticSet();
  const times: number[] = [];
  let stats: readonly number[] = [];
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    stats = evaluateCoco(groundTruth, detections).stats;
    times.push((performance.now() - start) / 1000);
  }
  const seconds = Math.min(...times);
  const conditions = `${size.images} images, ${size.truths} truths, ${detections.length} detections, Node, best of 3`;
  report("COCO evaluation", `${seconds.toFixed(2)} s`, conditions);
  report("peak memory, Node", `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`, "resident, of the whole bench process, with the data");
  await benchWorker(browser, stats, report);
  const folder = mkdtempSync(join(tmpdir(), "workings-map-"));
  const files = [join(folder, "truth.json"), join(folder, "detections.json")] as const;
  writeFileSync(files[0], JSON.stringify(groundTruth));
  writeFileSync(files[1], JSON.stringify(detections));
  for (const peer of ["pycocotools", "faster_coco_eval"]) {
    const {status, stdout} = spawnSync(process.env.PYTHON ?? "python3", ["bench/map_peers.py", peer, ...files], {encoding: "utf8"});
    if (status !== 0) {
      report(peer, "skipped", "not installed; set PYTHON to one that has it");
      continue;
    }
    const timing = JSON.parse(stdout) as {seconds: number; stats: readonly number[]};
    const apart = Math.max(...stats.map((value, i) => Math.abs(value - timing.stats[i]!)));
    report(`COCO evaluation, ${peer}`, `${timing.seconds.toFixed(2)} s`, `evaluate and accumulate; stats differ by ≤ ${apart.toExponential(0)}`);
    report(`${peer} / ours`, `${(timing.seconds / seconds).toFixed(1)} ×`, "same run, same machine");
  }
  rmSync(folder, {recursive: true});
}

/** The worker form in Chromium: how long, whether the page can answer meanwhile, and what the renderer takes. */
async function benchWorker(browser: Browser, stats: readonly number[], report: Report): Promise<void> {
  const page = await openBenchPage(browser, "bench/map.browser.ts", "timeWorker", ["src/map/coco-worker.training.ts"]);
  type InPage = {timeWorker(): Promise<WorkerTiming>; timeSweep(): Promise<SweepTiming>};
  const timing = await page.evaluate(() => (globalThis as unknown as InPage).timeWorker());
  const apart = Math.max(...stats.map((value, i) => Math.abs(value - timing.stats[i]!)));
  report("COCO evaluation in a worker", `${timing.seconds.toFixed(2)} s`, `Chromium, from the call to the answer; stats differ by ≤ ${apart.toExponential(0)}`);
  report("longest main-thread task meanwhile", `${timing.longestTask.toFixed(0)} ms`, "0: none over 50 ms");
  report("peak memory of the renderer", `${(await peakMemory(browser)).toFixed(0)} MB`, "resident, page and worker, data in both");
  const sweep = await page.evaluate(() => (globalThis as unknown as InPage).timeSweep());
  const conditions = `${sweep.adapter}, ${sweep.detections} detections of a class, 4 areas × 10 thresholds; ${sweep.closeCalls} close calls of ${sweep.images} images × areas`;
  report("matching a class, float64", `${sweep.own.toFixed(0)} ms`, "one thread, Chromium");
  report("matching a class, sweep kernel", `${sweep.device.toFixed(0)} ms`, conditions);
  await page.close();
}

/** The largest resident size that any renderer has had, in MB; NaN off Linux. */
async function peakMemory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const {processInfo} = await session.send("SystemInfo.getProcessInfo");
  const peaks = processInfo.filter(({type}) => type === "renderer").map(({id}) => {
    try {
      return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1]) / 1024;
    } catch {
      return NaN;
    }
  });
  return Math.max(...peaks);
}
