/** The evaluation off the page's thread: with progress, and cancelled by an AbortSignal. */
import {inSlices} from "../compute/slices.js";
import {openWorker} from "../compute/worker.js";
import {evaluateByClass} from "./coco-evaluation.js";
import type {CocoEvaluation, CocoOptions} from "./coco-evaluation.js";
import {packCoco} from "./coco-pack.js";
import type {PackedCoco} from "./coco-pack.js";
import type {CocoDataset, CocoResult} from "./dataset.js";

export interface CocoAsyncOptions extends CocoOptions {
  /** Told the share done, 0–1, as classes are done. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** What the worker is sent. */
export interface CocoRequest {
  readonly packed: PackedCoco;
  readonly options: CocoOptions;
}
export type CocoReply = {readonly share: number} | {readonly value: CocoEvaluation} | {readonly error: string};

/**
 * `evaluateCoco` in a worker of its own; where there are no workers, in line, in slices.
 *
 * @throws what `evaluateCoco` throws, and the signal's reason once it is aborted
 */
export async function evaluateCocoAsync(
  groundTruth: CocoDataset,
  detections: readonly CocoResult[],
  {onProgress, signal, ...options}: CocoAsyncOptions = {}
): Promise<CocoEvaluation> {
  signal?.throwIfAborted();
  if (typeof Worker === "undefined") {
    return inSlices(evaluateByClass(groundTruth, detections, options), {signal, ...(onProgress && {onStep: onProgress})});
  }
  const packed = await inSlices(packCoco(groundTruth, detections), {signal});
  return inWorker({packed, options}, signal, onProgress);
}

function inWorker(request: CocoRequest, signal?: AbortSignal, onProgress?: (share: number) => void): Promise<CocoEvaluation> {
  const worker = openWorker(import.meta.resolve("./coco-worker.training.js"));
  return new Promise<CocoEvaluation>((resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason as Error), {once: true});
    worker.onerror = ({message}) => reject(new Error(message || "the worker did not start"));
    worker.onmessage = ({data}: MessageEvent<CocoReply>) => {
      if ("share" in data) onProgress?.(data.share);
      else if ("error" in data) reject(new RangeError(data.error));
      else resolve(data.value);
    };
    const {images, truths, detections} = request.packed;
    worker.postMessage(request, [images.buffer, truths.buffer, detections.buffer]);
  }).finally(() => worker.terminate());
}
