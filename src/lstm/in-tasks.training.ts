/** Long work on the page's own thread, cut into tasks short enough that the page answers in between. */
import {taskBreaks} from "../compute/frame.js";

/** Goes through a generator and resolves with what it returns. */
export async function inTasks<T>(work: Generator<unknown, T>, most = 8): Promise<T> {
  const pause = taskBreaks(most);
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
    await pause();
  }
}
