/** Runs in Chromium: the full simulation on the active backend, timed, with the longest main-thread task meanwhile. */
import {startBackend} from "../src/compute/backend.js";
import {runExperiment, seededPoints} from "../src/iou/experiment.training.js";
import type {ExperimentKind} from "../src/iou/experiment.js";

export interface ExperimentTiming {
  readonly backend: string;
  readonly cases: number;
  readonly seconds: number;
  readonly longestTask: number;
  /** Mean error of a case after steps 0, 50, 100, 160 and 200. */
  readonly curve: readonly number[];
}

async function timeExperiment(kind: ExperimentKind, points: number): Promise<ExperimentTiming> {
  const status = await startBackend();
  let longestTask = 0;
  const observer = new PerformanceObserver((list) => {
    for (const {duration} of list.getEntries()) longestTask = Math.max(longestTask, duration);
  });
  observer.observe({entryTypes: ["longtask"]});
  const start = performance.now();
  const run = runExperiment({points: seededPoints(points, 1), kinds: [kind], sign: "true"});
  const last = await run.done;
  const seconds = (performance.now() - start) / 1000;
  observer.disconnect();
  if (!last || run.state.phase !== "done") throw new Error(`the run ended ${JSON.stringify(run.state)}`);
  const {curve} = last.results[kind]!;
  return {
    backend: "adapter" in status ? `WebGPU · ${status.adapter}` : status.state,
    cases: points * 343,
    seconds,
    longestTask,
    curve: [0, 50, 100, 160, 200].map((step) => curve[step]!)
  };
}

Object.assign(globalThis, {timeExperiment});
