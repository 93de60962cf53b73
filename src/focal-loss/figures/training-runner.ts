/** Runs a training for a figure: starts, pauses, cancels, and keeps the newest snapshot and what happened on the way. */
import type {RunState} from "../../notebook/run-bar.js";
import type {Drive, DriveOptions, DriveState} from "../remedies.training.js";

interface Progressing {
  readonly progress: {readonly done: number; readonly total: number};
}

export interface RunnerView<C, S> {
  readonly state: RunState;
  /** Of the run that runs, or ran last. */
  readonly config: C | null;
  readonly snapshot: S | null;
  /** Seconds of computing: pauses do not count. */
  readonly seconds: number;
  readonly incident: {readonly kind: "recovered" | "recovering" | "failed"; readonly text: string} | null;
}

export interface TrainingRunner<C, S> {
  readonly view: RunnerView<C, S>;
  start(config: C): void;
  pause(): void;
  resume(): void;
  cancel(): void;
}

export interface TrainingRunnerOptions<C, S extends Progressing> {
  readonly signal: AbortSignal;
  readonly visible: (listener: (visible: boolean) => void) => () => void;
  /** Something is to be drawn; some times a second while it runs. */
  readonly onChange: () => void;
  /** Loads the training and starts it. */
  readonly launch: (config: C, options: DriveOptions<S>) => Promise<Drive<S>>;
}

/** Milliseconds between pictures of a run. */
const showTime = 180;

export function trainingRunner<C, S extends Progressing>(options: TrainingRunnerOptions<C, S>): TrainingRunner<C, S> {
  const {signal, visible, onChange, launch} = options;
  let view: RunnerView<C, S> = {state: "idle", config: null, snapshot: null, seconds: 0, incident: null};
  let current: Drive<S> | undefined;
  let generation = 0;
  let since: number | null = null;
  let shownAt = -Infinity;
  const update = (patch: Partial<RunnerView<C, S>>, now = true) => {
    view = {...view, ...patch};
    if (!now && performance.now() - shownAt < showTime) return;
    shownAt = performance.now();
    onChange();
  };
  const clock = (on: boolean): number => {
    const seconds = view.seconds + (since === null ? 0 : (performance.now() - since) / 1000);
    since = on ? performance.now() : null;
    return seconds;
  };
  const onState = (state: DriveState) => {
    if (state.phase === "running") {
      update({seconds: clock(true), state: "running", incident: state.recovered ? {kind: "recovered", text: ""} : view.incident});
    } else if (state.phase === "paused") {
      update({seconds: clock(false), state: state.by === "reader" ? "paused" : "running"});
    } else if (state.phase === "recovering") {
      update({incident: {kind: "recovering", text: state.reason}});
    }
  };
  async function run(config: C, mine: number): Promise<void> {
    const ifMine = <T>(listener: (value: T) => void) => (value: T) => mine === generation && listener(value);
    const onSnapshot = ifMine((snapshot: S) => update({snapshot, config, seconds: clock(true)}, false));
    const drive = await launch(config, {signal, visible, onSnapshot, onState: ifMine(onState)});
    if (mine !== generation) return drive.cancel();
    current = drive;
    await drive.done;
    if (mine !== generation) return;
    if (drive.state.phase === "failed") throw drive.state.error;
    update({state: drive.state.phase === "cancelled" ? "cancelled" : "done", seconds: clock(false)});
  }
  return {
    get view() {
      return view;
    },
    start(config) {
      current?.cancel();
      current = undefined;
      since = performance.now();
      const mine = ++generation;
      // What the last run showed stays until the new one has something to show.
      update({state: "running", seconds: 0, incident: null});
      run(config, mine).catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        if (mine === generation) update({state: "failed", incident: {kind: "failed", text}});
      });
    },
    pause: () => current?.pause(),
    resume: () => current?.resume(),
    cancel: () => current?.cancel()
  };
}
