/** An ensemble of small networks: groups that differ in activation or loss, networks that differ in everything else. */
import type {Activation} from "./activation.js";
import type {Loss} from "./loss.js";
import type {Optimizer} from "./optimizer.js";
import type {Stream} from "./sampling.js";

export interface NetworkSettings {
  /** Initial parameters, in the order of `layoutOf(layers)`. */
  readonly parameters: Float32Array;
  readonly rate: number;
  readonly activationParams?: readonly [number, number];
  readonly lossParams?: readonly [number, number];
  /** Which of the ensemble's streams it reads. */
  readonly stream: number;
  /** For a randomised activation's draws. */
  readonly seed: number;
}

/** Networks that one dispatch trains: their activation and loss are the same code. */
export interface Group {
  readonly name: string;
  readonly activation: Activation;
  readonly loss: Loss;
  readonly networks: readonly NetworkSettings[];
}

export interface EnsembleConfig {
  /** Units of each layer, inputs and outputs included. */
  readonly layers: readonly number[];
  readonly optimizer: Optimizer;
  readonly batch: number;
  readonly steps: number;
  /** [points][inputs + targets]. */
  readonly data: Float32Array;
  readonly streams: readonly Stream[];
  readonly groups: readonly Group[];
  /** The points that reports are about. Default: all. */
  readonly report?: {readonly from: number; readonly count: number};
  /** Most steps between reports. Default: a hundredth of all. */
  readonly reportEvery?: number;
  /** How many states are kept to look back at, besides the first. Default 40. */
  readonly checkpoints?: number;
}

/** What a group's networks do at a step, each array [networks][…]; losses are means over the points reported on. */
export interface GroupReport {
  readonly step: number;
  /** Mean loss of the batches since the last report. */
  readonly batchLoss: Float32Array;
  readonly loss: Float32Array;
  readonly accuracy: Float32Array;
  /** Share of a network's hidden units whose activation has slope 0 at every point. */
  readonly deadShare: Float32Array;
  /** [networks][weight layers], of the mean gradient over the points. */
  readonly gradientNorm: Float32Array;
}

/** A kept state: enough to go on from, and to open a network at that step. */
export interface Checkpoint {
  readonly step: number;
  /** [networks][row], see `rowOf`: parameters, moments, unit activity, gradient. */
  readonly rows: Float32Array;
}

export interface GroupResult {
  readonly name: string;
  readonly history: readonly GroupReport[];
  readonly checkpoints: readonly Checkpoint[];
}
