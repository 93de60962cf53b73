/** Trains the figure's one network, anew whenever its settings change, and keeps the states that it passed through. */
import type {RunState} from "../../notebook/run-bar.js";
import type {EnsembleConfig} from "../../networks/ensemble.js";
import type {RunSettings} from "../ensemble-config.js";
import {firstState, oneNetwork} from "../one-network-start.training.js";
import {openNetwork} from "../open-network.js";
import type {OpenNetwork} from "../open-network.js";
import type {Drive, DriveState, EnsembleSnapshot} from "../one-network.training.js";

export interface OneNetworkView {
  readonly state: RunState;
  /** Done, 0–1. */
  readonly share: number;
  /** The newest that can be looked at: of the run before, until this one has a state. */
  readonly open: OpenNetwork | null;
  readonly settings: RunSettings | null;
  readonly incident: {readonly kind: "recovered" | "recovering" | "failed"; readonly text: string} | null;
}

export interface OneNetworkRunner {
  readonly view: OneNetworkView;
  start(settings: RunSettings, network: number): void;
  pause(): void;
  resume(): void;
  cancel(): void;
}

export interface OneNetworkRunnerOptions {
  readonly signal: AbortSignal;
  readonly visible: (listener: (visible: boolean) => void) => () => void;
  readonly onChange: () => void;
}

export function oneNetworkRunner({signal, visible, onChange}: OneNetworkRunnerOptions): OneNetworkRunner {
  let view: OneNetworkView = {state: "idle", share: 0, open: null, settings: null, incident: null};
  let current: Drive<EnsembleSnapshot> | undefined;
  let generation = 0;
  const update = (patch: Partial<OneNetworkView>) => {
    view = {...view, ...patch};
    onChange();
  };
  const onState = (state: DriveState) => {
    if (state.phase === "running") {
      update({state: "running", ...(state.recovered && {incident: {kind: "recovered", text: ""}})});
    } else if (state.phase === "paused") {
      update({state: state.by === "reader" ? "paused" : "running"});
    } else if (state.phase === "recovering") {
      update({incident: {kind: "recovering", text: state.reason}});
    }
  };
  const onSnapshot = (config: EnsembleConfig, settings: RunSettings, {progress, groups}: EnsembleSnapshot) => {
    const checkpoints = groups[0]!.checkpoints;
    const share = progress.done / progress.total;
    const known = view.open?.config === config && view.open.kept.length === checkpoints.length;
    if (known || checkpoints.length === 0) update({share});
    else update({share, settings, open: openNetwork(config, checkpoints)});
  };

  async function run(settings: RunSettings, network: number, mine: number): Promise<void> {
    const config = await oneNetwork(settings, network);
    if (mine !== generation || signal.aborted) return;
    // The first steps can be looked at before the machinery is loaded.
    update({settings, open: openNetwork(config, [firstState(config)])});
    const {trainOneNetwork} = await import("../one-network.training.js");
    if (mine !== generation || signal.aborted) return;
    const guarded = <T>(listener: (value: T) => void) => (value: T) => void (mine === generation && listener(value));
    current = trainOneNetwork(config, {
      signal,
      visible,
      onState: guarded(onState),
      onSnapshot: guarded((snapshot: EnsembleSnapshot) => onSnapshot(config, settings, snapshot))
    });
    await current.done;
    if (mine !== generation) return;
    if (current.state.phase === "failed") throw current.state.error;
    update({state: current.state.phase === "cancelled" ? "cancelled" : "done"});
  }

  return {
    get view() {
      return view;
    },
    start(settings, network) {
      current?.cancel();
      const mine = ++generation;
      update({state: "running", share: 0, incident: null});
      run(settings, network, mine).catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        if (mine === generation) update({state: "failed", incident: {kind: "failed", text}});
      });
    },
    pause: () => current?.pause(),
    resume: () => current?.resume(),
    cancel: () => current?.cancel()
  };
}
