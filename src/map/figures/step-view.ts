/** What the stage draws at a step: whose turn it is, what it is compared with, what has been decided. */
import type {Boxes, WorkedClass} from "../step-through.js";
import {backgroundIou} from "../trace.js";
import {shortNumber, truthColor, verdictColors} from "./step-look.js";
import type {StageBox, StageView} from "./step-stage.js";

export interface StageSubject {
  readonly boxes: Boxes;
  readonly work: WorkedClass;
  readonly kind: number;
  readonly names: readonly string[];
  readonly image: number;
  readonly step: number;
}

export function stageBoxes({boxes, work, kind, names, image, step}: StageSubject): Pick<StageView, "boxes" | "others"> {
  const now = work.steps[step];
  const turns = new Map(work.steps.map(({detection}, i) => [detection.row, i]));
  const overlaps = new Map((now?.candidates ?? []).map(({truth, iou}) => [truth.row, iou]));
  const truths = boxes.truths.flatMap((truth, row): StageBox[] => {
    if (truth.image !== image || truth.kind !== kind) return [];
    const iou = now?.detection.image_id === image ? overlaps.get(row) : undefined;
    const text = `${names[kind]!} ${row + 1}${iou !== undefined && iou > 0 ? `, IoU ${shortNumber(iou)}` : ""}`;
    const look = iou !== undefined && iou >= backgroundIou ? "candidate" : "done";
    return [{sort: "truth", row, bbox: truth.bbox, color: truthColor, text, look, dashed: truth.crowd}];
  });
  const detections = boxes.detections.flatMap((detection, row): StageBox[] => {
    if (detection.image !== image || detection.kind !== kind) return [];
    const turn = turns.get(row) ?? Infinity;
    const look = turn === step ? "now" : turn < step ? "done" : "later";
    const color = look === "later" ? "var(--ink-3)" : verdictColors[work.steps[turn]!.verdict];
    return [{sort: "detection", row, bbox: detection.bbox, color, text: shortNumber(detection.score), look, dashed: false}];
  });
  const others = [...boxes.truths, ...boxes.detections].filter((box) => box.image === image && box.kind !== kind && !("score" in box))
    .map(({bbox, kind: other}) => ({bbox, text: names[other]!}));
  return {boxes: [...truths, ...detections], others};
}
