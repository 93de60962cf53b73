/** Five ways in which mAP misleads: a habit of the detector swept over its range, and what each measure says of it. */
import {apAtThreshold} from "./coco-summary.js";
import {evaluateCoco, iouThresholds} from "./coco.js";
import type {CocoDataset, CocoEvaluation, CocoResult} from "./coco.js";
import {classCounts, generateDetections, generateScene} from "./generated.js";
import type {DetectorSettings} from "./generated.js";
import {uniform} from "../boosting/sample.js";
import {optimalLrp} from "./lrp.js";
import {bestF1, frequencyWeightedAp, outcomesOf, pooled, precisionAt} from "./outcome.js";
import type {Outcomes} from "./outcome.js";
import {drain, traceClass} from "./trace.js";

export const flaws = ["tail", "threshold", "confident", "shift", "cost"] as const;
export type Flaw = (typeof flaws)[number];

const steps = (count: number, stride: number) => Array.from({length: count}, (_, i) => Number((i * stride).toFixed(2)));

/** Where each control may stand. */
export const places: Readonly<Record<Flaw, readonly number[]>> = {
  tail: steps(21, 0.1),
  threshold: steps(10, 0.05).map((step) => Number((0.5 + step).toFixed(2))),
  confident: steps(26, 2),
  shift: steps(18, 0.02),
  cost: [100, 200, 400, 800, 1600]
};

/** What one seed gives at one place. */
export interface SweepPoint {
  readonly seed: number;
  readonly at: number;
  /** By name; which there are depends on the flaw. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Tail: each class's objects and AP50. */
  readonly classes?: readonly {readonly count: number; readonly ap: number}[];
  /** Confident: precision among the first 1, 2, …, 100, and the curve. */
  readonly top?: readonly number[];
  readonly curve?: {readonly recall: readonly number[]; readonly precision: readonly number[]};
  /** Threshold: IoU of every object found, by each of two detectors. */
  readonly overlaps?: readonly (readonly number[])[];
}

export interface SweepConfig {
  readonly flaw: Flaw;
  readonly seeds: number;
}

export const sweepTotal = ({flaw, seeds}: SweepConfig): number => places[flaw].length * seeds;

/** A point for every place and seed, seed after seed. */
export function* sweep({flaw, seeds}: SweepConfig): Generator<SweepPoint, void> {
  // Code that has not run yet is slow; what is timed should be the work.
  if (flaw === "cost") costPoint(places.cost[0]!, 0);
  for (let seed = 1; seed <= seeds; seed++) {
    if (flaw === "threshold") yield* thresholdPoints(seed);
    else for (const at of places[flaw]) yield pointOf[flaw](at, seed);
  }
}

const imageCount = 300;

const pointOf: Readonly<Record<Exclude<Flaw, "threshold">, (at: number, seed: number) => SweepPoint>> = {
  tail: tailPoint,
  confident: confidentPoint,
  shift: shiftPoint,
  cost: costPoint
};

/** Twelve classes share 900 objects; a detector finds a class the better, the more of it it has seen. */
function tailPoint(tail: number, seed: number): SweepPoint {
  const sizes = {images: imageCount, objects: 900, classes: 12, tail};
  const scene = generateScene({...sizes, seed});
  const found = (count: number) => (0.95 * count) / (count + 12);
  const detections = generateDetections(scene, {found, noise: 0.04, falsePositives: 2, seed});
  const evaluation = evaluateCoco(scene, detections);
  const counts = classCounts(sizes);
  const classes = counts.map((count, k) => ({count, ap: apAtThreshold(evaluation.precision, 0, k)}));
  const weighted = frequencyWeightedAp(classes.map(({count, ap}) => ({positives: count, ap})));
  const f1 = bestF1(pooled(outcomesByClass(scene, detections)))?.f1 ?? 0;
  return {seed, at: tail, classes, metrics: {ap50: evaluation.stats[1]!, weighted, f1}};
}

/** Two detectors: one finds more, the other boxes tighter. */
export const twoDetectors: readonly Omit<DetectorSettings, "seed">[] = [
  {found: () => 0.92, noise: 0.075, falsePositives: 0.6},
  {found: () => 0.74, noise: 0.022, falsePositives: 0.6}
];

function thresholdPoints(seed: number): readonly SweepPoint[] {
  const scene = generateScene({images: imageCount, objects: 600, classes: 1, tail: 0, seed});
  const results = twoDetectors.map((settings) => generateDetections(scene, {...settings, seed}));
  const evaluations = results.map((detections) => evaluateCoco(scene, detections));
  const overlaps = results.map((detections) =>
    pooled(outcomesByClass(scene, detections, 0.05)).ranked.filter(({hit}) => hit).map(({iou}) => iou));
  const [more, tight] = evaluations as [CocoEvaluation, CocoEvaluation];
  return places.threshold.map((at, t) => ({
    seed,
    at,
    overlaps,
    metrics: {
      more: apAtThreshold(more.precision, t, 0),
      tight: apAtThreshold(tight.precision, t, 0),
      moreMean: more.stats[0]!,
      tightMean: tight.stats[0]!
    }
  }));
}

