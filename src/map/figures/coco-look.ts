/** COCO's twelve numbers and TIDE's kinds of error: names, and colours that are the same in every figure of the room. */
import type {ErrorKind} from "../tide.js";

/** In the order of `stats`: the quantity, and the places of its area range and detection limit. */
export const cocoStats = [
  {name: "AP", quantity: "precision", area: 0, limit: 2, iou: null},
  {name: "AP50", quantity: "precision", area: 0, limit: 2, iou: 0.5},
  {name: "AP75", quantity: "precision", area: 0, limit: 2, iou: 0.75},
  {name: "AP small", quantity: "precision", area: 1, limit: 2, iou: null},
  {name: "AP medium", quantity: "precision", area: 2, limit: 2, iou: null},
  {name: "AP large", quantity: "precision", area: 3, limit: 2, iou: null},
  {name: "AR1", quantity: "recall", area: 0, limit: 0, iou: null},
  {name: "AR10", quantity: "recall", area: 0, limit: 1, iou: null},
  {name: "AR100", quantity: "recall", area: 0, limit: 2, iou: null},
  {name: "AR small", quantity: "recall", area: 1, limit: 2, iou: null},
  {name: "AR medium", quantity: "recall", area: 2, limit: 2, iou: null},
  {name: "AR large", quantity: "recall", area: 3, limit: 2, iou: null}
] as const;

export type BoxKind = ErrorKind | "hit" | "ignored";

export const kindColors: Readonly<Record<BoxKind, string>> = {
  hit: "var(--c3)",
  class: "var(--c4)",
  localisation: "var(--c2)",
  both: "var(--c10)",
  duplicate: "var(--c8)",
  background: "var(--c6)",
  missed: "var(--c12)",
  ignored: "var(--c11)"
};

export const kindNames: Readonly<Record<BoxKind, string>> = {
  hit: "right",
  class: "class",
  localisation: "localisation",
  both: "class and localisation",
  duplicate: "duplicate",
  background: "background",
  missed: "missed",
  ignored: "in a crowd"
};

/** An AP or recall in sight: three digits, a dash where there is none (−1 or NaN). */
export const shareText = (value: number): string => (value >= 0 ? value.toFixed(3) : "–");
