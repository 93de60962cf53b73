/** The room's public algorithms: measures, losses with gradients, and all pairs at once on the backend that runs. */
export type {Box} from "./box.js";
export {boxDistance} from "./distance.js";
export type {DistanceKind} from "./distance.js";
export {boxLoss, lossKinds} from "./loss.js";
export type {Loss, LossKind} from "./loss.js";
export {ciou, diou, giou, iou} from "./measure.js";
export type {LossOptions, Terms} from "./penalties/penalty.js";
export {whyUndefined} from "./undefined-cases.js";
