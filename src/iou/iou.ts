/** The room's public algorithms: measures, losses with gradients, and all pairs at once on the backend that runs. */
import type {MeasureKind} from "./matrix.kernel.js";

export type {Box} from "./box.js";
export {boxDistance} from "./distance.js";
export type {DistanceKind} from "./distance.js";
export {boxLoss, lossKinds} from "./loss.js";
export type {Loss, LossKind} from "./loss.js";
export {ciou, diou, giou, iou} from "./measure.js";
export type {LossOptions, Terms} from "./penalties/penalty.js";
export {whyUndefined} from "./undefined-cases.js";
export type {MeasureKind};

/**
 * Measures every box of `a` against every box of `b` on the backend that runs, float32, as torchvision's pairwise
 * functions do. TensorFlow.js loads with the first call.
 *
 * @param a corners, [n × 4]
 * @param b corners, [m × 4]
 * @returns [n × m], row by row; NaN where the measure is 0/0. Throws a RangeError where a length is no multiple of 4.
 */
export async function boxIouMatrix(a: Float32Array, b: Float32Array, kind: MeasureKind = "iou"): Promise<Float32Array> {
  const {pairwise} = await import("./matrix.kernel.js");
  return pairwise(a, b, kind);
}
