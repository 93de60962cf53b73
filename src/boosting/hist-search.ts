/** The search for splits in histograms on the CPU. */
import type {Bins} from "./bins.js";
import type {Open, SplitSearch, TreeTask} from "./grow.js";
import {findSplit} from "./hist-scan.js";
import {emptyHistogram, histogramBuilder, subtract} from "./histogram.js";
import type {Builder} from "./histogram.js";
import type {XgboostParams} from "./xgboost-params.js";

/** A level's histograms stay until the next level's are made of them. */
export function histogramSearch(bins: Bins, params: XgboostParams, builder: Builder = histogramBuilder(bins)): SplitSearch {
  const {order, pairs, build} = builder;
  const pool: Float64Array[] = [];
  const spare = () => pool.pop() ?? emptyHistogram(bins);
  let held = new Map<Open | null, Float64Array>();
  let task: TreeTask;

  /** Builds the histogram of the lighter of two siblings; the other's is what is left of their parent's. */
  function childHistograms([left, right]: readonly [Open, Open], made: Map<Open | null, Float64Array>): void {
    const [built, rest] = right.hessian < left.hessian ? [right, left] : [left, right];
    const histogram = spare();
    build(built.begin, built.end, histogram);
    made.set(built, histogram);
    made.set(rest, subtract(held.get(built.parent)!, histogram));
    held.delete(built.parent);
  }

  return {
    order,
    pairs,
    begin(next) {
      task = next;
      pool.push(...held.values());
      const root = spare();
      build(0, bins.rows, root);
      held = new Map([[null, root]]);
      return rootSums(bins, pairs, root);
    },
    *find(level) {
      const made = new Map<Open | null, Float64Array>();
      if (level[0]!.parent === null) made.set(level[0]!, held.get(null)!);
      else {
        for (let i = 0; i < level.length; i += 2) childHistograms([level[i]!, level[i + 1]!], made);
        pool.push(...held.values());
      }
      held = made;
      for (const open of level) findSplit(open, made.get(open)!, bins, params, task.columns, task.trace);
    }
  };
}

/** As the library adds them: by the first column's bins where no value is missing, else row by row. */
function rootSums(bins: Bins, pairs: Float32Array, histogram: Float64Array): readonly [number, number] {
  let [gradient, hessian] = [0, 0];
  const [sums, end] = bins.sparse ? [pairs, pairs.length] : [histogram, 2 * bins.starts[1]!];
  for (let i = 0; i < end; i += 2) {
    gradient += sums[i]!;
    hessian += sums[i + 1]!;
  }
  return [gradient, hessian];
}
