/** The shipped sample: 100 images of COCO val2014 and the detections that COCO's demo ships for them. */
import type {CocoDataset, CocoResult} from "./dataset.js";

export interface CocoSample {
  readonly groundTruth: CocoDataset;
  readonly detections: readonly CocoResult[];
}
