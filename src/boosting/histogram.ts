/** Histograms of gradients: for every bin of every column the sums of G and H, side by side, in double precision. */
import type {Bins} from "./bins.js";

/** An empty histogram: two sums a bin, and two for all missing values, which nobody reads. */
export function emptyHistogram({missing}: Pick<Bins, "missing">): Float64Array {
  return new Float64Array(missing + 2);
}

/**
 * Adds the rows `order[begin…end)` to the histogram; `pairs` holds each row's gradient and hessian. Most of a training
 * is spent here, so four columns go at once.
 */
export function addRows(
  {places, columns}: Pick<Bins, "places" | "columns">,
  order: Int32Array,
  begin: number,
  end: number,
  pairs: Float32Array,
  histogram: Float64Array
): void {
  for (let i = begin; i < end; i++) {
    const row = order[i]!;
    const g = pairs[2 * row]!;
    const h = pairs[2 * row + 1]!;
    let at = row * columns;
    const stop = at + columns;
    for (; at + 3 < stop; at += 4) {
      const a = places[at]!;
      const b = places[at + 1]!;
      const c = places[at + 2]!;
      const d = places[at + 3]!;
      histogram[a]! += g;
      histogram[a + 1]! += h;
      histogram[b]! += g;
      histogram[b + 1]! += h;
      histogram[c]! += g;
      histogram[c + 1]! += h;
      histogram[d]! += g;
      histogram[d + 1]! += h;
    }
    for (; at < stop; at++) {
      const a = places[at]!;
      histogram[a]! += g;
      histogram[a + 1]! += h;
    }
  }
}

/** A child's histogram is its parent's less its sibling's: the parent's array becomes the child's. */
export function subtract(parent: Float64Array, sibling: Float64Array): Float64Array {
  for (let i = 0; i < parent.length; i++) parent[i]! -= sibling[i]!;
  return parent;
}
