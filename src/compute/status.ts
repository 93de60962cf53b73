/**
 * Which backend runs, without loading TensorFlow.js: the notebook's badge asks here, the backend reports here.
 */
export type BackendStatus =
  | {readonly state: "idle"}
  | {readonly state: "starting"}
  /** `software`: a processor plays the GPU, so that an invocation is a thread's work, and barriers are dear. */
  | {readonly state: "webgpu"; readonly adapter: string; readonly software?: boolean}
  | {readonly state: "cpu"; readonly reason: string}
  | {readonly state: "lost"; readonly reason: string};

let status: BackendStatus = {state: "idle"};
const listeners = new Set<(status: BackendStatus) => void>();

/** The backend's state at this moment. */
export function backendStatus(): BackendStatus {
  return status;
}

/** Calls `listener` now and at every change; returns a function that stops it. */
export function watchBackend(listener: (status: BackendStatus) => void): () => void {
  listeners.add(listener);
  listener(status);
  return () => listeners.delete(listener);
}

/** For the backend alone: records the new state and tells the listeners. */
export function reportBackend(next: BackendStatus): void {
  status = next;
  for (const listener of listeners) listener(next);
}
