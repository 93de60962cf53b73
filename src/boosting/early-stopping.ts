/** When training stops since the loss on rows held out gets no better: the libraries' two rules. */

export interface StoppingRule {
  /** Takes a round's validation loss; true if training is to stop after it. */
  stopsAfter(loss: number): boolean;
  /** The round with the least loss so far, from 0. */
  readonly best: number;
}

/** XGBoost's early_stopping_rounds: so many rounds in a row none of which is better than the best. */
export function withoutImprovement(rounds: number): StoppingRule {
  let [round, best, least] = [-1, -1, Infinity];
  return {
    stopsAfter(loss) {
      round++;
      if (loss < least) [best, least] = [round, loss];
      return round - best >= rounds;
    },
    get best() {
      return best;
    }
  };
}

/** scikit-learn's n_iter_no_change: a round that is not better by `tolerance` than even one of the last so many. */
export function noBetterThanLast(rounds: number, tolerance: number): StoppingRule {
  const last = new Array<number>(rounds).fill(Infinity);
  let [round, best, least] = [-1, -1, Infinity];
  return {
    stopsAfter(loss) {
      round++;
      if (loss < least) [best, least] = [round, loss];
      const isBetter = last.some((earlier) => loss + tolerance < earlier);
      if (isBetter) last[round % rounds] = loss;
      return !isBetter;
    },
    get best() {
      return best;
    }
  };
}
