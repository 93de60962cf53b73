/** COCO's box evaluation, equal to pycocotools' COCOeval with iouType "bbox"; coco-async.training.ts runs it in a worker. */
export {areaRanges, detectionLimits, evaluateByClass, evaluateCoco, iouThresholds} from "./coco-evaluation.js";
export type {CocoEvaluation, CocoOptions} from "./coco-evaluation.js";
export {evaluateCocoAsync} from "./coco-async.training.js";
export type {CocoAsyncOptions} from "./coco-async.training.js";
export type {Tensor} from "./coco-accumulate.js";
export type {AreaRange} from "./coco-class.js";
export type {CocoAnnotation, CocoBox, CocoCategory, CocoDataset, CocoImage, CocoResult} from "./dataset.js";
