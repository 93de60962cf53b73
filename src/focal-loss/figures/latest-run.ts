/** The remedies as trained last on this page: what one figure trains, another may look into. */
import type {RemedySnapshot} from "../remedies.training.js";
import type {DataSets} from "./remedy-data.js";
import type {RemedyRunConfig} from "./remedy-runs.js";

export interface FinishedRun {
  readonly config: RemedyRunConfig;
  readonly snapshot: RemedySnapshot;
  readonly sets: DataSets;
}

let latest: FinishedRun | undefined;
const listeners = new Set<(run: FinishedRun) => void>();

export function publishRun(run: FinishedRun): void {
  if (latest?.snapshot === run.snapshot) return;
  latest = run;
  for (const listener of listeners) listener(run);
}

/** Calls `listener` now, if there was a run, and at each one that finishes. */
export function onFinishedRun(listener: (run: FinishedRun) => void, signal: AbortSignal): void {
  if (latest) listener(latest);
  listeners.add(listener);
  signal.addEventListener("abort", () => listeners.delete(listener), {once: true});
}
