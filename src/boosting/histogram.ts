/** Histograms of gradients: for every bin of every column the sums of G and H, side by side, in double precision. */
import {addRowsInWasm} from "./add-rows-wasm.js";
import type {Bins} from "./bins.js";

/**
 * Where a column's bins start in a histogram, counted in bins. With missing values each column has one bin more, for
 * their sums, which nobody reads: that spares the loops a question.
 */
export function slotOf({starts, sparse}: Pick<Bins, "starts" | "sparse">, column: number): number {
  return starts[column]! + (sparse ? column : 0);
}

/** An empty histogram: two sums a bin. */
export function emptyHistogram(bins: Pick<Bins, "columns" | "starts" | "sparse">): Float64Array {
  return new Float64Array(2 * slotOf(bins, bins.columns));
}

/** What histograms of a table are built from. */
export interface Builder {
  /** Row numbers, those of a node side by side: to be kept in order by the caller. */
  readonly order: Int32Array;
  /** Each row's gradient and hessian: to be filled in by the caller. */
  readonly pairs: Float32Array;
  /** Makes `histogram` that of the rows `order[begin…end)`. */
  build(begin: number, end: number, histogram: Float64Array): void;
}

/** Values in a table from which on WebAssembly pays; and columns up to which, for its code is written out for each. */
const [leastValues, mostColumns] = [30_000, 1000];

/** In WebAssembly where the table is large and the browser can, else in TypeScript: the sums are the same. */
export function histogramBuilder(bins: Bins): Builder {
  if (bins.rows * bins.columns < leastValues || bins.columns > mostColumns) return scriptBuilder(bins);
  try {
    return wasmBuilder(bins);
  } catch {
    // No SIMD here, or no memory for a second copy of the table.
    return scriptBuilder(bins);
  }
}

export function scriptBuilder(bins: Bins): Builder {
  const order = new Int32Array(bins.rows);
  const pairs = new Float32Array(2 * bins.rows);
  return {order, pairs, build: (begin, end, histogram) => addRows(bins, order, begin, end, pairs, histogram.fill(0))};
}

/** The table, the rows and one histogram stand in the module's memory. Throws where the browser has no SIMD. */
export function wasmBuilder(bins: Bins): Builder {
  const {codes, rows, columns} = bins;
  const size = 2 * slotOf(bins, columns);
  const [sums, pairs, order, table] = [0, 8 * size, 8 * (size + rows), 8 * (size + rows) + 4 * rows];
  const slots = Array.from({length: columns}, (_, column) => slotOf(bins, column));
  const {memory: {buffer}, add} = addRowsInWasm(slots, codes.BYTES_PER_ELEMENT, table + codes.byteLength);
  new Uint8Array(buffer, table, codes.byteLength).set(new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength));
  const histogram = new Float64Array(buffer, sums, size);
  return {
    order: new Int32Array(buffer, order, rows),
    pairs: new Float32Array(buffer, pairs, 2 * rows),
    build(begin, end, into) {
      histogram.fill(0);
      if (end > begin) add(order + 4 * begin, order + 4 * end, table, pairs, sums);
      into.set(histogram);
    }
  };
}

/** Adds the rows `order[begin…end)` to the histogram; `pairs` holds each row's gradient and hessian. */
function addRows(bins: Bins, order: Int32Array, begin: number, end: number, pairs: Float32Array, histogram: Float64Array): void {
  const {codes, columns} = bins;
  const slots = Int32Array.from({length: columns}, (_, column) => 2 * slotOf(bins, column));
  for (let i = begin; i < end; i++) {
    const row = order[i]!;
    const g = pairs[2 * row]!;
    const h = pairs[2 * row + 1]!;
    for (let column = 0, at = row * columns; column < columns; column++, at++) {
      const place = slots[column]! + 2 * codes[at]!;
      histogram[place]! += g;
      histogram[place + 1]! += h;
    }
  }
}

/** A child's histogram is its parent's less its sibling's: the parent's array becomes the child's. */
export function subtract(parent: Float64Array, sibling: Float64Array): Float64Array {
  for (let i = 0; i < parent.length; i++) parent[i]! -= sibling[i]!;
  return parent;
}
