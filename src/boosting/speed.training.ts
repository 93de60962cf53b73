/** How long growing one tree takes with the kernels, on the backend that runs. */
import {backendStatus} from "../compute/status.js";
import {drive} from "../compute/drive.js";
import type {Drive, DriveOptions} from "../compute/training.js";
import {binTable} from "./bins.js";
import {deviceSearch, startKernels} from "./hist-device.training.js";
import {histGrower} from "./hist.js";
import {firstGradients, speedParams, speedSizes, speedTable} from "./speed-experiment.js";
import type {SpeedConfig, SpeedSnapshot, SpeedTiming} from "./speed-experiment.js";

export type {Drive} from "../compute/training.js";

/** What runs the kernels, in words. */
export function kernelBackend(): string {
  const status = backendStatus();
  return status.state === "webgpu" ? `WebGPU, ${status.adapter}` : "CPU twins";
}

/** A snapshot a table size. */
export function runDeviceSpeed(config: SpeedConfig, options: DriveOptions<SpeedSnapshot>): Drive<SpeedSnapshot> {
  return drive(() => deviceSpeed(config), options);
}

async function* deviceSpeed(config: SpeedConfig): AsyncGenerator<SpeedSnapshot, void> {
  const sizes = speedSizes(config);
  const timings: SpeedTiming[] = [];
  const params = speedParams(config.depth);
  for (const {rows, columns} of sizes) {
    const data = speedTable(rows, columns);
    const task = {...firstGradients(data), columns: Int32Array.from({length: columns}, (_, i) => i), trace: false};
    await startKernels();
    const begun = performance.now();
    const bins = binTable(data, params.maxBin);
    const search = deviceSearch(bins, params);
    const setup = performance.now() - begun;
    const grow = histGrower(bins, params, search);
    try {
      const times: number[] = [];
      for (const since = performance.now(); times.length < 2 || performance.now() - since < 300; ) {
        const start = performance.now();
        for (const step of grow(task)) if (step.kind === "wait") await step.until;
        times.push(performance.now() - start);
      }
      timings.push({method: "webgpu", rows, columns, setup, tree: Math.min(...times)});
    } finally {
      search.dispose?.();
    }
    yield {progress: {done: timings.length, total: sizes.length}, timings: [...timings]};
  }
}
