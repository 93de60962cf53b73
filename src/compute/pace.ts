/**
 * How much work to put into one dispatch: as much as stays under a time, so that work can be cancelled between
 * dispatches, a slow adapter stays responsive and no driver's watchdog fires.
 */
import {backendStatus} from "./status.js";

export interface Pace {
  /** How many units the next dispatch may hold. */
  size(): number;
  /** What a dispatch took. */
  measured(units: number, milliseconds: number): void;
}

export interface PaceOptions {
  /** Milliseconds one dispatch may take; by default `dispatchTime()`. */
  readonly target?: number;
  /** The sizes to choose from, ascending: few, where each size compiles a pipeline of its own. */
  readonly sizes: readonly number[];
}

// 60 ms leaves room below the 100 ms after which a reader notices; the CPU backend blocks the page, which has to
// answer within 50 ms whatever else it does.
const gpuTime = 60;
const cpuTime = 16;

/** Milliseconds a dispatch may take on the backend that runs. */
export function dispatchTime(): number {
  return backendStatus().state === "cpu" ? cpuTime : gpuTime;
}

/** How many units fit into a dispatch, at least 1, when so many took so long. */
export function affordable(units: number, milliseconds: number, target = dispatchTime()): number {
  return Math.max(1, Math.floor((target * units) / Math.max(milliseconds, 0.01)));
}

/**
 * Starts at the smallest size. A slow dispatch is believed at once; a fast one only lets the size double or take the
 * next step, because the first dispatch of a size also compiles it.
 */
export function createPace({target, sizes}: PaceOptions): Pace {
  let index = 0;
  return {
    size: () => sizes[index] ?? 1,
    measured(units, milliseconds) {
      const most = affordable(units, milliseconds, target);
      const next = sizes.findLastIndex((size) => size <= most);
      const doubled = sizes.findLastIndex((size) => size <= 2 * units);
      index = Math.max(0, Math.min(next, Math.max(doubled, index + 1)));
    }
  };
}
