/** Undo: states the reader rested on, newest last. A drag is one entry, not a hundred. */
export interface History<T> {
  /** Records that the reader moved away from `state`; calls in quick succession count as one move. */
  record(state: T): void;
  /** Takes back the last move, or gives undefined when there is none. */
  undo(): T | undefined;
  readonly size: number;
}

/** @param settleMs moves closer together than this are one */
export function createHistory<T>(settleMs = 500, limit = 100, now: () => number = () => performance.now()): History<T> {
  const past: T[] = [];
  let lastMove = -Infinity;
  return {
    record(state) {
      const time = now();
      if (time - lastMove > settleMs) {
        past.push(state);
        if (past.length > limit) past.shift();
      }
      lastMove = time;
    },
    undo() {
      lastMove = -Infinity;
      return past.pop();
    },
    get size() {
      return past.length;
    }
  };
}
