/** Runs one task off the page's thread, a snapshot for each request. */
import {startTask} from "./tasks.js";
import type {TaskReply, TaskRequest} from "./tasks.js";

let task: Generator<unknown, void> | undefined;

self.addEventListener("message", ({data}: MessageEvent<TaskRequest>) => {
  self.postMessage(reply(data));
});

function reply(request: TaskRequest): TaskReply {
  try {
    if (request !== "next") task = startTask(request.start, request.config);
    const step = task?.next();
    return !step || step.done ? {done: true} : {value: step.value};
  } catch (error) {
    return {error: error instanceof Error ? error.message : String(error)};
  }
}
