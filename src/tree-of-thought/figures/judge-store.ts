/** The judge that all figures ask: the shipped one, or the one that the reader trained. */
import {batchedLogits} from "../batch-judge.js";
import type {Logits} from "../batch-judge.js";
import {judgeLogits} from "../judge.js";
import {shippedJudge} from "../judge-weights.js";

export interface CurrentJudge {
  readonly origin: "shipped" | "trained";
  /** Of a trained one: steps. */
  readonly steps: number;
  readonly parameters: Float32Array;
  /** Counts the changes: what was computed with another number is out of date. */
  readonly version: number;
  /** On this thread: a puzzle asks about some hundred positions. */
  readonly logits: Logits;
}

let current: CurrentJudge | undefined;
const listeners = new Set<() => void>();

export function currentJudge(): CurrentJudge {
  return (current ??= made("shipped", 0, shippedJudge(), 0));
}

/** Puts a judge in place; null brings the shipped one back. */
export function useJudge(trained: {readonly parameters: Float32Array; readonly steps: number} | null): void {
  const {version} = currentJudge();
  current = trained
    ? made("trained", trained.steps, trained.parameters, version + 1)
    : made("shipped", 0, shippedJudge(), version + 1);
  for (const listener of listeners) listener();
}

/** Calls `listener` when another judge is in place. */
export function onJudge(listener: () => void, signal: AbortSignal): void {
  listeners.add(listener);
  signal.addEventListener("abort", () => listeners.delete(listener), {once: true});
}

function made(origin: CurrentJudge["origin"], steps: number, parameters: Float32Array, version: number): CurrentJudge {
  return {origin, steps, parameters, version, logits: (positions) => judgeLogits(parameters, positions)};
}

/** Answers for searches that run at once. */
export const sharedLogits = (logits: Logits): Logits => batchedLogits(logits);
