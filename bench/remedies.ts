/** All eight remedies × 16 seeds on 4,000 points, to the step at which the figure stops, on this machine. */
import type {Browser} from "playwright-core";
import {openBenchPage} from "./bench-page.js";
import type {RemediesTiming} from "./remedies.browser.js";
import type {Report} from "./report.js";

export async function benchRemedies(browser: Browser, report: Report): Promise<void> {
  const page = await openBenchPage(browser, "bench/remedies.browser.ts", "timeRemedies");
  const time = (seeds: number, steps: number) =>
    page.evaluate(
      ([seeds, steps]) => (globalThis as unknown as {timeRemedies(s: number, t: number): Promise<RemediesTiming>}).timeRemedies(seeds!, steps!),
      [seeds, steps]
    );
  const {backend, networks, trained, scored, seconds, longestTask, settling} = await time(16, 8000);
  const conditions = `${backend}, ${networks} networks × 8,000 steps × 32 points, compiling included`;
  report("remedies trained", `${trained.toFixed(1)} s`, conditions);
  report("remedies scored", `${scored.toFixed(1)} s`, "the same, and 128 average precisions on 6,000 points");
  report("remedies looked back at", `${seconds.toFixed(1)} s`, "the same, and 10 steps' average precision of 32 networks");
  report("longest main-thread task, remedies", `${longestTask.toFixed(0)} ms`, "0: none over 50 ms");
  const text = Object.entries(settling).map(([id, ratio]) => `${id} ${ratio.toFixed(2)}`).join(", ");
  report("batch loss, last tenth over the one before", text, "1: settled");
  await page.close();
}
