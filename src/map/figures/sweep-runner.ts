/** Runs sweeps for a figure: by itself when it comes on screen, anew when another is wanted; finished ones are kept. */
import {runBar} from "../../notebook/run-bar.js";
import type {RunState} from "../../notebook/run-bar.js";
import type {SweepConfig, SweepPoint} from "../misleads.js";
import type {Drive, SweepSnapshot} from "../misleads.training.js";

const labels = {
  failed: "The run failed: ",
  message: (done: number, total: number) => `${done} of ${total} evaluations, in a worker`,
  preparing: "Preparing…"
};

export interface SweepRunnerOptions {
  readonly config: () => SweepConfig;
  readonly signal: AbortSignal;
  readonly onVisible: (listener: (visible: boolean) => void) => () => void;
  readonly redraw: () => void;
}

export interface SweepRunner {
  readonly element: HTMLElement;
  /** The points of the sweep that the settings ask for, as far as they are there. */
  points(): readonly SweepPoint[];
  /** Draws the bar; begins a sweep if the settings ask for another. */
  update(): void;
}

export function sweepRunner({config, signal, onVisible, redraw}: SweepRunnerOptions): SweepRunner {
  const finished = new Map<string, SweepSnapshot>();
  let state: RunState = "idle";
  let snapshot: SweepSnapshot | undefined;
  let current: Drive<SweepSnapshot> | undefined;
  let [wanted, problem, seen, generation] = ["", "", false, 0];
  const set = (next: RunState) => {
    state = next;
    redraw();
  };

  async function start(): Promise<void> {
    const mine = ++generation;
    const settings = config();
    current?.cancel();
    current = undefined;
    wanted = JSON.stringify(settings);
    [snapshot, problem] = [undefined, ""];
    set("running");
    const {runSweep} = await import("../misleads.training.js");
    if (mine !== generation) return;
    current = runSweep(settings, {
      signal,
      visible: onVisible,
      onSnapshot: (next) => {
        if (mine !== generation) return;
        snapshot = next;
        redraw();
      },
      onState: (next) => {
        if (mine !== generation || next.phase === "recovering") return;
        if (next.phase === "failed") problem = labels.failed + next.error.message;
        if (next.phase === "done" && snapshot) finished.set(wanted, snapshot);
        set(next.phase === "paused" && next.by !== "reader" ? "running" : next.phase);
      }
    });
  }

  const bar = runBar({
    onStart: () => {
      finished.delete(wanted);
      void start();
    },
    onPause: () => current?.pause(),
    onResume: () => current?.resume(),
    onCancel: () => current?.cancel()
  });
  const stop = onVisible((visible) => {
    if (!visible) return;
    seen = true;
    stop();
    redraw();
  });

  return {
    element: bar.element,
    points: () => snapshot?.points ?? [],
    update() {
      const asked = JSON.stringify(config());
      if (seen && asked !== wanted) {
        const kept = finished.get(asked);
        if (kept) {
          generation++;
          current?.cancel();
          [wanted, snapshot, problem, state] = [asked, kept, "", "done"];
        } else void start();
      }
      const {done = 0, total = 1} = snapshot?.progress ?? {};
      bar.show(state, done / total, problem || (snapshot ? labels.message(done, total) : labels.preparing));
    }
  };
}
