/** Eight answers to unequal classes. Each is a loss, (α, γ) of the focal form, and a stream of points to read. */
import {classBalancedWeights, inverseFrequencyWeights} from "./class-weights.js";

export const remedyIds = ["plain", "weighted", "focal", "effective", "under", "over", "batches", "smote"] as const;
export type RemedyId = (typeof remedyIds)[number];

/** How a remedy reads the data: as it is, or resampled (samplers.ts, smote.ts). */
export type Reading = "as-is" | "under" | "over" | "batches" | "smote";

export interface RemedyOptions {
  /** Focal loss's α (−1: none) and γ. */
  readonly alpha: number;
  readonly gamma: number;
  /** The class-balanced loss's β. */
  readonly beta: number;
}

export const readings: Readonly<Record<RemedyId, Reading>> = {
  plain: "as-is",
  weighted: "as-is",
  focal: "as-is",
  effective: "as-is",
  under: "under",
  over: "over",
  batches: "batches",
  smote: "smote"
};

/**
 * (α, γ) of a remedy's loss. Weights of two classes are an α: their ratio is α : 1 − α, and a common factor changes no
 * step of Adam.
 * @param counts points of the common and of the rare class
 */
export function lossOf(id: RemedyId, counts: readonly [number, number], {alpha, gamma, beta}: RemedyOptions): [number, number] {
  if (id === "focal") return [alpha, gamma];
  if (id === "weighted") return [asAlpha(inverseFrequencyWeights(counts)), 0];
  if (id === "effective") return [asAlpha(classBalancedWeights(counts, beta)), 0];
  return [-1, 0];
}

const asAlpha = (weights: readonly number[]) => weights[1]! / (weights[0]! + weights[1]!);
