/** The page's end of the worker that holds the reader's data. */
import {openWorker} from "../compute/worker.js";
import type {OwnReply, OwnRequest} from "./own-session.js";

export interface OwnClient {
  send(request: OwnRequest): void;
}

/** Starts the worker at the first request; `signal` ends it. */
export function ownClient(onReply: (reply: OwnReply) => void, signal: AbortSignal): OwnClient {
  let worker: Worker | undefined;
  const start = (): Worker => {
    const made = openWorker(import.meta.resolve("./own-data.worker.js"));
    made.onmessage = ({data}: MessageEvent<OwnReply>) => onReply(data);
    made.onerror = ({message}) => onReply({kind: "refused", reason: message || "the worker did not start", truthReads: false, asks: null});
    signal.addEventListener("abort", () => made.terminate(), {once: true});
    return made;
  };
  return {
    send(request) {
      if (!signal.aborted) (worker ??= start()).postMessage(request);
    }
  };
}