/** One class; some false positives stand above everything that is right. */
function confidentPoint(confident: number, seed: number): SweepPoint {
  const scene = generateScene({images: imageCount, objects: 600, classes: 1, tail: 0, seed});
  const detections = generateDetections(scene, {found: () => 0.85, noise: 0.04, falsePositives: 0.6, confident, seed});
  const outcomes = pooled(outcomesByClass(scene, detections));
  const curve = drain(traceClass(imagesByClass(scene, detections)[0]!, {threshold: iouThresholds[0]!})).result;
  return {
    seed,
    at: confident,
    top: Array.from({length: 100}, (_, i) => precisionAt(outcomes, i + 1)),
    curve: {recall: curve.recall, precision: curve.precision},
    metrics: {ap50: evaluateCoco(scene, detections).stats[1]!, f1: bestF1(outcomes)?.f1 ?? 0}
  };
}

/** Every box is shifted by the same share of its width. */
function shiftPoint(shift: number, seed: number): SweepPoint {
  const scene = generateScene({images: imageCount, objects: 600, classes: 1, tail: 0, seed});
  const detections = generateDetections(scene, {found: () => 0.9, noise: 0, falsePositives: 0.6, shift, seed});
  const {stats} = evaluateCoco(scene, detections);
  const {lrp, localisation} = optimalLrp(pooled(outcomesByClass(scene, detections)), iouThresholds[0]!);
  return {seed, at: shift, metrics: {ap50: stats[1]!, ap75: stats[2]!, ap: stats[0]!, lrp: 1 - lrp, localisation}};
}

const sampledImages = 100;
const subsamples = 8;

/** The same detector on more and more images, evaluated whole, or on a hundred images drawn at random, eight times. */
function costPoint(images: number, seed: number): SweepPoint {
  const scene = generateScene({images, objects: 7 * images, classes: 20, tail: 0, seed});
  const detections = generateDetections(scene, {found: () => 0.8, noise: 0.05, falsePositives: 20, seed});
  const [whole, seconds] = timed(() => evaluateCoco(scene, detections).stats[0]!);
  const random = uniform(seed + 31);
  const samples = Array.from({length: subsamples}, () => {
    const chosen = new Set(drawn(images, sampledImages, random));
    const part = {
      ...scene,
      images: scene.images.filter(({id}) => chosen.has(id)),
      annotations: scene.annotations.filter(({image_id}) => chosen.has(image_id))
    };
    const kept = detections.filter(({image_id}) => chosen.has(image_id));
    return timed(() => evaluateCoco(part, kept).stats[0]!);
  });
  const sure = detections.filter(({score}) => score >= 0.5);
  const [, once] = timed(() => bestF1(pooled(outcomesByClass(scene, sure))));
  const estimates = samples.map(([ap]) => ap);
  const mean = estimates.reduce((a, b) => a + b, 0) / subsamples;
  return {
    seed,
    at: images,
    metrics: {
      seconds,
      sampleSeconds: Math.min(...samples.map(([, time]) => time)),
      f1Seconds: once,
      ap: whole,
      sampleMean: mean,
      sampleSpread: Math.sqrt(estimates.reduce((sum, ap) => sum + (ap - mean) ** 2, 0) / subsamples),
      detections: detections.length
    }
  };
}

/** `count` of the ids 1 … n, each as likely. */
function drawn(n: number, count: number, random: () => number): readonly number[] {
  const ids = Array.from({length: n}, (_, i) => i + 1);
  for (let i = 0; i < Math.min(count, n); i++) {
    const j = i + Math.floor(random() * (n - i));
    [ids[i], ids[j]] = [ids[j]!, ids[i]!];
  }
  return ids.slice(0, count);
}

function timed<T>(run: () => T): readonly [T, seconds: number] {
  const start = performance.now();
  const value = run();
  return [value, (performance.now() - start) / 1000];
}

/** Each class's images, by rising id. */
function imagesByClass({images, categories, annotations}: CocoDataset, detections: readonly CocoResult[]) {
  const classes = new Map(categories.map(({id}) => [id, images.map(() => ({truths: [] as CocoDataset["annotations"][number][], detections: [] as CocoResult[]}))]));
  const place = new Map(images.map(({id}, i) => [id, i]));
  for (const truth of annotations) classes.get(truth.category_id)![place.get(truth.image_id)!]!.truths.push(truth);
  for (const detection of detections) classes.get(detection.category_id)![place.get(detection.image_id)!]!.detections.push(detection);
  return [...classes.values()];
}

function outcomesByClass(scene: CocoDataset, detections: readonly CocoResult[], threshold = iouThresholds[0]!): readonly Outcomes[] {
  return imagesByClass(scene, detections).map((images) => outcomesOf(images, {threshold}));
}
