/** Coordinate distances, which the losses of the IoU family replaced. */
import type {Box} from "./box.js";

export type DistanceKind = "l1" | "l2";

/** Σ|Δ| (l1) or √Σ Δ² (l2) over the four corner coordinates, in the boxes' unit, with its gradient (0 at its kink). */
export function boxDistance(kind: DistanceKind, prediction: Box, target: Box): {value: number; gradient: Box} {
  const offsets = prediction.map((v, i) => v - target[i]!);
  const value = kind === "l1" ? offsets.reduce((sum, d) => sum + Math.abs(d), 0) : Math.hypot(...offsets);
  const slope = (d: number) => (kind === "l1" ? Math.sign(d) : value === 0 ? 0 : d / value);
  return {value, gradient: offsets.map(slope) as unknown as Box};
}
