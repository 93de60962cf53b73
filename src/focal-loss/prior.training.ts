/** The first steps of networks that differ in the output's bias alone, with cross-entropy and focal loss. */
import {drive} from "../compute/drive.js";
import {seededRandom} from "../compute/random.js";
import type {Drive, DriveOptions} from "../compute/training.js";
import {trainEnsemble} from "../networks/ensemble.training.js";
import type {EnsembleSnapshot} from "../networks/ensemble.training.js";
import type {EnsembleConfig} from "../networks/ensemble.js";
import {initialParameters} from "../networks/initial.js";
import {layoutOf} from "../networks/layout.js";
import {generatePoints} from "./datasets.js";
import {focalLoss} from "./engine-losses.js";
import {priorBias} from "./prior.js";
import {chanceOf} from "./remedy-ensemble.training.js";
import {listed} from "./samplers.js";
import {tanhUnits} from "./tanh-units.js";

export type {Drive, DriveOptions} from "../compute/training.js";
export type {EnsembleSnapshot} from "../networks/ensemble.training.js";

export const priorLanes = ["ce-zero", "ce-prior", "focal-zero", "focal-prior"] as const;
export type PriorLane = (typeof priorLanes)[number];

export interface PriorConfig {
  readonly ratio: number;
  readonly prior: number;
  readonly gamma: number;
  /** Of the loss divided by the number of rare examples, as the paper divides it. */
  readonly rate: number;
  readonly seeds: number;
  readonly steps: number;
}

export const priorPoints = 1000;
const [batch, alpha] = [64, 0.25];
const layers = [2, 8, 8, 1];

/** Networks in the order of `priorLanes`, seed by seed; a report after every step. */
export function runPrior(config: PriorConfig, options: DriveOptions<EnsembleSnapshot> = {}): Drive<EnsembleSnapshot> {
  return drive((training) => trainEnsemble(priorEnsemble(config), training), options);
}

function priorEnsemble({ratio, prior, gamma, rate, seeds, steps}: PriorConfig): EnsembleConfig {
  const {points, labels} = generatePoints({shape: "islands", count: priorPoints, ratio, overlap: 0.3}, chanceOf(3));
  const data = new Float32Array(3 * priorPoints);
  labels.forEach((label, i) => data.set([points[2 * i]!, points[2 * i + 1]!, label], 3 * i));
  const seedList = Array.from({length: seeds}, (_, i) => i + 1);
  const networks = priorLanes.flatMap((lane) =>
    seedList.map((seed, s) => ({
      parameters: initialParameters(layoutOf(layers), chanceOf(seed).normal, {
        scheme: "glorot",
        outputBias: lane.endsWith("prior") ? priorBias(prior) : 0
      }),
      // Momentum's step grows with the loss: dividing by the rare points instead of all is a rate 1 + ratio times as large.
      rate: rate * (1 + ratio),
      lossParams: (lane.startsWith("ce") ? [-1, 0] : [alpha, gamma]) as [number, number],
      stream: s,
      seed
    }))
  );
  const sampler = listed([...labels.keys()], seededRandom);
  return {
    layers,
    optimizer: {kind: "momentum"},
    batch,
    steps,
    data,
    streams: seedList.map((seed) => ({sampler, seed})),
    groups: [{name: "prior", activation: tanhUnits, loss: focalLoss, networks}],
    reportEvery: 1,
    checkpoints: 1
  };
}
