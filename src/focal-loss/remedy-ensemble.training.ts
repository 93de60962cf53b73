/** The remedies as an ensemble: what each network starts from, which points it reads, and by which loss. */
import {taskBreaks} from "../compute/frame.js";
import {normal, seededRandom} from "../compute/random.js";
import type {EnsembleConfig, NetworkSettings} from "../networks/ensemble.js";
import {initialParameters} from "../networks/initial.js";
import {layoutOf, rowOf} from "../networks/layout.js";
import type {Stream} from "../networks/sampling.js";
import type {Chance, LabelledPoints} from "./datasets.js";
import {focalLoss} from "./engine-losses.js";
import {lossOf, readings} from "./remedies.js";
import type {Reading, RemedyId, RemedyOptions} from "./remedies.js";
import {balancedBatches, listed, oversampled, undersampled} from "./samplers.js";
import {smote} from "./smote.js";
import {tanhUnits} from "./tanh-units.js";

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

/** Seeded sources of numbers. */
export function chanceOf(seed: number): Chance {
  const uniform = seededRandom(seed);
  return {uniform, normal: () => normal(uniform)};
}

/** All remedies as one group: their losses are one form, (α, γ); the data is followed by what SMOTE makes of it. */
export async function ensembleOf(config: RemedyConfig): Promise<EnsembleConfig> {
  const taskBreak = taskBreaks(8);
  const {remedies, train, seeds, steps, batch, rate, outputBias = 0} = config;
  const rareCount = train.labels.reduce((sum, label) => sum + label, 0);
  const counts = [train.labels.length - rareCount, rareCount] as const;
  const seedList = Array.from({length: seeds}, (_, i) => i + 1);
  const initial = seedList.map((seed) => {
    const {normal: draw} = chanceOf(seed);
    return initialParameters(layout, draw, {scheme: "glorot", outputBias});
  });
  const made: Float32Array[] = [];
  for (const seed of remedies.includes("smote") ? seedList : []) {
    made.push(smote(train, seededRandom(seed + 500_000)));
    await taskBreak();
  }
  const streams: Stream[] = [];
  const streamAt = new Map<string, number>();
  const streamOf = (reading: Reading, seed: number): number => {
    const key = `${reading} ${seed}`;
    if (!streamAt.has(key)) streamAt.set(key, streams.push({sampler: samplerOf(reading, seed, train, batch, made), seed}) - 1);
    return streamAt.get(key)!;
  };
  const networks: NetworkSettings[] = [];
  for (const id of remedies) {
    for (const [s, seed] of seedList.entries()) {
      const stream = streamOf(readings[id], seed);
      networks.push({parameters: initial[s]!, rate, lossParams: lossOf(id, counts, config), stream, seed});
    }
    await taskBreak();
  }
  return {
    layers: remedyLayers,
    // The rate falls to 0, so that the last step is where a network ends up, not where its noise happens to be.
    optimizer: {kind: "adam", decay: "cosine"},
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
