/** Drives a sweep in a worker, or in line where there are none; a snapshot holds all points so far. */
import {drive} from "../compute/drive.js";
import type {Drive, DriveOptions, Snapshot} from "../compute/training.js";
import {openWorker} from "../compute/worker.js";
import {sweep, sweepTotal} from "./misleads.js";
import type {SweepConfig, SweepPoint} from "./misleads.js";
import type {SweepReply, SweepRequest} from "./misleads.worker.js";

export type {Drive} from "../compute/training.js";

export interface SweepSnapshot extends Snapshot {
  readonly points: readonly SweepPoint[];
}

export function runSweep(config: SweepConfig, options: DriveOptions<SweepSnapshot> = {}): Drive<SweepSnapshot> {
  return drive(() => snapshots(config), options);
}

async function* snapshots(config: SweepConfig): AsyncGenerator<SweepSnapshot, void> {
  const total = sweepTotal(config);
  let points: readonly SweepPoint[] = [];
  for await (const point of typeof Worker === "undefined" ? sweep(config) : fromWorker(config)) {
    points = [...points, point];
    yield {progress: {done: points.length, total}, points};
  }
}

async function* fromWorker(config: SweepConfig): AsyncGenerator<SweepPoint, void> {
  const worker = openWorker(import.meta.resolve("./misleads.worker.js"));
  try {
    let request: SweepRequest = config;
    for (;;) {
      const reply = await ask(worker, request);
      if ("error" in reply) throw new Error(reply.error);
      if ("done" in reply) return;
      yield reply.point;
      request = "next";
    }
  } finally {
    worker.terminate();
  }
}

function ask(worker: Worker, request: SweepRequest): Promise<SweepReply> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({data}: MessageEvent<SweepReply>) => resolve(data);
    worker.onerror = ({message}) => reject(new Error(message || "the worker did not start"));
    worker.postMessage(request);
  });
}
