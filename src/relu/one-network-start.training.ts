/** Where a network's training begins; without TensorFlow.js, so that a figure has something to show at once. */
import {normal, seededRandom} from "../compute/random.js";
import type {Checkpoint, EnsembleConfig} from "../networks/ensemble.js";
import {layoutOf, rowOf} from "../networks/layout.js";
import {dataSet} from "./data-sets.js";
import {ensembleConfig} from "./ensemble-config.js";
import type {RunSettings} from "./ensemble-config.js";

/** What a network of these settings trains with. */
export async function oneNetwork(settings: RunSettings, network: number): Promise<EnsembleConfig> {
  const set = await dataSet(settings.data, seededRandom(settings.seed));
  return ensembleConfig(settings, set, {seeded: seededRandom, normal}, {only: network});
}

/** The config's one network before its first step. */
export function firstState({layers, optimizer, groups}: EnsembleConfig): Checkpoint {
  const {activation, networks} = groups[0]!;
  const rows = new Float32Array(rowOf(layoutOf(layers, activation.byParameter !== undefined), optimizer.kind).stride);
  rows.set(networks[0]!.parameters);
  return {step: 0, rows};
}
