/** Runs the measurements for a figure: one axis by itself, all of them when the reader asks, going on from where it was. */
import type {RunState} from "../../notebook/run-bar.js";
import {parallelAxes, parallelPlan} from "../parallel.js";
import type {ParallelAxis, ParallelSizes, ParallelTiming} from "../parallel.js";
import type {Drive, ParallelSnapshot} from "../parallel.training.js";

export interface ParallelView {
  readonly state: RunState;
  readonly timings: readonly ParallelTiming[];
  readonly total: number;
  readonly backend: string;
  readonly failure: string;
}

export interface ParallelRunner {
  readonly view: ParallelView;
  /** Other sizes: what was measured is of no use any more. */
  prepare(base: ParallelSizes): void;
  start(axes?: readonly ParallelAxis[]): void;
  pause(): void;
  resume(): void;
  cancel(): void;
}

export interface ParallelRunnerOptions {
  readonly signal: AbortSignal;
  readonly visible: (listener: (visible: boolean) => void) => () => void;
  readonly onChange: () => void;
}

export function parallelRunner({signal, visible, onChange}: ParallelRunnerOptions): ParallelRunner {
  const rested: ParallelView = {state: "idle", timings: [], total: 1, backend: "", failure: ""};
  let view = rested;
  let base: ParallelSizes = {batch: 1, length: 8, hidden: 8};
  let last: ParallelSnapshot | undefined;
  let current: Drive<ParallelSnapshot> | undefined;
  let generation = 0;
  const set = (patch: Partial<ParallelView>) => {
    view = {...view, ...patch};
    onChange();
  };

  async function run(axes: readonly ParallelAxis[], mine: number): Promise<void> {
    const {runParallel} = await import("../parallel.training.js");
    if (mine !== generation) return;
    const running = runParallel({base, axes}, {
      signal, visible, ...(last && {resume: last}),
      onSnapshot(snapshot) {
        if (mine !== generation) return;
        last = snapshot;
        set({timings: snapshot.timings, backend: snapshot.backend});
      },
      onState(state) {
        if (mine !== generation) return;
        if (state.phase === "running") set({state: "running"});
        else if (state.phase === "paused") set({state: state.by === "reader" ? "paused" : "running"});
      }
    });
    current = running;
    await running.done;
    if (mine !== generation) return;
    const {state} = running;
    if (state.phase === "failed") throw state.error;
    const whole = axes.length === parallelAxes.length;
    set({state: state.phase === "cancelled" ? "cancelled" : whole ? "done" : "idle"});
  }

  return {
    get view() {
      return view;
    },
    prepare(next) {
      generation++;
      current?.cancel();
      [base, last] = [next, undefined];
      set({...rested, total: parallelPlan(next, parallelAxes).length});
    },
    start(axes = parallelAxes) {
      current?.cancel();
      const mine = ++generation;
      if (view.state === "done") [last, view] = [undefined, {...view, timings: []}];
      set({state: "running", failure: ""});
      run(axes, mine).catch((error: unknown) => {
        if (mine === generation) set({state: "failed", failure: error instanceof Error ? error.message : String(error)});
      });
    },
    pause: () => current?.pause(),
    resume: () => current?.resume(),
    cancel: () => current?.cancel()
  };
}
