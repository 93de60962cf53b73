/** The loop that drives a training: contract 3's pacing, pausing, cancelling, progress and device loss, once. */
import {deviceLosses, deviceLostSince, whenBackendReady} from "./device-loss.js";
import {latestPerFrame, taskBreaks} from "./frame.js";
import {createGate, holdWhileHidden} from "./gate.js";
import {freeSpareBuffers} from "./spare-buffers.js";
import type {Drive, DriveOptions, DriveState, Progress, Snapshot, Train} from "./training.js";

/**
 * Trains, from `resume` if given, until done or cancelled. Training rests while the reader has it paused, the figure is
 * off screen or the page is hidden. After a lost device it waits for the restarted backend and goes on from the last
 * snapshot; any other error ends it in the state "failed".
 */
export function drive<S extends Snapshot>(train: Train<S>, options: DriveOptions<S> = {}): Drive<S> {
  const ending = new AbortController();
  const {signal} = ending;
  let state: DriveState = {phase: "running"};
  let recovered: Progress | undefined;
  const enter = (next: DriveState): void => {
    state = next;
    options.onState?.(next);
  };
  const enterRunning = (): void => {
    const by = gate.heldBy();
    enter(by ? {phase: "paused", by} : {phase: "running", ...(recovered && {recovered})});
  };
  const gate = createGate(() => {
    if (state.phase === "running" || state.phase === "paused") enterRunning();
  }, signal);
  const cancel = () => ending.abort();
  const watching = [
    holdWhileHidden(gate),
    options.visible?.((visible) => (visible ? gate.release("off-screen") : gate.hold("off-screen"))),
    cancelWith(options.signal, cancel)
  ];

  const frames = latestPerFrame<S>((snapshot) => options.onSnapshot?.(snapshot));
  let last = options.resume;
  const keep = (snapshot: S) => {
    last = snapshot;
    frames.push(snapshot);
  };

  async function runThroughLosses(): Promise<void> {
    for (;;) {
      const losses = deviceLosses();
      try {
        return await pull(train({signal, ...(last && {resume: last})}), () => gate.passed(), keep, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!(await deviceLostSince(losses))) throw error;
        enter({phase: "recovering", reason: messageOf(error)});
        await whenBackendReady();
        recovered = last?.progress ?? {done: 0, total: 0};
        enterRunning();
      }
    }
  }

  const done = runThroughLosses()
    .then(
      (): DriveState => ({phase: signal.aborted ? "cancelled" : "done"}),
      (error: unknown): DriveState => ({phase: "failed", error: asError(error)})
    )
    .then((end) => {
      for (const stop of watching) stop?.();
      freeSpareBuffers();
      frames.flush();
      enter(end);
      return last;
    });
  return {
    get state() {
      return state;
    },
    pause: () => gate.hold("reader"),
    resume: () => gate.release("reader"),
    cancel,
    done
  };
}

/** Takes snapshots from one generator until it ends or `signal` is aborted, and lets it clean up. */
async function pull<S>(
  training: AsyncGenerator<S, void>,
  gate: () => Promise<void>,
  keep: (snapshot: S) => void,
  signal: AbortSignal
): Promise<void> {
  const taskBreak = taskBreaks();
  try {
    for (;;) {
      await gate();
      if (signal.aborted) return;
      const next = await training.next();
      if (next.done) return;
      keep(next.value);
      await taskBreak();
    }
  } finally {
    await training.return();
  }
}

function cancelWith(signal: AbortSignal | undefined, cancel: () => void): () => void {
  if (signal?.aborted) cancel();
  signal?.addEventListener("abort", cancel, {once: true});
  return () => signal?.removeEventListener("abort", cancel);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function messageOf(error: unknown): string {
  return asError(error).message;
}
