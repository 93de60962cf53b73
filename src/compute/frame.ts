/** Animation frames, and breaks between tasks, in pages, workers and Node alike. */

export interface Latest<T> {
  /** Keeps this value for the next frame, in place of one that waits. */
  push(value: T): void;
  /** Hands over a waiting value now. */
  flush(): void;
  /** Forgets a waiting value. */
  drop(): void;
}

const frameTime = 16;

/** Hands at most one value a frame, the newest, to `listener`. */
export function latestPerFrame<T>(listener: (value: T) => void): Latest<T> {
  let waiting: {readonly value: T} | undefined;
  let cancel: (() => void) | undefined;
  const drop = () => {
    cancel?.();
    cancel = waiting = undefined;
  };
  const flush = () => {
    const due = waiting;
    drop();
    if (due) listener(due.value);
  };
  return {
    push(value) {
      waiting = {value};
      cancel ??= onNextFrame(flush);
    },
    flush,
    drop
  };
}

function onNextFrame(callback: () => void): () => void {
  if (typeof requestAnimationFrame === "function") {
    const frame = requestAnimationFrame(callback);
    return () => cancelAnimationFrame(frame);
  }
  const timer = setTimeout(callback, frameTime);
  return () => clearTimeout(timer);
}

/**
 * Returns a function that ends the task, letting the page draw and answer, if it has run for more than `most` ms.
 * A message wakes sooner than a timer, which browsers delay by 4 ms once nested.
 */
export function taskBreaks(most = 12): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < most) return;
    await new Promise<void>((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        channel.port1.close();
        resolve();
      };
      channel.port2.postMessage(null);
    });
    since = performance.now();
  };
}
