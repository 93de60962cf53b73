/** Trains the ensemble for a figure, anew whenever its settings change, and keeps what the runs have reached. */
import type {RunState} from "../../notebook/run-bar.js";
import type {GroupResult} from "../../networks/ensemble.js";
import type {Drive, DriveState, EnsembleSnapshot} from "../../networks/ensemble.training.js";
import type {RunSettings} from "../ensemble-config.js";

export interface EnsembleView {
  readonly state: RunState;
  /** Done, 0–1. */
  readonly share: number;
  readonly groups: readonly GroupResult[];
  /** What these runs were made with. */
  readonly settings: RunSettings | null;
  /** Seconds of computing so far. */
  readonly seconds: number;
  readonly incident: {readonly kind: "recovered" | "recovering" | "failed"; readonly text: string} | null;
}

export interface EnsembleRunner {
  readonly view: EnsembleView;
  start(settings: RunSettings): void;
  pause(): void;
  resume(): void;
  cancel(): void;
}

/** Milliseconds between pictures of a run. */
const showTime = 150;

const rested: EnsembleView = {state: "idle", share: 0, groups: [], settings: null, seconds: 0, incident: null};

export function ensembleRunner({signal, visible, onChange}: {
  readonly signal: AbortSignal;
  readonly visible: (listener: (visible: boolean) => void) => () => void;
  readonly onChange: () => void;
}): EnsembleRunner {
  let view = rested;
  let current: Drive<EnsembleSnapshot> | undefined;
  let generation = 0;
  let since: number | null = null;
  let shownAt = -Infinity;
  const update = (patch: Partial<EnsembleView>) => {
    view = {...view, ...patch};
    shownAt = performance.now();
    onChange();
  };
  /** While it runs, pictures come some times a second: on a software adapter drawing takes from computing. */
  const showSometimes = (patch: Partial<EnsembleView>) => {
    if (performance.now() - shownAt > showTime) update(patch);
    else view = {...view, ...patch};
  };
  /** Seconds spent computing: pauses do not count. */
  const clock = (on: boolean): number => {
    const seconds = view.seconds + (since === null ? 0 : (performance.now() - since) / 1000);
    since = on ? performance.now() : null;
    return seconds;
  };
  const onState = (state: DriveState) => {
    if (state.phase === "running") {
      update({seconds: clock(true), state: "running", ...(state.recovered && {incident: {kind: "recovered", text: ""}})});
    } else if (state.phase === "paused") {
      update({seconds: clock(false), state: state.by === "reader" ? "paused" : "running"});
    } else if (state.phase === "recovering") {
      update({incident: {kind: "recovering", text: state.reason}});
    }
  };

  async function run(settings: RunSettings, mine: number): Promise<void> {
    const {trainRuns} = await import("../ensemble.training.js");
    if (mine !== generation) return;
    const drive = await trainRuns(settings, {
      signal,
      visible,
      onState: (state) => mine === generation && onState(state),
      onSnapshot({progress, groups}) {
        if (mine === generation) showSometimes({groups, share: progress.done / progress.total, seconds: clock(true)});
      }
    });
    if (mine !== generation) return drive.cancel();
    current = drive;
    await drive.done;
    if (mine !== generation) return;
    if (drive.state.phase === "failed") throw drive.state.error;
    const cancelled = drive.state.phase === "cancelled";
    update({state: cancelled ? "cancelled" : "done", seconds: clock(false), ...(!cancelled && {share: 1})});
  }

  return {
    get view() {
      return view;
    },
    start(settings) {
      current?.cancel();
      since = performance.now();
      const mine = ++generation;
      // The last picture stays until there is another: nothing flickers while the reader drags.
      update({state: "running", share: 0, seconds: 0, incident: null, settings});
      run(settings, mine).catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        if (mine === generation) update({state: "failed", incident: {kind: "failed", text}});
      });
    },
    pause: () => current?.pause(),
    resume: () => current?.resume(),
    cancel: () => current?.cancel()
  };
}
