/** Runs one task off the page's thread, a snapshot for each request, or answers questions. */
import {answerTo, startTask} from "./tasks.js";
import type {TaskReply, TaskRequest} from "./tasks.js";

let task: ReturnType<typeof startTask> | undefined;

self.addEventListener("message", ({data}: MessageEvent<TaskRequest>) => {
  void reply(data).then((answer) => self.postMessage(answer));
});

async function reply(request: TaskRequest): Promise<TaskReply> {
  try {
    if (request !== "next" && "answer" in request) return {value: answerTo(request.answer, request.question)};
    if (request !== "next") task = startTask(request.start, request.config);
    const step = await task?.next();
    return !step || step.done ? {done: true} : {value: step.value};
  } catch (error) {
    return {error: error instanceof Error ? error.message : String(error)};
  }
}
