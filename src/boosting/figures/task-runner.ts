/** Runs a task for a figure: by itself when it comes on screen, again when its settings change, with a run bar. */
import {runBar} from "../../notebook/run-bar.js";
import type {RunState} from "../../notebook/run-bar.js";
import type {TaskConfig, TaskName, TaskSnapshot} from "../tasks.js";
import type {Drive} from "../tasks.training.js";

const labels = {failed: "The run failed: ", preparing: "Preparing…"};

export interface TaskRunnerOptions<N extends TaskName> {
  readonly task: N;
  readonly config: () => TaskConfig<N>;
  /** Names the settings: another name is another run. Default: the config itself, which should then be small. */
  readonly key?: () => string;
  /** Whether there is anything to run now. Default: always. */
  readonly wanted?: () => boolean;
  readonly signal: AbortSignal;
  readonly onVisible: (listener: (visible: boolean) => void) => () => void;
  readonly redraw: () => void;
  /** What the run bar says. */
  readonly message: (snapshot: TaskSnapshot<N>) => string;
}

export interface TaskRunner<N extends TaskName> {
  readonly element: HTMLElement;
  readonly snapshot: TaskSnapshot<N> | undefined;
  /** Whether the snapshot is of the settings of now. */
  readonly isCurrent: boolean;
  /** Draws the bar; begins anew if the settings are others than those of the run. */
  update(): void;
}

export function taskRunner<N extends TaskName>({
  task, config, signal, onVisible, redraw, message, key = () => JSON.stringify(config()), wanted = () => true
}: TaskRunnerOptions<N>): TaskRunner<N> {
  let state: RunState = "idle";
  let snapshot: TaskSnapshot<N> | undefined;
  let current: Drive<TaskSnapshot<N> & {progress: {done: number; total: number}}> | undefined;
  let [ran, began, share, problem, seen, generation] = ["", "", 0, "", false, 0];
  const set = (next: RunState) => {
    state = next;
    redraw();
  };

  async function start(): Promise<void> {
    const mine = ++generation;
    current?.cancel();
    ran = began = key();
    [snapshot, share, problem] = [undefined, 0, ""];
    set("running");
    const {runTask} = await import("../tasks.training.js");
    if (mine !== generation) return;
    current = runTask(task, config(), {
      signal,
      visible: onVisible,
      onSnapshot: (next) => {
        if (mine !== generation) return;
        snapshot = next;
        share = next.progress.done / next.progress.total;
        redraw();
      },
      onState: (next) => {
        if (mine !== generation) return;
        if (next.phase === "failed") problem = labels.failed + next.error.message;
        if (next.phase === "recovering") return;
        set(next.phase === "paused" && next.by !== "reader" ? "running" : next.phase);
      }
    });
  }

  const bar = runBar({
    onStart: () => {
      if (wanted()) void start();
    },
    onPause: () => current?.pause(),
    onResume: () => current?.resume(),
    onCancel: () => current?.cancel()
  });
  onVisible((visible) => {
    if (visible && !seen) {
      seen = true;
      if (wanted()) void start();
    }
  });
  return {
    element: bar.element,
    get snapshot() {
      return snapshot;
    },
    get isCurrent() {
      return began === key();
    },
    update() {
      if (seen && wanted() && ran !== key()) {
        // A slider sends many values: the run waits until it rests.
        const asked = (ran = key());
        setTimeout(() => {
          if (!signal.aborted && wanted() && key() === asked) void start();
        }, began ? 250 : 0);
      }
      bar.show(state, share, problem || (snapshot ? message(snapshot) : state === "running" ? labels.preparing : ""));
    }
  };
}
