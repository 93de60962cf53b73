/**
 * How the training loop learns that the GPU was lost, without loading TensorFlow.js. The backend counts its devices:
 * a loop notes the count when it starts, and an error after which the count has grown came from the loss.
 */
import {backendStatus, watchBackend} from "./status.js";
import type {BackendStatus} from "./status.js";

let losses = 0;
const waiting = new Set<() => void>();

/** How many devices were lost so far in this page. */
export function deviceLosses(): number {
  return losses;
}

/** For the backend alone: one more device was lost. */
export function countDeviceLoss(): void {
  losses++;
  for (const wake of waiting) wake();
}

/**
 * Whether a device was lost since `deviceLosses()` was `since`. A rejected read may be seen a moment before the loss
 * itself is, so where WebGPU runs this waits up to `patience` ms for the news.
 */
export function deviceLostSince(since: number, patience = 1000): Promise<boolean> {
  if (losses > since || backendStatus().state !== "webgpu") return Promise.resolve(losses > since);
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer);
      waiting.delete(settle);
      resolve(losses > since);
    };
    const timer = setTimeout(settle, patience);
    waiting.add(settle);
  });
}

/** Resolves once a backend runs, at once if one does. Starts none: `startBackend` does. */
export function whenBackendReady(): Promise<BackendStatus> {
  return new Promise((resolve) => {
    let stop: (() => void) | undefined = undefined;
    let ready = false;
    stop = watchBackend((status) => {
      if (ready || (status.state !== "webgpu" && status.state !== "cpu")) return;
      ready = true;
      stop?.();
      resolve(status);
    });
    if (ready) stop();
  });
}
