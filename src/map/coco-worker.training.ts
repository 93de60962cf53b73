/**
 * The worker that evaluates. Each class is judged where that is faster: the first large classes are judged by both, in
 * float64 here and by the sweep kernel, and the rest goes to whichever took less. On a software adapter (SwiftShader)
 * the kernel has never won; below `worthTrying` detections it is not even loaded.
 */
import {judgeClass} from "./coco-class.js";
import type {ClassImage, ClassVerdicts} from "./coco-class.js";
import type {CocoReply, CocoRequest} from "./coco-async.training.js";
import {openEvaluation} from "./coco-evaluation.js";
import type {CocoEvaluation, OpenEvaluation} from "./coco-evaluation.js";
import {unpackCoco} from "./coco-pack.js";

/** Detections of a data set below which starting WebGPU takes longer than the evaluation. */
const worthTrying = 300_000;

self.addEventListener("message", ({data}: MessageEvent<CocoRequest>) => {
  void evaluate(data).then(
    (value) => post({value}, [value.precision.data.buffer, value.recall.data.buffer]),
    (error: unknown) => post({error: error instanceof Error ? error.message : String(error)})
  );
});

const post = (reply: CocoReply, transfer: Transferable[] = []) => self.postMessage(reply, {transfer});

async function evaluate({packed, options}: CocoRequest): Promise<CocoEvaluation> {
  const {groundTruth, detections} = unpackCoco(packed);
  const open = openEvaluation(groundTruth, detections, options);
  const judge = await judgeFor(open, detections.length);
  for (const [k, images] of open.classes.entries()) {
    open.add(k, await judge(images));
    post({share: (k + 1) / open.classes.length});
  }
  return open.finish();
}

type Judge = (images: readonly ClassImage[]) => ClassVerdicts | Promise<ClassVerdicts>;

async function judgeFor({settings, classes}: OpenEvaluation, detections: number): Promise<Judge> {
  const here: Judge = (images) => judgeClass(images, settings);
  if (detections < worthTrying || !("gpu" in navigator)) return here;
  const {canSweep, hasHardware, sweepClass} = await import("./sweep-device.training.js");
  if (!canSweep(settings) || !(await hasHardware())) return here;
  const there: Judge = (images) => sweepClass(images, settings);
  const sample = [...classes].sort((a, b) => b.length - a.length)[0] ?? [];
  await there(sample.slice(0, 50));
  const [own, device] = [await timed(() => here(sample)), await timed(() => there(sample))];
  return device < own ? there : here;
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
