/** The COCO evaluation against pycocotools: all twelve statistics and each class's AP. */
import {evaluateCoco} from "../map/coco.js";
import type {CocoDataset, CocoResult} from "../map/coco.js";
import type {Check} from "./check.js";

interface Case {
  readonly groundTruth: CocoDataset;
  readonly detections: readonly CocoResult[];
  readonly stats: readonly number[];
  readonly ap_per_class: readonly number[];
}

interface Fixture {
  readonly library: string;
  readonly cases: readonly Case[];
}

export const checks: readonly Check[] = [
  {
    id: "coco",
    algorithm: "mAP as COCO counts it: twelve statistics, every class",
    room: "/map/",
    fixtures: ["map/coco", "map/more-coco"],
    reference: (fixtures) => {
      return ["map/coco", "map/more-coco"].map((name) => (fixtures[name] as Fixture).library).join("; ");
    },
    tolerance: 1e-9,
    *compare(fixtures) {
      for (const name of ["map/coco", "map/more-coco"]) {
        for (const {groundTruth, detections, ...theirs} of (fixtures[name] as Fixture).cases) {
          const {stats, classes} = evaluateCoco(groundTruth, detections);
          yield {ours: [...stats, ...classes.map(({ap}) => ap)], theirs: [...theirs.stats, ...theirs.ap_per_class]};
        }
      }
    }
  }
];
