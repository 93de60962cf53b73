/** Trains one network of the room's ensemble by itself, and draws the maps of what its units answer. */
import {tensor2d} from "@tensorflow/tfjs-core";
import {startBackend} from "../compute/backend.js";
import {taskBreaks} from "../compute/frame.js";
import {runKernel} from "../compute/kernel.js";
import {despiteLoss} from "../compute/retry.js";
import {activity} from "../networks/activity.kernel.js";
import type {EnsembleConfig} from "../networks/ensemble.js";
import {runEnsemble} from "../networks/ensemble.training.js";
import {settingsOf} from "../networks/ensemble-lane.training.js";
import type {Drive, DriveOptions, EnsembleSnapshot} from "../networks/ensemble.training.js";
import {layoutOf, rowOf} from "../networks/layout.js";
import {settingsStride} from "../networks/straight.wgsl.js";
import {firstDeath} from "./open-network.js";
import type {Death, OpenNetwork} from "./open-network.js";

export type {Drive, DriveState, EnsembleSnapshot} from "../networks/ensemble.training.js";

export const trainOneNetwork = (config: EnsembleConfig, options: DriveOptions<EnsembleSnapshot>): Drive<EnsembleSnapshot> =>
  runEnsemble(config, options);

/** See `firstDeath`; the page can draw and answer meanwhile. */
export const findDeath = (open: OpenNetwork): Promise<Death | null> => firstDeath(open, taskBreaks());

/** What every hidden unit and then the output answer at each of the points, [points][units + 1]. */
export async function unitMaps({layers, optimizer, groups}: EnsembleConfig, state: Float64Array, points: Float32Array): Promise<Float32Array> {
  const group = groups[0]!;
  const count = points.length / layers[0]!;
  const row = new Float32Array(rowOf(layoutOf(layers, group.activation.byParameter !== undefined), optimizer.kind).stride);
  row.set(state);
  await startBackend();
  return despiteLoss(async () => {
    const inputs = [
      tensor2d(row, [1, row.length]),
      tensor2d(settingsOf({networks: group.networks.slice(0, 1)}), [1, settingsStride]),
      tensor2d(points, [count, layers[0]!])
    ];
    const params = {layers, activation: group.activation, optimizer: optimizer.kind, units: true, points: count};
    const result = runKernel(activity, inputs, params);
    try {
      return (await result.data()) as Float32Array;
    } finally {
      for (const tensor of [...inputs, result]) tensor.dispose();
    }
  });
}
