/** Runs a training for a figure: a little by itself, all of it when the reader asks, going on from where it was. */
import type {RunState} from "../../notebook/run-bar.js";
import type {Drive, DriveState, ModelResult, RecurrentSnapshot, TrainConfig} from "../train.training.js";

export interface TrainingView {
  readonly state: RunState;
  readonly models: readonly ModelResult[];
  readonly step: number;
  readonly total: number;
  readonly seconds: number;
  /** What went wrong, or happened on the way. */
  readonly incident: {readonly kind: "recovering" | "recovered" | "failed"; readonly text: string} | null;
}

export interface TrainingRunner {
  readonly view: TrainingView;
  /** Shows untrained networks and forgets what was; null: there is nothing to train. */
  prepare(config: TrainConfig | null): void;
  /** Trains up to `steps` of the config's. */
  start(steps?: number): void;
  /** The same when no other call has come for a while: sliders move on. */
  startSoon(steps: number): void;
  /** Another number of steps in all; what was trained stays. */
  extend(total: number): void;
  pause(): void;
  resume(): void;
  cancel(): void;
}

export interface TrainingRunnerOptions {
  readonly signal: AbortSignal;
  readonly visible: (listener: (visible: boolean) => void) => () => void;
  readonly onChange: () => void;
}

const rested: TrainingView = {state: "idle", models: [], step: 0, total: 1, seconds: 0, incident: null};

/** Milliseconds between pictures. */
const showTime = 200;
/** Milliseconds that a slider rests before a training starts by itself. */
const settling = 400;

export function trainingRunner({signal, visible, onChange}: TrainingRunnerOptions): TrainingRunner {
  let view = rested;
  let config: TrainConfig | undefined;
  let last: RecurrentSnapshot | undefined;
  let current: Drive<RecurrentSnapshot> | undefined;
  let generation = 0;
  let since: number | null = null;
  let shownAt = -Infinity;
  let soon: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener("abort", () => clearTimeout(soon), {once: true});
  const set = (patch: Partial<TrainingView>, now = true) => {
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
      set({state: "running", seconds: clock(true), incident: state.recovered ? {kind: "recovered", text: ""} : view.incident});
    } else if (state.phase === "paused") set({state: state.by === "reader" ? "paused" : "running", seconds: clock(false)});
    else if (state.phase === "recovering") set({incident: {kind: "recovering", text: state.reason}});
  };

  async function run(steps: number, mine: number): Promise<void> {
    const {runTraining} = await import("../train.training.js");
    if (mine !== generation || !config) return;
    const onSnapshot = (snapshot: RecurrentSnapshot) => {
      if (mine !== generation) return;
      last = snapshot;
      set({models: snapshot.models, step: snapshot.progress.done, seconds: clock(true)}, false);
    };
    current = runTraining({...config, steps}, {signal, visible, onSnapshot, onState, ...(last && {resume: last})});
    await current.done;
    if (mine !== generation) return;
    const {state} = current;
    if (state.phase === "failed") throw state.error;
    const ended = view.step >= config.steps && state.phase !== "cancelled";
    set({state: state.phase === "cancelled" ? "cancelled" : ended ? "done" : "idle", seconds: clock(false)});
  }

  const runner: TrainingRunner = {
    get view() {
      return view;
    },
    prepare(next) {
      generation++;
      clearTimeout(soon);
      current?.cancel();
      since = null;
      last = undefined;
      config = next ?? undefined;
      set({...rested, total: next?.steps ?? 1});
      if (!next) return;
      const mine = generation;
      void import("../train.training.js").then(({untrained}) => {
        if (mine === generation && view.models.length === 0) set({models: untrained(next)});
      });
    },
    startSoon(steps) {
      clearTimeout(soon);
      soon = setTimeout(() => {
        if (view.state === "idle" && view.step < steps) runner.start(steps);
      }, settling);
    },
    extend(total) {
      if (!config || config.steps === total) return;
      config = {...config, steps: total};
      set({total, ...(view.state === "done" && view.step < total && {state: "idle" as const})});
    },
    start(steps = config?.steps ?? 0) {
      if (!config) return;
      clearTimeout(soon);
      current?.cancel();
      const mine = ++generation;
      if (view.state === "done") [last, view] = [undefined, {...rested, models: view.models, total: view.total}];
      since = performance.now();
      set({state: "running", incident: null});
      run(steps, mine).catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        if (mine === generation) set({state: "failed", incident: {kind: "failed", text}});
      });
    },
    pause: () => current?.pause(),
    resume: () => current?.resume(),
    cancel: () => current?.cancel()
  };
  return runner;
}
