/** Trains one network with each remedy and seed, all at once, and scores them on points they have not seen. */
import {taskBreaks} from "../compute/frame.js";
import {drive} from "../compute/drive.js";
import {normal, seededRandom} from "../compute/random.js";
import type {Drive, DriveOptions, Snapshot, TrainOptions} from "../compute/training.js";
import type {EnsembleConfig, GroupReport} from "../networks/ensemble.js";
import {trainEnsemble} from "../networks/ensemble.training.js";
import type {EnsembleSnapshot} from "../networks/ensemble.training.js";
import {initialParameters} from "../networks/initial.js";
import {layoutOf, rowOf} from "../networks/layout.js";
import type {Stream} from "../networks/sampling.js";
import {answersOf} from "./answers.training.js";
import {generatePoints} from "./datasets.js";
import type {Chance, LabelledPoints, PointsSpec} from "./datasets.js";
import {focalLoss} from "./engine-losses.js";
import {scoresOf} from "./remedy-scores.js";
import type {Scores} from "./remedy-scores.js";
import {lossOf, readings} from "./remedies.js";
import type {Reading, RemedyId, RemedyOptions} from "./remedies.js";
import {balancedBatches, listed, oversampled, undersampled} from "./samplers.js";
import {smote} from "./smote.js";
import {tanhUnits} from "./tanh-units.js";

export type {Drive, DriveOptions, DriveState} from "../compute/training.js";

export interface RemedyConfig extends RemedyOptions {
  readonly remedies: readonly RemedyId[];
  readonly train: LabelledPoints;
  readonly test: LabelledPoints;
  /** Networks for each remedy: seeds 1, 2, … */
  readonly seeds: number;
  readonly steps: number;
  readonly batch: number;
  readonly rate: number;
  /** The output's bias before the first step. Default 0. */
  readonly outputBias?: number;
}

export const remedyLayers = [2, 8, 8, 1] as const;
const layout = layoutOf(remedyLayers);
/** Numbers in a network's row. */
export const remedyStride = rowOf(layout, "adam").stride;

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
}

/** Training and test points of a generated set; the test has at least `rareTests` rare points, and the same ratio. */
export function generatedSets(spec: PointsSpec, seed: number, rareTests = 40): {train: LabelledPoints; test: LabelledPoints} {
  const count = Math.max(6000, Math.min(24_000, rareTests * (1 + spec.ratio)));
  return {
    train: generatePoints(spec, chanceOf(seed)),
    test: generatePoints({...spec, count}, chanceOf(seed + 100_000))
  };
}

function chanceOf(seed: number): Chance {
  const uniform = seededRandom(seed);
  return {uniform, normal: () => normal(uniform)};
}

/** Starts the training; drive() handles pausing, cancelling and device loss. */
export function runRemedies(config: RemedyConfig, options: DriveOptions<RemedySnapshot> = {}): Drive<RemedySnapshot> {
  return drive((training) => trainRemedies(config, training), options);
}

