/** Runs something long for a figure, with a run bar: by itself when it comes on screen, or when asked. */
import {runBar} from "../../notebook/run-bar.js";
import type {RunState} from "../../notebook/run-bar.js";
import type {Drive, DriveState} from "../judge.training.js";

const labels = {failed: "It failed: ", recovering: "The GPU was lost; going on when it is back."};

interface Progressing {
  readonly progress: {readonly done: number; readonly total: number};
}

export interface DriveRunnerOptions<S extends Progressing> {
  /** Begins; what it gives is driven to its end. */
  readonly begin: (options: {
    readonly signal: AbortSignal;
    readonly visible: (listener: (visible: boolean) => void) => () => void;
    readonly onSnapshot: (snapshot: S) => void;
    readonly onState: (state: DriveState) => void;
  }) => Promise<Drive<S>>;
  readonly signal: AbortSignal;
  readonly visible: (listener: (visible: boolean) => void) => () => void;
  readonly onChange: () => void;
  readonly onDone?: (snapshot: S) => void;
  readonly startLabel?: string;
}

export interface DriveRunner<S> {
  readonly element: HTMLElement;
  readonly snapshot: S | undefined;
  readonly state: RunState;
  start(): void;
  show(message: string): void;
}

export function driveRunner<S extends Progressing>(options: DriveRunnerOptions<S>): DriveRunner<S> {
  const {begin, signal, visible, onChange, onDone, startLabel} = options;
  let state: RunState = "idle";
  let snapshot: S | undefined;
  let current: Drive<S> | undefined;
  let [generation, problem] = [0, ""];
  async function start(): Promise<void> {
    const mine = ++generation;
    current?.cancel();
    [state, problem, snapshot] = ["running", "", undefined];
    onChange();
    const drive = await begin({
      signal, visible,
      onSnapshot(next) {
        if (mine !== generation) return;
        snapshot = next;
        onChange();
      },
      onState(next) {
        if (mine !== generation) return;
        problem = next.phase === "failed" ? labels.failed + next.error.message : next.phase === "recovering" ? labels.recovering : "";
        if (next.phase !== "recovering") state = next.phase === "paused" && next.by !== "reader" ? "running" : next.phase;
        onChange();
      }
    });
    if (mine !== generation) return drive.cancel();
    current = drive;
    const last = await drive.done;
    if (mine === generation && last && drive.state.phase === "done") onDone?.(last);
  }
  const startSafely = () => {
    const mine = generation + 1;
    start().catch((error: unknown) => {
      if (mine !== generation) return;
      [state, problem] = ["failed", labels.failed + (error instanceof Error ? error.message : String(error))];
      onChange();
    });
  };
  const bar = runBar({
    onStart: startSafely, onPause: () => current?.pause(), onResume: () => current?.resume(), onCancel: () => current?.cancel(),
    ...(startLabel && {startLabel})
  });
  return {
    element: bar.element,
    get snapshot() {
      return snapshot;
    },
    get state() {
      return state;
    },
    start: startSafely,
    show: (message) => bar.show(state, snapshot ? snapshot.progress.done / snapshot.progress.total : 0, problem || message)
  };
}
