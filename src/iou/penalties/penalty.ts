/** What a loss of the family adds to 1 − IoU. */
import type {Box} from "../box.js";
import type {Overlap} from "../overlap.js";
import {combine} from "../sloped.js";
import type {Sloped} from "../sloped.js";

export interface LossOptions {
  /** Added to denominators, as torchvision does. Default 1e-7. */
  readonly eps?: number;
  /** MPDIoU's image size in the boxes' unit. Default 640 × 640. */
  readonly imageWidth?: number;
  readonly imageHeight?: number;
  /** α-IoU's power. Default 3. */
  readonly alpha?: number;
}

/** Named intermediates: pure numbers, or in the boxes' unit, or (areas, squared distances) in its square. */
export type Terms = Readonly<Record<string, number>>;

export interface PenaltyInput {
  readonly prediction: Box;
  readonly target: Box;
  readonly shared: Overlap;
  /** I / (U + eps). */
  readonly iou: Sloped;
  readonly options: Required<LossOptions>;
}

export interface Penalty extends Sloped {
  /** Built when asked for: gradient descent over a million boxes never asks. */
  terms(): Terms;
}

export const noPenalty: Penalty = {value: 0, slope: [0, 0, 0, 0], terms: () => ({})};

export function bothPenalties(a: Penalty, b: Penalty): Penalty {
  return {value: a.value + b.value, slope: combine(a.slope, b.slope), terms: () => ({...a.terms(), ...b.terms()})};
}
