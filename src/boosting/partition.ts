/** A node's rows are sorted to its children's. */
import type {Bins} from "./bins.js";
import type {Candidate} from "./gain.js";

/** The first of its column's bins that lies right of a split. */
export function firstRightBin({starts, cuts}: Bins, {feature, threshold}: Candidate): number {
  const [first, end] = [starts[feature]!, starts[feature + 1]!];
  let bin = first;
  while (bin < end && cuts[bin]! <= threshold) bin++;
  return bin - first;
}

/** Sorts a node's rows into left and right, each in its order; returns where the right ones start. */
export function partition(bins: Bins, order: Int32Array, spare: Int32Array, begin: number, end: number, split: Candidate): number {
  const {feature, defaultLeft} = split;
  const codes = bins.columnCodes[feature]!;
  const missing = bins.starts[feature + 1]! - bins.starts[feature]!;
  const firstRight = firstRightBin(bins, split);
  const missingLeft = Number(defaultLeft);
  let [left, right] = [begin, 0];
  // A difference's sign bit says the side: which way a row goes nobody can guess, and a wrong guess costs much.
  for (let i = begin; i < end; i++) {
    const row = order[i]!;
    const code = codes[row]!;
    const isLeft = ((code - firstRight) >>> 31) | (((missing - 1 - code) >>> 31) & missingLeft);
    order[left] = row;
    spare[right] = row;
    left += isLeft;
    right += 1 - isLeft;
  }
  order.set(spare.subarray(0, right), left);
  return left;
}
