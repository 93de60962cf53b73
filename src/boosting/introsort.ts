/**
 * Sorts values and takes their rows along, by the very algorithm of scikit-learn's trees: equal values end in the
 * order they have there, and with it the order in which sums round.
 */

/** Sorts `values[start…end)` ascending; `rows` move with them. */
export function introsort(values: Float32Array, rows: Int32Array, start: number, end: number): void {
  if (end > start) sort(values, rows, start, end - start, 2 * Math.trunc(Math.log(end - start) / Math.LN2));
}

function sort(values: Float32Array, rows: Int32Array, from: number, length: number, depth: number): void {
  let [start, n] = [from, length];
  for (let left = depth; n > 1; left--) {
    if (left <= 0) return heapsort(values, rows, start, n);
    const pivot = medianOfThree(values[start]!, values[start + (n >> 1)]!, values[start + n - 1]!);
    let [i, l, r] = [0, 0, n];
    while (i < r) {
      const value = values[start + i]!;
      if (value < pivot) swap(values, rows, start + i++, start + l++);
      else if (value > pivot) swap(values, rows, start + i, start + --r);
      else i++;
    }
    sort(values, rows, start, l, left - 1);
    start += r;
    n -= r;
  }
}

function medianOfThree(a: number, b: number, c: number): number {
  if (a < b) return b < c ? b : a < c ? c : a;
  if (b < c) return a < c ? a : c;
  return b;
}

function swap(values: Float32Array, rows: Int32Array, i: number, j: number): void {
  const [value, row] = [values[i]!, rows[i]!];
  values[i] = values[j]!;
  rows[i] = rows[j]!;
  values[j] = value;
  rows[j] = row;
}

function heapsort(values: Float32Array, rows: Int32Array, start: number, n: number): void {
  for (let root = n >> 1; root-- > 0; ) siftDown(values, rows, start, root, n);
  for (let end = n - 1; end > 0; end--) {
    swap(values, rows, start, start + end);
    siftDown(values, rows, start, 0, end);
  }
}

function siftDown(values: Float32Array, rows: Int32Array, start: number, from: number, end: number): void {
  for (let root = from; ; ) {
    const child = 2 * root + 1;
    let largest = root;
    if (child < end && values[start + largest]! < values[start + child]!) largest = child;
    if (child + 1 < end && values[start + largest]! < values[start + child + 1]!) largest = child + 1;
    if (largest === root) return;
    swap(values, rows, start + root, start + largest);
    root = largest;
  }
}
