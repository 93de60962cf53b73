/** The judge's training: an ensemble of one on batches whose kinds are balanced. */
import type {EnsembleConfig} from "../networks/ensemble.js";
import {initialParameters} from "../networks/initial.js";
import {layoutOf} from "../networks/layout.js";
import {logisticLoss} from "../networks/loss.js";
import type {Sampler} from "../networks/sampling.js";
import type {JudgeData} from "./judge-data.js";
import {judgeLayers} from "./judge.js";
import {relu} from "./rectifier.js";

/** Splits of each kind in a batch: see JudgeData.kinds. */
const shares = [72, 104, 40, 40] as const;
export const judgeBatch = shares.reduce((sum, share) => sum + share, 0);
export const judgeSteps = 3600;

/** Sources of chance: algorithms take them from whoever calls. */
export interface Chance {
  readonly seeded: (seed: number) => () => number;
  readonly normal: (random: () => number) => number;
}

/** Batches of all kinds in their shares, drawn with replacement. */
export function balancedBatches(kinds: JudgeData["kinds"], seeded: Chance["seeded"]): Sampler {
  return {
    length: judgeBatch,
    epoch(seed, epoch) {
      const random = seeded(seed * 7919 + epoch);
      const indices = new Float32Array(judgeBatch);
      let at = 0;
      kinds.forEach(([from, end], kind) => {
        for (let i = 0; i < shares[kind]!; i++) indices[at++] = from + Math.floor((end - from) * random());
      });
      return indices;
    }
  };
}

export function judgeConfig({values, kinds}: JudgeData, seed: number, {seeded, normal}: Chance, steps = judgeSteps): EnsembleConfig {
  const own = seeded(seed);
  const network = {
    parameters: initialParameters(layoutOf(judgeLayers), () => normal(own), {scheme: "he"}),
    rate: 0.002, stream: 0, seed
  };
  return {
    layers: judgeLayers, optimizer: {kind: "adam"}, batch: judgeBatch, steps, data: values,
    streams: [{sampler: balancedBatches(kinds, seeded), seed}],
    groups: [{name: "judge", activation: relu, loss: logisticLoss, networks: [network]}],
    // The kinds of three numbers stand first: some that lead to 24, some that do not.
    report: {from: Math.max(0, kinds[0]![1] - 250), count: 500},
    reportEvery: Math.max(1, Math.ceil(steps / 40)), checkpoints: 12
  };
}
