/** Keeps a figure's search up to date with its settings and the judge in place; one search at a time, the newest. */
import type {Hand} from "../game24.js";
import type {Method} from "../methods.js";
import type {Sampling} from "../judge.js";
import type {Trace} from "../trace.js";
import {tracePuzzle} from "../trace.training.js";
import {currentJudge, onJudge} from "./judge-store.js";

export interface TraceAsk {
  readonly numbers: readonly number[];
  readonly method: Method;
  readonly sampling: Sampling;
  readonly temperature: number;
}

export interface Tracer {
  /** The newest finished search, which may still be that of the settings before. */
  readonly trace: Trace<Hand> | undefined;
  readonly problem: string;
  /** Searches, if what is asked or the judge has changed. */
  ask(ask: TraceAsk): void;
}

export function tracer(onTrace: () => void, signal: AbortSignal): Tracer {
  let trace: Trace<Hand> | undefined;
  let [key, problem] = ["", ""];
  let wanted: TraceAsk | undefined;
  let stop = new AbortController();
  const start = () => {
    if (!wanted) return;
    const {version, logits} = currentJudge();
    const mine = JSON.stringify([wanted, version]);
    if (mine === key) return;
    key = mine;
    stop.abort();
    stop = new AbortController();
    const {numbers, method, sampling, temperature} = wanted;
    tracePuzzle(numbers, method, {logits, sampling, temperature, signal: AbortSignal.any([signal, stop.signal])}).then(
      (done) => {
        if (mine !== key) return;
        [trace, problem] = [done, ""];
        onTrace();
      },
      (error: unknown) => {
        if (mine !== key) return;
        problem = error instanceof Error ? error.message : String(error);
        onTrace();
      }
    );
  };
  onJudge(start, signal);
  return {
    get trace() {
      return trace;
    },
    get problem() {
      return problem;
    },
    ask(ask) {
      wanted = ask;
      start();
    }
  };
}
