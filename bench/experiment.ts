/** The full simulation, 1,715,000 boxes × 200 steps of one loss: WebGPU against NumPy, on this machine, in this run. */
import {spawnSync} from "node:child_process";
import type {Browser} from "playwright-core";
import {openBenchPage} from "./bench-page.js";
import type {ExperimentTiming} from "./experiment.browser.js";
import type {Report} from "./report.js";

const kinds = ["iou", "giou", "diou", "ciou"] as const;
const points = 5000;

export async function benchExperiment(browser: Browser, report: Report): Promise<void> {
  const page = await openBenchPage(browser, "bench/experiment.browser.ts", "timeExperiment");
  const time = (kind: string, count: number) =>
    page.evaluate(
      ([kind, count]) =>
        (globalThis as unknown as {timeExperiment(k: string, n: number): Promise<ExperimentTiming>}).timeExperiment(
          kind as string,
          count as number
        ),
      [kind, count] as const
    );
  // The first run compiles.
  await time("iou", 50);
  const gpu: Partial<Record<string, ExperimentTiming>> = {};
  for (const kind of kinds) {
    const timing = (gpu[kind] = await time(kind, points));
    const conditions = `${timing.backend}, ${timing.cases} boxes × 200 steps`;
    report(`experiment ${kind}`, `${timing.seconds.toFixed(2)} s`, conditions);
    report(`longest main-thread task, ${kind}`, `${timing.longestTask.toFixed(0)} ms`, "0: none over 50 ms");
  }
  await page.close();
  compareWithNumpy(gpu.diou!, report);
}

/** float64 is what the authors' script computes in, float32 what the kernel does. */
function compareWithNumpy(gpu: ExperimentTiming, report: Report): void {
  const python = process.env.PYTHON ?? "python3";
  for (const type of ["float64", "float32"]) {
    const args = ["bench/iou_experiment.py", "diou", String(points), "1", type];
    const {status, stdout} = spawnSync(python, args, {encoding: "utf8"});
    if (status !== 0) {
      report("NumPy", "skipped", `${python} with NumPy not found; set PYTHON to one that has it`);
      return;
    }
    const peer = JSON.parse(stdout) as {seconds: number; numpy: string; curve: readonly number[]};
    const conditions = `NumPy ${peer.numpy}, ${type}, vectorised over all boxes`;
    report("experiment diou, NumPy", `${peer.seconds.toFixed(1)} s`, conditions);
    report(`NumPy ${type} / WebGPU`, `${(peer.seconds / gpu.seconds).toFixed(1)} ×`, "same run, same machine");
    const errors = [gpu, peer].map(({curve}) => curve[3]!.toFixed(4)).join(" | ");
    report("mean error at step 160", errors, "WebGPU | NumPy, other random points");
  }
}
