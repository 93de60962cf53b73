/** Drives this room's tasks in a worker, or in line where there are none. */
import {drive} from "../compute/drive.js";
import type {Drive, DriveOptions, Snapshot} from "../compute/training.js";
import {openWorker} from "../compute/worker.js";
import {startTask} from "./tasks.js";
import type {TaskConfig, TaskName, TaskReply, TaskRequest, TaskSnapshot} from "./tasks.js";

export type {Drive, DriveState} from "../compute/training.js";

/** Starts a task; pausing, cancelling and pacing are the drive's. */
export function runTask<N extends TaskName>(
  name: N,
  config: TaskConfig<N>,
  options: DriveOptions<TaskSnapshot<N> & Snapshot> = {}
): Drive<TaskSnapshot<N> & Snapshot> {
  return drive(() => snapshots<TaskSnapshot<N> & Snapshot>(name, config), options);
}

async function* snapshots<S>(name: TaskName, config: unknown): AsyncGenerator<S, void> {
  if (typeof Worker === "undefined") {
    yield* startTask(name, config) as Generator<S, void>;
    return;
  }
  const worker = openWorker(import.meta.resolve("./tasks.worker.js"));
  try {
    let request: TaskRequest = {start: name, config};
    for (;;) {
      const reply = await ask(worker, request);
      if ("error" in reply) throw new Error(reply.error);
      if ("done" in reply) return;
      yield reply.value as S;
      request = "next";
    }
  } finally {
    worker.terminate();
  }
}

function ask(worker: Worker, request: TaskRequest): Promise<TaskReply> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({data}: MessageEvent<TaskReply>) => resolve(data);
    worker.onerror = ({message}) => reject(new Error(message || "the worker did not start"));
    worker.postMessage(request);
  });
}
