/** Runs the simulation for a figure: with the true gradient, then as published, and keeps what each loss has reached. */
import type {RunState} from "../../notebook/run-bar.js";
import type {AnchorPoint, ExperimentKind} from "../experiment.js";
import type {Drive, DriveState, ExperimentSnapshot, KindResult} from "../experiment.training.js";
import type {Sign} from "../regression.js";

/** A loss, and whether its gradient is the authors' script's. */
export type LaneId = ExperimentKind | "diou-published" | "ciou-published";

export interface RunConfig {
  readonly kinds: readonly ExperimentKind[];
  readonly signs: readonly Sign[];
  /** 0: as many as this machine runs in about a second a loss. */
  readonly points: number;
  readonly seed: number;
}

export interface RunView {
  readonly state: RunState;
  /** Done, 0–1. */
  readonly share: number;
  readonly points: readonly AnchorPoint[];
  readonly lanes: ReadonlyMap<LaneId, KindResult>;
  /** The lane that runs, or ran last. */
  readonly lane: LaneId | null;
  /** Steps that all boxes of that lane have taken. */
  readonly step: number;
  /** Seconds of computing so far, and moves of single boxes. */
  readonly seconds: number;
  readonly moves: number;
  /** What happened on the way: a lost GPU, an error. */
  readonly incident: {readonly kind: "recovered" | "recovering" | "failed"; readonly text: string} | null;
}

export interface ExperimentRunner {
  readonly view: RunView;
  start(config: RunConfig): void;
  pause(): void;
  resume(): void;
  cancel(): void;
}

export interface RunnerOptions {
  readonly signal: AbortSignal;
  readonly visible: (listener: (visible: boolean) => void) => () => void;
  readonly onChange: () => void;
}

interface Leg {
  readonly kinds: readonly ExperimentKind[];
  readonly sign: Sign;
}

export const laneId = (kind: ExperimentKind, sign: Sign): LaneId =>
  sign === "published" && (kind === "diou" || kind === "ciou") ? `${kind}-published` : kind;

/** The script's sign concerns DIoU and CIoU alone: a published leg beside a true one runs only those. */
function legsOf({kinds, signs}: RunConfig): readonly Leg[] {
  return signs
    .map((sign) => ({sign, kinds: signs.length > 1 && sign === "published" ? kinds.filter((k) => k === "diou" || k === "ciou") : kinds}))
    .filter((leg) => leg.kinds.length > 0);
}

const rested: RunView = {
  state: "idle", share: 0, points: [], lanes: new Map(), lane: null, step: 0, seconds: 0, moves: 0, incident: null
};

/** Milliseconds between pictures of a run. */
const showTime = 150;

export function experimentRunner({signal, visible, onChange}: RunnerOptions): ExperimentRunner {
  let view = rested;
  let current: Drive<ExperimentSnapshot> | undefined;
  let generation = 0;
  let runningSince: number | null = null;
  let shownAt = -Infinity;
  const update = (patch: Partial<RunView>) => {
    view = {...view, ...patch};
    shownAt = performance.now();
    onChange();
  };
  /** While it runs, pictures come some times a second: on a software adapter drawing takes from computing. */
  const showSometimes = (patch: Partial<RunView>) => {
    if (performance.now() - shownAt > showTime) update(patch);
    else view = {...view, ...patch};
  };
  /** Seconds spent computing: pauses do not count. */
  const clock = (on: boolean): number => {
    const seconds = view.seconds + (runningSince === null ? 0 : (performance.now() - runningSince) / 1000);
    runningSince = on ? performance.now() : null;
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

  async function runLegs(config: RunConfig, mine: number): Promise<void> {
    const {runExperiment, seededPoints, suggestedPoints} = await import("../experiment.training.js");
    const points = seededPoints(config.points || (await suggestedPoints()), config.seed);
    if (mine !== generation) return;
    const legs = legsOf(config);
    const all = legs.reduce((sum, {kinds}) => sum + kinds.length, 0);
    let before = 0;
    update({points, lanes: new Map()});
    for (const {kinds, sign} of legs) {
      const onSnapshot = ({progress, results, kind, step}: ExperimentSnapshot) => {
        if (mine !== generation) return;
        const lanes = new Map(view.lanes);
        for (const [name, result] of Object.entries(results)) lanes.set(laneId(name as ExperimentKind, sign), result);
        const share = (before + (progress.done / progress.total) * kinds.length) / all;
        const moves = (before / kinds.length) * progress.total + progress.done;
        showSometimes({lanes, share, lane: laneId(kind, sign), step, moves, seconds: clock(true)});
      };
      current = runExperiment({points, kinds, sign}, {signal, visible, onSnapshot, onState});
      await current.done;
      if (mine !== generation) return;
      const {state} = current;
      if (state.phase === "cancelled") return update({state: "cancelled", seconds: clock(false)});
      if (state.phase === "failed") throw state.error;
      before += kinds.length;
    }
    update({state: "done", share: 1, seconds: clock(false)});
  }

  return {
    get view() {
      return view;
    },
    start(config) {
      current?.cancel();
      runningSince = performance.now();
      const mine = ++generation;
      update({...rested, state: "running"});
      runLegs(config, mine).catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        if (mine === generation) update({state: "failed", incident: {kind: "failed", text}});
      });
    },
    pause: () => current?.pause(),
    resume: () => current?.resume(),
    cancel: () => current?.cancel()
  };
}
