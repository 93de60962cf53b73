/** Sweeps off the page's thread, a point for each request. */
import {sweep} from "./misleads.js";
import type {SweepConfig, SweepPoint} from "./misleads.js";

/** What the page asks: to begin, and each time for the next point. */
export type SweepRequest = SweepConfig | "next";
export type SweepReply = {readonly point: SweepPoint} | {readonly done: true} | {readonly error: string};

let run: Generator<SweepPoint, void> | undefined;

self.addEventListener("message", ({data}: MessageEvent<SweepRequest>) => {
  self.postMessage(reply(data));
});

function reply(request: SweepRequest): SweepReply {
  try {
    if (request !== "next") run = sweep(request);
    const step = run?.next();
    return !step || step.done ? {done: true} : {point: step.value};
  } catch (error) {
    return {error: error instanceof Error ? error.message : String(error)};
  }
}
