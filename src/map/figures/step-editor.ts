/** The boxes that a state holds, and what the reader's edits make of them. */
import type {CocoBox} from "../dataset.js";
import {detectionsOf, numbersOf, stepSamples, truthsOf} from "../step-samples.js";
import type {SampleName, StepDetection, StepTruth} from "../step-samples.js";
import type {Boxes} from "../step-through.js";
import type {BoxSort} from "./step-stage.js";

/** The part of the figure's state that says which boxes there are. */
export interface BoxState {
  readonly data: SampleName;
  /** The sample whose boxes the reader has changed: another sample is shown as it came. */
  readonly edited: SampleName | "none";
  readonly truths: readonly number[];
  readonly detections: readonly number[];
}

export type BoxPatch = Pick<BoxState, "edited" | "truths" | "detections">;

export const mostBoxes = 80;

/** The state's boxes; an image or a class that the sample lacks becomes its last. */
export function boxesIn({data, edited, truths, detections}: BoxState): Boxes {
  const sample = stepSamples[data];
  if (edited !== data) return sample;
  const known = <B extends StepTruth | StepDetection>(box: B): B => ({
    ...box,
    image: Math.min(Math.round(box.image), sample.images.length - 1),
    kind: Math.min(Math.round(box.kind), sample.classes.length - 1)
  });
  return {truths: truthsOf(truths).map(known), detections: detectionsOf(detections).map(known)};
}

export interface Edit {
  readonly patch: BoxPatch;
  readonly boxes: Boxes;
}

export const moveBox = (state: BoxState, sort: BoxSort, row: number, bbox: CocoBox): Edit =>
  edit(state, sort, (list) => list.map((box, i) => (i === row ? {...box, bbox} : box)));

export const setScore = (state: BoxState, row: number, score: number): Edit =>
  edit(state, "detection", (list) => list.map((box, i) => (i === row ? {...box, score} : box)));

export const toggleCrowd = (state: BoxState, row: number): Edit =>
  edit(state, "truth", (list) => list.map((box, i) => (i === row && "crowd" in box ? {...box, crowd: !box.crowd} : box)));

export const removeBox = (state: BoxState, sort: BoxSort, row: number): Edit =>
  edit(state, sort, (list) => list.filter((_, i) => i !== row));

/** A new box in the middle of the image, the last of its list. */
export function addBox(state: BoxState, sort: BoxSort, image: number, kind: number): Edit {
  const {width, height} = stepSamples[state.data].images[image]!;
  const bbox: CocoBox = [Math.round(width * 0.3), Math.round(height * 0.3), Math.round(width * 0.4), Math.round(height * 0.4)];
  const box = sort === "truth" ? {image, kind, bbox, crowd: false} : {image, kind, bbox, score: 0.5};
  return edit(state, sort, (list) => [...list, box]);
}

function edit(state: BoxState, sort: BoxSort, change: (list: readonly (StepTruth | StepDetection)[]) => readonly (StepTruth | StepDetection)[]): Edit {
  const {truths, detections} = boxesIn(state);
  const boxes = sort === "truth"
    ? {truths: change(truths) as readonly StepTruth[], detections}
    : {truths, detections: change(detections) as readonly StepDetection[]};
  return {boxes, patch: {edited: state.data, truths: numbersOf(boxes.truths), detections: numbersOf(boxes.detections)}};
}
