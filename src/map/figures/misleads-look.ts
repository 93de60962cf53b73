/** The measures that each sweep shows: names, colours, whether it is the one that misleads. */
import type {Flaw} from "../misleads.js";

export interface Measure {
  readonly key: string;
  readonly name: string;
  readonly color: string;
  /** What mAP says, against what else may be asked. */
  readonly misleads: boolean;
  /** A mean over what the control chooses from: one value for all places. */
  readonly flat?: boolean;
}

const measure = (key: string, name: string, color: string, misleads = false, flat = false): Measure => ({key, name, color, misleads, flat});

export const measures: Readonly<Record<Flaw, readonly Measure[]>> = {
  tail: [
    measure("ap50", "mAP50", "var(--c2)", true),
    measure("weighted", "AP50 by frequency", "var(--c3)"),
    measure("f1", "best F1", "var(--c8)")
  ],
  threshold: [
    measure("more", "finds more: AP", "var(--c2)", true),
    measure("tight", "boxes tighter: AP", "var(--c1)", true),
    measure("moreMean", "finds more: mean", "var(--c2)", false, true),
    measure("tightMean", "boxes tighter: mean", "var(--c1)", false, true)
  ],
  confident: [
    measure("ap50", "AP50", "var(--c2)", true),
    measure("f1", "best F1", "var(--c8)"),
    measure("top", "precision at k", "var(--c3)")
  ],
  shift: [
    measure("ap50", "AP50", "var(--c2)", true),
    measure("ap75", "AP75", "var(--c1)"),
    measure("ap", "AP@[.5:.95]", "var(--c8)"),
    measure("lrp", "1 − optimal LRP", "var(--c3)")
  ],
  cost: [
    measure("seconds", "all images", "var(--c2)", true),
    measure("f1Seconds", "F1, scores ≥ 0.5", "var(--c8)"),
    measure("sampleSeconds", "100 images", "var(--c3)")
  ]
};
