/**
 * XGBoost's weighted quantile sketch, from which `hist` takes its cuts: values in order with bounds of their ranks, in
 * float32; pruned to as many as are wanted, merged level by level where the column is long. Rows all weigh 1.
 */
import {radixSort} from "./radix-sort.js";

const f = Math.fround;

/** Values in ascending order, each with the least and the most rank it can have and its own weight. */
interface Summary {
  readonly size: number;
  readonly value: Float32Array;
  readonly least: Float32Array;
  readonly most: Float32Array;
  readonly weight: Float32Array;
}

const empty: Summary = summaryOf(0);

function summaryOf(size: number): Summary {
  const array = () => new Float32Array(size);
  return {size, value: array(), least: array(), most: array(), weight: array()};
}

/** The first `size` entries. */
function cut({value, least, most, weight}: Summary, size: number): Summary {
  return {
    size,
    value: value.subarray(0, size),
    least: least.subarray(0, size),
    most: most.subarray(0, size),
    weight: weight.subarray(0, size)
  };
}

function copyEntry(from: Summary, i: number, to: Summary, at: number): void {
  to.value[at] = from.value[i]!;
  to.least[at] = from.least[i]!;
  to.most[at] = from.most[i]!;
  to.weight[at] = from.weight[i]!;
}

/** Of values in any order: each distinct one with its count. */
function summarise(values: Float32Array): Summary {
  const sorted = radixSort(values);
  const summary = summaryOf(sorted.length);
  let [size, sum] = [0, 0];
  for (let i = 0; i < sorted.length; ) {
    let j = i + 1;
    while (j < sorted.length && sorted[j] === sorted[i]) j++;
    summary.value[size] = sorted[i]!;
    summary.least[size] = sum;
    summary.weight[size] = j - i;
    sum = summary.most[size] = f(sum + (j - i));
    size++;
    i = j;
  }
  return cut(summary, size);
}

/** At most `size` entries, at even ranks. */
export function prune(from: Summary, size: number): Summary {
  if (from.size <= size) return from;
  const {value, least, most, weight} = from;
  const last = from.size - 1;
  const begin = most[0]!;
  const range = f(least[last]! - begin);
  const to = summaryOf(size);
  copyEntry(from, 0, to, 0);
  let [count, i, taken] = [1, 1, 0];
  for (let k = 1; k < size - 1; k++) {
    const twice = f(2 * f(f(f(k * range) / (size - 1)) + begin));
    while (i < last && twice >= f(most[i + 1]! + least[i + 1]!)) i++;
    if (i === last) break;
    const isNear = twice < f(f(least[i]! + weight[i]!) + f(most[i + 1]! - weight[i + 1]!));
    const pick = isNear ? i : i + 1;
    if (pick === taken) continue;
    to.value[count] = value[pick]!;
    to.least[count] = least[pick]!;
    to.most[count] = most[pick]!;
    to.weight[count++] = weight[pick]!;
    taken = pick;
  }
  if (taken !== last) copyEntry(from, last, to, count++);
  return cut(to, count);
}

/** Both in one order; where both have a value, its ranks and weights add up. Arrays have names here for speed's sake. */
function merge(a: Summary, b: Summary): Summary {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  const to = summaryOf(a.size + b.size);
  const {value, least, most, weight} = to;
  const {size: sizeA, value: valueA, least: leastA, most: mostA, weight: weightA} = a;
  const {size: sizeB, value: valueB, least: leastB, most: mostB, weight: weightB} = b;
  const [endA, endB] = [mostA[sizeA - 1]!, mostB[sizeB - 1]!];
  let [i, j, size, beforeA, beforeB] = [0, 0, 0, 0, 0];
  while (i < sizeA || j < sizeB) {
    const nextA = i < sizeA ? valueA[i]! : Infinity;
    const nextB = j < sizeB ? valueB[j]! : Infinity;
    if (nextA === nextB && i < sizeA && j < sizeB) {
      value[size] = nextA;
      least[size] = leastA[i]! + leastB[j]!;
      most[size] = mostA[i]! + mostB[j]!;
      weight[size] = weightA[i]! + weightB[j]!;
      beforeA = f(leastA[i]! + weightA[i]!);
      beforeB = f(leastB[j]! + weightB[j]!);
      i++;
      j++;
    } else if (i < sizeA && (nextA <= nextB || j >= sizeB)) {
      value[size] = nextA;
      least[size] = leastA[i]! + beforeB;
      most[size] = mostA[i]! + (j < sizeB ? f(mostB[j]! - weightB[j]!) : endB);
      weight[size] = weightA[i]!;
      beforeA = f(leastA[i]! + weightA[i]!);
      i++;
    } else {
      value[size] = nextB;
      least[size] = leastB[j]! + beforeA;
      most[size] = mostB[j]! + (i < sizeA ? f(mostA[i]! - weightA[i]!) : endA);
      weight[size] = weightB[j]!;
      beforeB = f(leastB[j]! + weightB[j]!);
      j++;
    }
    size++;
  }
  return inOrder(cut(to, size));
}

