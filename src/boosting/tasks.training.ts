/** Drives this room's tasks in a worker, or in line where there are none. */
import {drive} from "../compute/drive.js";
import type {Drive, DriveOptions, Snapshot} from "../compute/training.js";
import {openWorker} from "../compute/worker.js";
import {answerTo, startTask} from "./tasks.js";
import type {Answer, AnswerName, Question, TaskConfig, TaskName, TaskReply, TaskRequest, TaskSnapshot} from "./tasks.js";

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
    yield* startTask(name, config) as AsyncGenerator<S, void>;
    return;
  }
  const worker = startWorker();
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

/** Answers questions of one kind in a worker of its own, one after the other, until `signal` is aborted. */
export function answerer<N extends AnswerName>(name: N, signal: AbortSignal): (question: Question<N>) => Promise<Answer<N>> {
  if (typeof Worker === "undefined") return async (question) => answerTo(name, question) as Answer<N>;
  const worker = startWorker();
  signal.addEventListener("abort", () => worker.terminate());
  return async (question) => {
    const reply = await ask(worker, {answer: name, question});
    if ("error" in reply) throw new Error(reply.error);
    return (reply as {readonly value: unknown}).value as Answer<N>;
  };
}

const startWorker = () => openWorker(import.meta.resolve("./tasks.worker.js"));

function ask(worker: Worker, request: TaskRequest): Promise<TaskReply> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({data}: MessageEvent<TaskReply>) => resolve(data);
    worker.onerror = ({message}) => reject(new Error(message || "the worker did not start"));
    worker.postMessage(request);
  });
}
