/** Counts born-dead networks for a figure, and keeps what has been counted. */
import type {RunState} from "../../notebook/run-bar.js";
import type {BornDeadConfig, BornDeadSnapshot, Drive, DriveState} from "../born-dead.training.js";

export interface BornDeadView {
  readonly state: RunState;
  /** Done, 0–1. */
  readonly share: number;
  readonly config: BornDeadConfig;
  /** Deaths by layer, for each width of the config. */
  readonly deaths: readonly (readonly number[])[];
  /** Seconds of computing so far. */
  readonly seconds: number;
  readonly incident: {readonly kind: "recovered" | "recovering" | "failed"; readonly text: string} | null;
}

export interface BornDeadRunner {
  readonly view: BornDeadView;
  start(config: BornDeadConfig): void;
  pause(): void;
  resume(): void;
  cancel(): void;
}

export interface BornDeadRunnerOptions {
  readonly config: BornDeadConfig;
  readonly signal: AbortSignal;
  readonly visible: (listener: (visible: boolean) => void) => () => void;
  readonly onChange: () => void;
}

/** Milliseconds between pictures of a run. */
const showTime = 120;

export function bornDeadRunner({config, signal, visible, onChange}: BornDeadRunnerOptions): BornDeadRunner {
  let view: BornDeadView = {state: "idle", share: 0, config, deaths: [], seconds: 0, incident: null};
  let current: Drive<BornDeadSnapshot> | undefined;
  let generation = 0;
  let since: number | null = null;
  let shownAt = -Infinity;
  const update = (patch: Partial<BornDeadView>) => {
    view = {...view, ...patch};
    shownAt = performance.now();
    onChange();
  };
  /** Seconds spent computing: pauses do not count. */
  const clock = (on: boolean): number => {
    const seconds = view.seconds + (since === null ? 0 : (performance.now() - since) / 1000);
    since = on ? performance.now() : null;
    return seconds;
  };
  const onState = (state: DriveState) => {
    if (state.phase === "running") {
      const incident = state.recovered ? {kind: "recovered" as const, text: ""} : view.incident;
      update({seconds: clock(true), state: "running", incident});
    } else if (state.phase === "paused") {
      update({seconds: clock(false), state: state.by === "reader" ? "paused" : "running"});
    } else if (state.phase === "recovering") {
      update({incident: {kind: "recovering", text: state.reason}});
    }
  };
  const onSnapshot = ({progress, deaths}: BornDeadSnapshot) => {
    const patch = {deaths, share: progress.done / progress.total, seconds: clock(true)};
    if (performance.now() - shownAt > showTime) update(patch);
    else view = {...view, ...patch};
  };

  async function run(next: BornDeadConfig, mine: number): Promise<void> {
    const {countBornDead} = await import("../born-dead.training.js");
    if (mine !== generation) return;
    const guarded = <T>(listener: (value: T) => void) => (value: T) => void (mine === generation && listener(value));
    current = countBornDead(next, {signal, visible, onSnapshot: guarded(onSnapshot), onState: guarded(onState)});
    await current.done;
    if (mine !== generation) return;
    const {state} = current;
    if (state.phase === "failed") throw state.error;
    update({state: state.phase === "cancelled" ? "cancelled" : "done", seconds: clock(false)});
  }

  return {
    get view() {
      return view;
    },
    start(next) {
      current?.cancel();
      since = null;
      const mine = ++generation;
      update({state: "running", share: 0, config: next, deaths: [], seconds: 0, incident: null});
      run(next, mine).catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        if (mine === generation) update({state: "failed", incident: {kind: "failed", text}});
      });
    },
    pause: () => current?.pause(),
    resume: () => current?.resume(),
    cancel: () => current?.cancel()
  };
}
