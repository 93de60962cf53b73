/** Greedy matching of one image's detections of one class, by COCO's rules. */

export interface Truths {
  /** The order in which they are offered: regular ones first, then ignored ones, each in file order. */
  readonly order: readonly number[];
  readonly ignored: ArrayLike<number>;
  readonly crowd: ArrayLike<number>;
}

/**
 * The ground truth that a detection takes, or −1: the one of the largest IoU ≥ min(threshold, 1 − 1e-10) that is free
 * (a crowd always is), never an ignored one while a regular one fits. Of equal IoUs the later wins.
 *
 * @param ious the detection's IoU with every ground truth, from `offset` on
 * @param taken 1 for each ground truth that an earlier detection took
 */
export function bestMatch(
  ious: ArrayLike<number>,
  offset: number,
  {order, ignored, crowd}: Truths,
  taken: ArrayLike<number>,
  threshold: number
): number {
  let best = Math.min(threshold, 1 - 1e-10);
  let match = -1;
  for (const g of order) {
    if (taken[g] && !crowd[g]) continue;
    if (match > -1 && !ignored[match] && ignored[g]) break;
    const iou = ious[offset + g]!;
    if (iou < best) continue;
    best = iou;
    match = g;
  }
  return match;
}

/** Orders ground truths as `bestMatch` wants them. */
export function offerOrder(ignored: ArrayLike<number>): readonly number[] {
  const all = Array.from({length: ignored.length}, (_, g) => g);
  return [...all.filter((g) => !ignored[g]), ...all.filter((g) => ignored[g])];
}
