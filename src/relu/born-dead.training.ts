/** Counts dead networks width by width, round after round, until each width has as many as asked for. */
import {startBackend} from "../compute/backend.js";
import {drive} from "../compute/drive.js";
import {createPace} from "../compute/pace.js";
import type {Drive, DriveOptions, Snapshot, TrainOptions} from "../compute/training.js";
import type {Domain} from "./born-dead.js";
import {runDeaths} from "./born-dead.kernel.js";

export type {Drive, DriveState} from "../compute/training.js";

export interface BornDeadConfig {
  readonly domain: Domain;
  readonly widths: readonly number[];
  /** Networks of each width; a network of many layers serves for all depths. */
  readonly networks: number;
  /** Most hidden layers. */
  readonly layers: number;
  readonly seed: number;
}

/** Progress counts networks. */
export interface BornDeadSnapshot extends Snapshot {
  /** For each width: how many networks died first in hidden layer 1, 2, …; at 0, how many did not die. */
  readonly deaths: readonly (readonly number[])[];
}

const sizes = [16, 64, 256, 1024, 2048, 4096, 8192, 16384, 32768];

export function countBornDead(
  config: BornDeadConfig,
  options: DriveOptions<BornDeadSnapshot> = {}
): Drive<BornDeadSnapshot> {
  return drive((training) => trainBornDead(config, training), options);
}

/** A snapshot after each dispatch. */
export async function* trainBornDead(
  {domain, widths, networks, layers, seed}: BornDeadConfig,
  {resume}: Pick<TrainOptions<BornDeadSnapshot>, "resume">
): AsyncGenerator<BornDeadSnapshot, void> {
  await startBackend();
  const deaths = widths.map((_, i) => [...(resume?.deaths[i] ?? new Array<number>(layers + 1).fill(0))]);
  const paces = widths.map(() => createPace({sizes}));
  const counted = (i: number) => deaths[i]!.reduce((sum, count) => sum + count, 0);
  while (widths.some((_, i) => counted(i) < networks)) {
    for (const [i, width] of widths.entries()) {
      const first = counted(i);
      const count = Math.min(paces[i]!.size(), networks - first);
      if (count <= 0) continue;
      const began = performance.now();
      const result = runDeaths({domain, width, layers, seed, first, count});
      try {
        for (const layer of await result.data()) deaths[i]![layer]!++;
      } finally {
        result.dispose();
      }
      paces[i]!.measured(count, performance.now() - began);
      const done = widths.reduce((sum, _, each) => sum + counted(each), 0);
      yield {progress: {done, total: widths.length * networks}, deaths: deaths.map((counts) => [...counts])};
    }
  }
}
