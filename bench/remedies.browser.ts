/** Runs in Chromium: all remedies of the focal loss room on the active backend, timed. */
import {startBackend} from "../src/compute/backend.js";
import {remedyIds} from "../src/focal-loss/remedies.js";
import {generatedSets, runRemedies} from "../src/focal-loss/remedies.training.js";

export interface RemediesTiming {
  readonly backend: string;
  readonly networks: number;
  /** Until the last step, until all are scored, and until the last look back. */
  readonly trained: number;
  readonly scored: number;
  readonly seconds: number;
  readonly longestTask: number;
  /** Mean loss of a batch in the last two tenths of the training, by remedy: the later over the earlier. */
  readonly settling: Readonly<Record<string, number>>;
}

async function timeRemedies(seeds: number, steps: number): Promise<RemediesTiming> {
  const status = await startBackend();
  const sets = generatedSets({shape: "islands", count: 4000, ratio: 50, overlap: 0.3}, 3);
  let [longestTask, trained, scored] = [0, 0, 0];
  const observer = new PerformanceObserver((list) => {
    for (const {duration} of list.getEntries()) longestTask = Math.max(longestTask, duration);
  });
  observer.observe({entryTypes: ["longtask"]});
  // Making up the points is the bench's task, not the training's.
  await new Promise((resolve) => setTimeout(resolve));
  const start = performance.now();
  const since = () => (performance.now() - start) / 1000;
  const run = runRemedies(
    {...sets, remedies: remedyIds, seeds, steps, batch: 32, rate: 0.03, alpha: 0.25, gamma: 2, beta: 0.999},
    {
      onSnapshot({scores, lookback}) {
        if (scores.length === 0) trained = since();
        if (lookback.length === 0) scored = since();
      }
    }
  );
  const last = await run.done;
  const seconds = since();
  observer.disconnect();
  if (!last || run.state.phase !== "done") throw new Error(`the run ended ${JSON.stringify(run.state)}`);
  const mean = (remedy: number, from: number, to: number) => {
    const reports = last.history.filter(({step}) => step > from * steps && step <= to * steps);
    const losses = reports.flatMap(({batchLoss}) => [...batchLoss.subarray(remedy * seeds, (remedy + 1) * seeds)]);
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  };
  return {
    backend: "adapter" in status ? `WebGPU · ${status.adapter}` : status.state,
    networks: remedyIds.length * seeds,
    trained,
    scored,
    seconds,
    longestTask,
    settling: Object.fromEntries(remedyIds.map((id, r) => [id, mean(r, 0.9, 1) / mean(r, 0.8, 0.9)]))
  };
}

Object.assign(globalThis, {timeRemedies});
