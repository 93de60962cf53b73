/** Trains one network with each remedy and seed, all at once, and scores them on points they have not seen. */
import {taskBreaks} from "../compute/frame.js";
import {drive} from "../compute/drive.js";
import type {Drive, DriveOptions, Snapshot, TrainOptions} from "../compute/training.js";
import type {Checkpoint, GroupReport} from "../networks/ensemble.js";
import {trainEnsemble} from "../networks/ensemble.training.js";
import type {EnsembleSnapshot} from "../networks/ensemble.training.js";
import {answersOf} from "./answers.training.js";
import {averagePrecision as precisionOf} from "./average-precision.js";
import {generatePoints} from "./datasets.js";
import type {LabelledPoints, PointsSpec} from "./datasets.js";
import {chanceOf, ensembleOf, remedyLayers, remedyStride} from "./remedy-ensemble.training.js";
import type {RemedyConfig} from "./remedy-ensemble.training.js";
import {scoresOf} from "./remedy-scores.js";
import type {Scores} from "./remedy-scores.js";

export type {Drive, DriveOptions, DriveState} from "../compute/training.js";

export interface RemedySnapshot extends Snapshot {
  readonly ensemble: EnsembleSnapshot;
  /** Steps taken, of `steps`. */
  readonly step: number;
  readonly steps: number;
  /** The newest networks, [remedies][seeds][remedyStride]. */
  readonly rows: Float32Array;
  readonly history: readonly GroupReport[];
  /** Of the networks scored so far, remedy by remedy, seed by seed. */
  readonly scores: readonly Scores[];
  /** Looked back at after the scoring: the mean average precision of each remedy's first few seeds at some steps. */
  readonly lookback: readonly Lookback[];
}

export interface Lookback {
  readonly step: number;
  /** [remedies]. */
  readonly averagePrecision: readonly number[];
}

/** Training and test points of a generated set; the test has at least `rareTests` rare points, and the same ratio. */
export function generatedSets(spec: PointsSpec, seed: number, rareTests = 40): {train: LabelledPoints; test: LabelledPoints} {
  const count = Math.max(6000, Math.min(24_000, rareTests * (1 + spec.ratio)));
  return {
    train: generatePoints(spec, chanceOf(seed)),
    test: generatePoints({...spec, count}, chanceOf(seed + 100_000))
  };
}

/** Starts the training; drive() handles pausing, cancelling and device loss. */
export function runRemedies(config: RemedyConfig, options: DriveOptions<RemedySnapshot> = {}): Drive<RemedySnapshot> {
  return drive((training) => trainRemedies(config, training), options);
}

/** Trains, scores, then looks back. Progress: eight tenths are the training, one the scoring, one the looking back. */
export async function* trainRemedies(
  config: RemedyConfig,
  {resume}: Pick<TrainOptions<RemedySnapshot>, "resume">
): AsyncGenerator<RemedySnapshot, void> {
  let last: RemedySnapshot | undefined;
  for await (const ensemble of trainEnsemble(await ensembleOf(config), resume ? {resume: resume.ensemble} : {})) {
    const {history, checkpoints} = ensemble.groups[0]!;
    const {done, total} = ensemble.progress;
    const rows = checkpoints.at(-1)?.rows ?? last?.rows ?? new Float32Array(0);
    const step = history.at(-1)?.step ?? 0;
    const progress = {done: 0.8 * (done / total), total: 1};
    last = {progress, ensemble, step, steps: config.steps, rows, history, scores: [], lookback: []};
    yield last;
  }
  if (!last) return;
  const networks = config.remedies.length * config.seeds;
  for await (const scores of scored(last.rows, config.test)) {
    last = {...last, scores, progress: {done: 0.8 + (0.1 * scores.length) / networks, total: 1}};
    yield last;
  }
  for await (const {lookback, share} of lookedBack(last.ensemble.groups[0]!.checkpoints, config)) {
    last = {...last, lookback, progress: {done: 0.9 + 0.1 * share, total: 1}};
    yield last;
  }
}

/** Checkpoints and seeds that are looked back at. */
const [mostLookbacks, lookbackSeeds] = [10, 4];

async function* lookedBack(
  checkpoints: readonly Checkpoint[],
  {remedies, seeds, test}: RemedyConfig
): AsyncGenerator<{readonly lookback: readonly Lookback[]; readonly share: number}, void> {
  const taskBreak = taskBreaks();
  const every = Math.max(1, Math.ceil((checkpoints.length - 1) / mostLookbacks));
  const chosen = checkpoints.filter((_, i) => i > 0 && (checkpoints.length - 1 - i) % every === 0);
  const some = Math.min(seeds, lookbackSeeds);
  const networks = remedies.flatMap((_, r) => Array.from({length: some}, (_, s) => r * seeds + s));
  const lookback: Lookback[] = [];
  for (const {step, rows} of chosen) {
    const averagePrecision = remedies.map(() => 0);
    let network = 0;
    const asked = {layers: remedyLayers, rows: rowsOf(rows, networks), stride: remedyStride, points: test.points};
    for await (const logits of answersOf(asked)) {
      averagePrecision[Math.floor(network++ / some)]! += precisionOf(logits, test.labels) / some;
      await taskBreak();
    }
    lookback.push({step, averagePrecision});
    yield {lookback: [...lookback], share: lookback.length / chosen.length};
  }
}

/** The scores of more and more networks. */
async function* scored(rows: Float32Array, {points, labels}: LabelledPoints): AsyncGenerator<readonly Scores[], void> {
  const taskBreak = taskBreaks();
  const scores: Scores[] = [];
  for await (const logits of answersOf({layers: remedyLayers, rows, stride: remedyStride, points})) {
    scores.push(scoresOf(logits, labels));
    await taskBreak();
    yield [...scores];
  }
}

/** Logits of some of a snapshot's networks at points of the plane, [count][2]. */
export async function surfacesOf(rows: Float32Array, networks: readonly number[], points: Float32Array): Promise<readonly Float32Array[]> {
  const surfaces: Float32Array[] = [];
  const asked = {layers: remedyLayers, rows: rowsOf(rows, networks), stride: remedyStride, points};
  for await (const logits of answersOf(asked)) surfaces.push(logits);
  return surfaces;
}

function rowsOf(rows: Float32Array, networks: readonly number[]): Float32Array {
  const some = new Float32Array(networks.length * remedyStride);
  networks.forEach((network, i) => some.set(rows.subarray(network * remedyStride, (network + 1) * remedyStride), i * remedyStride));
  return some;
}
