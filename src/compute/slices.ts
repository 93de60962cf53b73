/** Long work on a page, a slice at a time: the page draws and answers in between. */
import {taskBreaks} from "./frame.js";

export interface SliceOptions<Y> {
  /** Told what the work yields, for instance the share done. */
  readonly onStep?: (step: Y) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a generator to its end, with a break whenever it has held the thread for some milliseconds.
 *
 * @throws what the generator throws, and the signal's reason once it is aborted
 */
export async function inSlices<Y, R>(work: Generator<Y, R>, {onStep, signal}: SliceOptions<Y> = {}): Promise<R> {
  const taskBreak = taskBreaks();
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
    onStep?.(next.value);
    await taskBreak();
    signal?.throwIfAborted();
  }
}
