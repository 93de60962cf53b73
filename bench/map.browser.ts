/** Runs in Chromium: the worker form on a set of COCO val's size, and the sweep kernel beside float64 on its largest class. */
import {startBackend} from "../src/compute/backend.js";
import {judgeClass} from "../src/map/coco-class.js";
import {evaluateCocoAsync} from "../src/map/coco-async.training.js";
import {openEvaluation} from "../src/map/coco-evaluation.js";
import {sweepClass} from "../src/map/sweep-device.training.js";
import {syntheticSet} from "./map-data.js";

export interface WorkerTiming {
  readonly seconds: number;
  /** Milliseconds; 0 where none was over 50. */
  readonly longestTask: number;
  readonly stats: readonly number[];
}

export interface SweepTiming {
  readonly adapter: string;
  readonly detections: number;
  readonly images: number;
  readonly closeCalls: number;
  /** Milliseconds, best of three. */
  readonly own: number;
  readonly device: number;
}

async function timeWorker(): Promise<WorkerTiming> {
  const {groundTruth, detections} = syntheticSet();
  // The data's making is a long task of its own, which the observer would see.
  await new Promise((resolve) => setTimeout(resolve, 300));
  let longestTask = 0;
  const observer = new PerformanceObserver((list) => {
    for (const {duration} of list.getEntries()) longestTask = Math.max(longestTask, duration);
  });
  observer.observe({entryTypes: ["longtask"]});
  const start = performance.now();
  const {stats} = await evaluateCocoAsync(groundTruth, detections);
  const seconds = (performance.now() - start) / 1000;
  observer.disconnect();
  return {seconds, longestTask, stats};
}

async function timeSweep(): Promise<SweepTiming> {
  const status = await startBackend();
  const {groundTruth, detections} = syntheticSet();
  const {settings, classes} = openEvaluation(groundTruth, detections);
  const images = [...classes].sort((a, b) => b.length - a.length)[0]!;
  let [own, device, closeCalls] = [Infinity, Infinity, 0];
  await sweepClass(images, settings);
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    judgeClass(images, settings);
    const middle = performance.now();
    closeCalls = (await sweepClass(images, settings)).closeCalls;
    [own, device] = [Math.min(own, middle - start), Math.min(device, performance.now() - middle)];
  }
  const matched = images.filter(({truths, detections: found}) => truths.length > 0 && found.length > 0).length;
  return {
    adapter: "adapter" in status ? `WebGPU · ${status.adapter}` : status.state,
    detections: images.reduce((sum, image) => sum + image.detections.length, 0),
    images: 4 * matched,
    closeCalls,
    own,
    device
  };
}

Object.assign(globalThis, {timeWorker, timeSweep});
