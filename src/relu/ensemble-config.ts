/** What a reader sets of the room's trainings, and the ensemble that it means: the same network, alone or among all. */
import type {EnsembleConfig, Group, NetworkSettings} from "../networks/ensemble.js";
import {initialParameters} from "../networks/initial.js";
import type {InitialScheme} from "../networks/initial.js";
import {layoutOf} from "../networks/layout.js";
import {logisticLoss, squaredLoss} from "../networks/loss.js";
import type {OptimizerKind} from "../networks/optimizer.js";
import {shuffled} from "../networks/sampling.js";
import {activationForm} from "./activation-form.js";
import {activationParams} from "./activations.js";
import type {ActivationName} from "./activations.js";
import type {DataSet, DataSetName} from "./data-sets.js";

export interface RunSettings {
  readonly data: DataSetName;
  readonly activations: readonly ActivationName[];
  /** Units of each hidden layer, and how many such layers. */
  readonly width: number;
  readonly depth: number;
  readonly rate: number;
  readonly optimizer: OptimizerKind;
  readonly init: InitialScheme;
  /** Networks of each activation. */
  readonly seeds: number;
  readonly steps: number;
  readonly batch: number;
  readonly seed: number;
}

/** Where random numbers come from: src/compute/random.ts in the kernels' world. */
export interface Chance {
  readonly seeded: (seed: number) => () => number;
  readonly normal: (random: () => number) => number;
}

/** Lets the page answer between the networks: weights of some hundred large ones take longer than a frame. */
export type Rest = () => Promise<void>;
const noRest: Rest = () => Promise.resolve();

/**
 * The ensemble of these settings: network i of every activation has the same initial weights and sees the same batches.
 * @param only trains this network of each activation alone, with the same result
 */
export async function ensembleConfig(
  settings: RunSettings,
  set: DataSet,
  chance: Chance,
  {only, rest = noRest}: {readonly only?: number; readonly rest?: Rest} = {}
): Promise<EnsembleConfig> {
  const {activations, width, depth, rate, optimizer, init, seeds, steps, batch, seed} = settings;
  const layers = [set.inputs, ...new Array<number>(depth).fill(width), 1];
  const sampler = shuffled(set.values.length / (set.inputs + 1), chance.seeded);
  const indices = only === undefined ? Array.from({length: seeds}, (_, i) => i) : [only];
  const seedOf = (network: number) => seed * 1000 + network;
  const groups: Group[] = [];
  for (const name of activations) {
    const activation = activationForm(name);
    const layout = layoutOf(layers, activation.byParameter !== undefined);
    const params = activationParams(name);
    const networks: NetworkSettings[] = [];
    for (const [stream, network] of indices.entries()) {
      const random = chance.seeded(seedOf(network));
      const parameters = initialParameters(layout, () => chance.normal(random), {scheme: init, learned: params[0]});
      networks.push({parameters, rate, activationParams: params, stream, seed: seedOf(network)});
      await rest();
    }
    groups.push({name, activation, loss: set.kind === "classes" ? logisticLoss : squaredLoss, networks});
  }
  return {
    layers,
    optimizer: {kind: optimizer},
    batch,
    steps,
    data: set.values,
    streams: indices.map((network) => ({sampler, seed: seedOf(network)})),
    groups
  };
}
