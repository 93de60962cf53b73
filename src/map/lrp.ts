/**
 * Localisation Recall Precision: Oksuz and others, ECCV 2018, and TPAMI 2021 (arXiv 2011.10772). An error between 0 and
 * 1 that counts how well the found objects are boxed, not only that they are.
 */
import type {Outcomes} from "./outcome.js";

export interface Lrp {
  readonly lrp: number;
  /** Mean 1 − IoU of the true positives; NaN without one. */
  readonly localisation: number;
  /** 1 − precision; NaN without a true positive, as in the authors' code. */
  readonly falsePositives: number;
  /** 1 − recall. */
  readonly falseNegatives: number;
  /** Detections of at least this score are kept; NaN where none is worth it. */
  readonly score: number;
}

const nothingFound: Lrp = {lrp: 1, localisation: NaN, falsePositives: NaN, falseNegatives: 1, score: NaN};

/**
 * LRP of the first `kept` detections: each object found costs (1 − IoU)/(1 − τ), each false positive and each object
 * missed costs 1; the sum over the number of all three.
 *
 * @param threshold τ, the IoU at which `outcomes` were matched
 */
export function lrpOf({positives, ranked}: Outcomes, kept: number, threshold: number): Lrp {
  const taken = ranked.slice(0, kept);
  const hits = taken.filter(({hit}) => hit);
  const loss = hits.reduce((sum, {iou}) => sum + 1 - iou, 0);
  return lrpFrom({hits: hits.length, misses: taken.length - hits.length, loss, positives, threshold, score: taken.at(-1)?.score ?? NaN});
}

/** Optimal LRP: the least over all confidence thresholds, the first where several are equal; 1 where nothing is found. */
export function optimalLrp({positives, ranked}: Outcomes, threshold: number): Lrp {
  let [hits, loss] = [0, 0];
  let best: Lrp | null = null;
  for (const [i, {score, hit, iou}] of ranked.entries()) {
    if (hit) {
      hits++;
      loss += 1 - iou;
    }
    const here = lrpFrom({hits, misses: i + 1 - hits, loss, positives, threshold, score});
    if (best === null || here.lrp < best.lrp) best = here;
  }
  return best !== null && hits > 0 ? best : nothingFound;
}

interface Counts {
  readonly hits: number;
  readonly misses: number;
  /** Σ 1 − IoU over the hits. */
  readonly loss: number;
  readonly positives: number;
  readonly threshold: number;
  readonly score: number;
}

function lrpFrom({hits, misses, loss, positives, threshold, score}: Counts): Lrp {
  const missed = positives - hits;
  const all = hits + misses + missed;
  if (all === 0) return {...nothingFound, lrp: NaN, falseNegatives: NaN};
  return {
    lrp: (loss / (1 - threshold) + misses + missed) / all,
    localisation: hits === 0 ? NaN : loss / hits,
    falsePositives: hits + misses === 0 ? NaN : misses / (hits + misses),
    falseNegatives: positives === 0 ? NaN : missed / positives,
    score
  };
}