/** Mends what rounding has put out of order. */
function inOrder(summary: Summary): Summary {
  const {size, least, most, weight} = summary;
  let [leastSoFar, mostSoFar] = [0, 0];
  for (let i = 0; i < size; i++) {
    if (least[i]! > leastSoFar) leastSoFar = least[i]!;
    else least[i] = leastSoFar;
    const end = f(leastSoFar + weight[i]!);
    if (most[i]! > mostSoFar) mostSoFar = most[i]!;
    if (end > mostSoFar) mostSoFar = end;
    most[i] = mostSoFar;
  }
  return summary;
}

/** How long a summary of a level may be so that all levels together stay within the error. */
function levelSize(count: number, bins: number): number {
  const error = 1 / (Math.max(1, Math.min(bins, count)) * 8);
  for (let level = 1; ; level++) {
    const size = Math.min(count, Math.ceil(level / error) + 1);
    if (2 ** level * size >= count) return size;
  }
}

/**
 * The cuts of a column for at most `bins` bins: upper ends of the bins, ascending, the last beyond all values; and a
 * number below all values.
 * @param values the column's values in the rows' order, without missing ones
 */
export function quantileCuts(values: Float32Array, bins: number): {readonly cuts: Float32Array; readonly below: number} {
  if (values.length === 0) return {cuts: Float32Array.of(f(1e-5) + f(1e-5 + f(1e-5))), below: f(1e-5)};
  const sketch = prune(sketchOf(values, bins), Math.min(values.length, bins * 8));
  const most = Math.min(values.length, bins, Math.min(values.length, bins * 8));
  const {value, size} = prune(sketch, most + 1);
  const cuts: number[] = [];
  for (let i = 1; i < Math.min(size, most); i++) {
    if (i === 1 || value[i]! > cuts[cuts.length - 1]!) cuts.push(value[i]!);
  }
  const last = value[size - 1]!;
  cuts.push(f(last + f(Math.abs(last) + f(1e-5))));
  return {cuts: Float32Array.from(cuts), below: f(f(value[0]! - Math.abs(value[0]!)) - f(1e-5))};
}

/** Pushes the values through a queue; full queues are summarised and merged upwards, level by level. */
function sketchOf(values: Float32Array, bins: number): Summary {
  const limit = levelSize(values.length, bins);
  const levels: Summary[] = [];
  let [start, queued] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (i > start && values[i] === values[i - 1]) continue;
    if (queued === 2 * limit) {
      pushUp(levels, summarise(values.slice(start, i)), limit);
      [start, queued] = [i, 0];
    }
    queued++;
  }
  const rest = summarise(values.slice(start));
  if (levels.length === 0) return prune(rest, limit);
  let sum = prune(rest, limit);
  for (const level of levels) if (level.size > 0) sum = sum.size === 0 ? level : prune(merge(sum, level), limit);
  return sum;
}

function pushUp(levels: Summary[], summary: Summary, limit: number): void {
  let rising = summary;
  for (let level = 0; ; level++) {
    const resting = levels[level] ?? empty;
    if (resting.size === 0) {
      levels[level] = prune(rising, limit);
      return;
    }
    rising = merge(prune(rising, limit), resting);
    if (rising.size <= limit) {
      levels[level] = rising;
      return;
    }
    levels[level] = empty;
  }
}
