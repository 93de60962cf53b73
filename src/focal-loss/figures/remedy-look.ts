/** The remedies' names and colours. */
import type {RemedyId} from "../remedies.js";

export const remedyNames: Readonly<Record<RemedyId, string>> = {
  plain: "Cross-entropy",
  weighted: "Class weights",
  focal: "Focal loss",
  effective: "Class-balanced",
  under: "Undersampling",
  over: "Oversampling",
  batches: "Balanced batches",
  smote: "SMOTE"
};

export const remedyColors: Readonly<Record<RemedyId, string>> = {
  plain: "var(--c1)",
  weighted: "var(--c3)",
  focal: "var(--c8)",
  effective: "var(--c12)",
  under: "var(--c6)",
  over: "var(--c9)",
  batches: "var(--c7)",
  smote: "var(--c4)"
};