/** Trains, then scores. Progress: nine tenths are the training. */
export async function* trainRemedies(
  config: RemedyConfig,
  {resume}: Pick<TrainOptions<RemedySnapshot>, "resume">
): AsyncGenerator<RemedySnapshot, void> {
  const networks = config.remedies.length * config.seeds;
  const empty = {progress: {done: 0, total: 1}, step: 0, steps: config.steps, rows: new Float32Array(0), history: [], scores: []};
  let last: Omit<RemedySnapshot, "ensemble"> = empty;
  for await (const ensemble of trainEnsemble(ensembleOf(config), resume ? {resume: resume.ensemble} : {})) {
    const {history, checkpoints} = ensemble.groups[0]!;
    const {done, total} = ensemble.progress;
    last = {
      progress: {done: 0.9 * (done / total), total: 1},
      step: history.at(-1)?.step ?? 0,
      steps: config.steps,
      rows: checkpoints.at(-1)?.rows ?? last.rows,
      history,
      scores: []
    };
    yield {...last, ensemble};
    if (done === total) {
      for await (const scores of scored(last.rows, config.test)) {
        yield {...last, ensemble, scores, progress: {done: 0.9 + (0.1 * scores.length) / networks, total: 1}};
      }
    }
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
  const some = new Float32Array(networks.length * remedyStride);
  networks.forEach((network, i) => some.set(rows.subarray(network * remedyStride, (network + 1) * remedyStride), i * remedyStride));
  const surfaces: Float32Array[] = [];
  for await (const logits of answersOf({layers: remedyLayers, rows: some, stride: remedyStride, points})) surfaces.push(logits);
  return surfaces;
}

/** All remedies as one group: their losses are one form, (α, γ); the data is followed by what SMOTE makes of it. */
export function ensembleOf(config: RemedyConfig): EnsembleConfig {
  const {remedies, train, seeds, steps, batch, rate, outputBias = 0} = config;
  const rareCount = train.labels.reduce((sum, label) => sum + label, 0);
  const counts = [train.labels.length - rareCount, rareCount] as const;
  const seedList = Array.from({length: seeds}, (_, i) => i + 1);
  const initial = seedList.map((seed) => {
    const {normal: draw} = chanceOf(seed);
    return initialParameters(layout, draw, {scheme: "glorot", outputBias});
  });
  const made = remedies.includes("smote") ? seedList.map((seed) => smote(train, seededRandom(seed + 500_000))) : [];
  const streams: Stream[] = [];
  const streamAt = new Map<string, number>();
  const streamOf = (reading: Reading, seed: number): number => {
    const key = `${reading} ${seed}`;
    if (!streamAt.has(key)) streamAt.set(key, streams.push({sampler: samplerOf(reading, seed, train, batch, made), seed}) - 1);
    return streamAt.get(key)!;
  };
  const networks = remedies.flatMap((id) =>
    seedList.map((seed, s) => ({
      parameters: initial[s]!,
      rate,
      lossParams: lossOf(id, counts, config),
      stream: streamOf(readings[id], seed),
      seed
    }))
  );
  return {
    layers: remedyLayers,
    optimizer: {kind: "adam"},
    batch,
    steps,
    data: withSynthetic(train, made),
    streams,
    groups: [{name: "remedies", activation: tanhUnits, loss: focalLoss, networks}],
    // Curves show the batches' loss; the pass over points after each dispatch is kept short.
    report: {from: 0, count: Math.min(50, train.labels.length)},
    checkpoints: 24
  };
}

function samplerOf(reading: Reading, seed: number, {labels}: LabelledPoints, batch: number, made: readonly Float32Array[]) {
  switch (reading) {
    case "as-is":
      return listed([...labels.keys()], seededRandom);
    case "under":
      return undersampled(labels, seededRandom);
    case "over":
      return oversampled(labels, seededRandom);
    case "batches":
      return balancedBatches(labels, batch, seededRandom);
    case "smote": {
      const before = made.slice(0, seed - 1).reduce((sum, points) => sum + points.length / 2, labels.length);
      const own = Array.from({length: made[seed - 1]!.length / 2}, (_, i) => before + i);
      return listed([...labels.keys(), ...own], seededRandom);
    }
  }
}

/** [points][x, y, label], the data first, then each seed's synthetic points. */
function withSynthetic({points, labels}: LabelledPoints, made: readonly Float32Array[]): Float32Array {
  const extra = made.reduce((sum, synthetic) => sum + synthetic.length / 2, 0);
  const data = new Float32Array(3 * (labels.length + extra));
  labels.forEach((label, i) => data.set([points[2 * i]!, points[2 * i + 1]!, label], 3 * i));
  let at = 3 * labels.length;
  for (const synthetic of made) {
    for (let i = 0; i < synthetic.length; i += 2, at += 3) data.set([synthetic[i]!, synthetic[i + 1]!, 1], at);
  }
  return data;
}
