/** How long growing one tree takes with the kernels, on the backend that runs. */
import {backendStatus} from "../compute/status.js";
import {drive} from "../compute/drive.js";
import type {Drive, DriveOptions} from "../compute/training.js";
import {binTable} from "./bins.js";
import {growOnDevice, toDevice} from "./hist-gpu.training.js";
import {firstGradients, speedParams, speedRows, speedTable} from "./speed-experiment.js";
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

async function* deviceSpeed({columns, depth, rows: most}: SpeedConfig): AsyncGenerator<SpeedSnapshot, void> {
  const sizes = speedRows.filter((rows) => rows <= most);
  const timings: SpeedTiming[] = [];
  const params = speedParams(depth);
  for (const rows of sizes) {
    const data = speedTable(rows, columns);
    const {gradient, hessian} = firstGradients(data);
    const begun = performance.now();
    const device = await toDevice(binTable(data, params.maxBin));
    const setup = performance.now() - begun;
    try {
      const times: number[] = [];
      for (const since = performance.now(); times.length < 2 || performance.now() - since < 300; ) {
        const start = performance.now();
        await growOnDevice(device, gradient, hessian, params);
        times.push(performance.now() - start);
      }
      timings.push({method: "webgpu", rows, setup, tree: Math.min(...times)});
    } finally {
      device.codes.dispose();
    }
    yield {progress: {done: timings.length, total: sizes.length}, timings: [...timings]};
  }
}
