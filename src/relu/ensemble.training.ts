/** Trains the ensemble that a figure's settings describe. */
import {taskBreaks} from "../compute/frame.js";
import {normal, seededRandom} from "../compute/random.js";
import {runEnsemble} from "../networks/ensemble.training.js";
import type {Drive, DriveOptions, EnsembleSnapshot} from "../networks/ensemble.training.js";
import {dataSet} from "./data-sets.js";
import {ensembleConfig} from "./ensemble-config.js";
import type {RunSettings} from "./ensemble-config.js";

/** Loads the data and starts the training; drive() handles pausing, cancelling and device loss. */
export async function trainRuns(settings: RunSettings, options: DriveOptions<EnsembleSnapshot>): Promise<Drive<EnsembleSnapshot>> {
  const set = await dataSet(settings.data, seededRandom(settings.seed));
  return runEnsemble(await ensembleConfig(settings, set, {seeded: seededRandom, normal}, {rest: taskBreaks()}), options);
}
