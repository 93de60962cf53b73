/** Runs the remedies for a figure, keeps their scores, and asks the shown networks what they say over the plane. */
import type {RemedySnapshot} from "../remedies.training.js";
import type {Scores} from "../remedy-scores.js";
import type {LookbackPoint} from "./remedy-curves.js";
import type {RemedyId, RemedyOptions} from "../remedies.js";
import {publishRun} from "./latest-run.js";
import {loadData, planes} from "./remedy-data.js";
import type {DataChoice, DataName, DataSets} from "./remedy-data.js";
import {planePoints} from "./remedy-maps.js";
import {trainingRunner} from "./training-runner.js";
import type {RunnerView} from "./training-runner.js";

export interface RemedyRunConfig extends DataChoice, RemedyOptions {
  readonly remedies: readonly RemedyId[];
  readonly seeds: number;
  readonly steps: number;
}

/** Points in a batch, and Adam's rate. */
export const runBatch = 32;
export const runRate = 0.03;

export interface RemedyRunView extends RunnerView<RemedyRunConfig, RemedySnapshot> {
  readonly share: number;
  /** What is trained on now, or was last. */
  readonly sets: (DataSets & {readonly data: DataName}) | null;
  /** Share of rare points in the test. */
  readonly rate: number;
}

export interface RemedyRunner {
  readonly view: RemedyRunView;
  start(config: RemedyRunConfig): void;
  pause(): void;
  resume(): void;
  cancel(): void;
  /** Shows this seed's networks from now on. */
  lookAt(seed: number): void;
  /** Gives the surfaces again, for instance in other colours. */
  repaint(): void;
}

export interface RemedyRunnerOptions {
  readonly signal: AbortSignal;
  readonly visible: (listener: (visible: boolean) => void) => () => void;
  readonly onChange: () => void;
  readonly onSurface: (id: RemedyId, logits: Float32Array) => void;
  readonly shown: () => number;
  /** Whether other figures may look into its finished runs. Default true. */
  readonly publish?: boolean;
}

export function remedyRunner({signal, visible, onChange, onSurface, shown, publish = true}: RemedyRunnerOptions): RemedyRunner {
  let sets: RemedyRunView["sets"] = null;
  let rate = 0;
  const runner = trainingRunner<RemedyRunConfig, RemedySnapshot>({
    signal,
    visible,
    onChange: () => {
      const {state, config, snapshot} = runner.view;
      if (publish && state === "done" && config && snapshot && sets) publishRun({config, snapshot, sets});
      onChange();
      void look();
    },
    async launch(config, options) {
      const {runRemedies} = await import("../remedies.training.js");
      const loaded = await loadData(config);
      [sets, rate] = [{...loaded, data: config.data}, loaded.test.labels.reduce((sum, label) => sum + label, 0) / loaded.test.labels.length];
      return runRemedies({...config, ...loaded, batch: runBatch, rate: runRate}, options);
    }
  });

  let looked: readonly [Float32Array | null, number] = [null, 0];
  let looking = false;
  /** One look at a time; what changed meanwhile is looked at next. */
  async function look(): Promise<void> {
    const {snapshot, config} = runner.view;
    if (looking || !snapshot || !config || snapshot.rows.length === 0) return;
    const seed = Math.min(shown(), config.seeds);
    if (looked[0] === snapshot.rows && looked[1] === seed) return;
    looked = [snapshot.rows, seed];
    looking = true;
    try {
      const {surfacesOf} = await import("../remedies.training.js");
      const networks = config.remedies.map((_, r) => r * config.seeds + seed - 1);
      const surfaces = await surfacesOf(snapshot.rows, networks, planePoints(planes[config.data]));
      if (runner.view.config === config && !signal.aborted) surfaces.forEach((logits, r) => onSurface(config.remedies[r]!, logits));
    } catch {
      // A lost device: the run says so, and the next look asks again.
      looked = [null, 0];
    } finally {
      looking = false;
    }
    if (runner.view.snapshot?.rows !== snapshot.rows) void look();
  }

  return {
    get view() {
      const {progress} = runner.view.snapshot ?? {progress: {done: 0, total: 1}};
      return {...runner.view, share: runner.view.state === "idle" ? 0 : progress.done / progress.total, sets, rate};
    },
    start: (config) => (config.remedies.length > 0 ? runner.start(config) : undefined),
    pause: runner.pause,
    resume: runner.resume,
    cancel: runner.cancel,
    lookAt: () => void look(),
    repaint() {
      looked = [null, 0];
      void look();
    }
  };
}

/** Mean average precision against step, by remedy. */
export function lookbackByRemedy({config, snapshot}: RemedyRunView, wanted: readonly RemedyId[]): ReadonlyMap<RemedyId, readonly LookbackPoint[]> {
  const entries = (config?.remedies ?? []).flatMap((id, r) =>
    wanted.includes(id) ? [[id, snapshot!.lookback.map(({step, averagePrecision}) => ({step, value: averagePrecision[r]!}))] as const] : []
  );
  return new Map(entries);
}

/** The scores so far, by remedy. */
export function scoresByRemedy({config, snapshot}: RemedyRunView, wanted: readonly RemedyId[]): ReadonlyMap<RemedyId, readonly Scores[]> {
  const map = new Map<RemedyId, readonly Scores[]>();
  if (!config || !snapshot) return map;
  config.remedies.forEach((id, r) => {
    if (wanted.includes(id)) map.set(id, snapshot.scores.slice(r * config.seeds, (r + 1) * config.seeds));
  });
  return map;
}
