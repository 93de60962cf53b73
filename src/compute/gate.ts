/** A gate that stays shut while anyone has a reason to hold it: how a training rests. */
import type {Rest} from "./training.js";

export interface Gate {
  /** The reason it is shut, the longest held first, or undefined when it is open. */
  heldBy(): Rest | undefined;
  hold(reason: Rest): void;
  release(reason: Rest): void;
  /** Resolves when the gate is open, or `signal` is aborted. */
  passed(): Promise<void>;
}

/** Opens when no reason is left; calls `onChange` whenever it shuts, opens or another reason holds it. */
export function createGate(onChange: () => void, signal: AbortSignal): Gate {
  const reasons = new Set<Rest>();
  let waiting: (() => void)[] = [];
  const heldBy = () => reasons.values().next().value;
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  };
  const change = (edit: () => void): void => {
    const before = heldBy();
    edit();
    if (heldBy() !== before) onChange();
    if (reasons.size === 0) wake();
  };
  signal.addEventListener("abort", wake, {once: true});
  return {
    heldBy,
    hold: (reason) => change(() => reasons.add(reason)),
    release: (reason) => change(() => reasons.delete(reason)),
    passed: () => new Promise((resolve) => (reasons.size === 0 || signal.aborted ? resolve() : waiting.push(resolve)))
  };
}

/** Holds the gate while the page is hidden; returns a function that stops watching. Without a document, nothing. */
export function holdWhileHidden(gate: Gate): () => void {
  const page = globalThis.document as Document | undefined;
  if (!page) return () => undefined;
  const look = () => (page.hidden ? gate.hold("hidden") : gate.release("hidden"));
  page.addEventListener("visibilitychange", look);
  look();
  return () => page.removeEventListener("visibilitychange", look);
}
