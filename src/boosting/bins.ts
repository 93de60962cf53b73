/** A table in bins: each value becomes the place of its bin in a histogram of all columns. */
import {quantileCuts} from "./sketch.js";
import type {Table} from "./table.js";

export interface Bins {
  readonly rows: number;
  readonly columns: number;
  /**
   * Row by row: twice the number of the value's bin among all, which is where its gradient sum stands in a histogram.
   * A missing value's place is `missing`, after all bins, which spares the loops a question.
   */
  readonly places: Uint16Array | Uint32Array;
  readonly missing: number;
  /** Whether any value is missing. */
  readonly sparse: boolean;
  /** Where each column's bins start among all, and how many there are in all. */
  readonly starts: Int32Array;
  /** Upper ends of all bins, column after column. */
  readonly cuts: Float32Array;
  /** A number below all values of each column. */
  readonly below: Float32Array;
}

/** Cuts each column at its quantiles into at most `maxBin` bins. */
export function binTable({features, rows, columns}: Table, maxBin: number): Bins {
  const found = Array.from({length: columns}, (_, column) => quantileCuts(columnOf(features, rows, columns, column), maxBin));
  const starts = new Int32Array(columns + 1);
  found.forEach(({cuts}, column) => (starts[column + 1] = starts[column]! + cuts.length));
  const sparse = features.some(Number.isNaN);
  const missing = 2 * starts[columns]!;
  const places = missing < 2 ** 16 ? new Uint16Array(rows * columns) : new Uint32Array(rows * columns);
  fillPlaces(features, columns, found.map(({cuts}) => cuts), starts, missing, places);
  return {
    rows,
    columns,
    places,
    missing,
    sparse,
    starts,
    cuts: Float32Array.from(found.flatMap(({cuts}) => [...cuts])),
    below: Float32Array.from(found, ({below}) => below)
  };
}

/**
 * Finds the first bin whose upper end lies above a value, or the last: by halves, and row by row through both arrays,
 * for a table does not fit into the caches.
 */
function fillPlaces(
  features: Float32Array, columns: number, cuts: readonly Float32Array[], starts: Int32Array, missing: number,
  places: Uint16Array | Uint32Array
): void {
  // The last cut is beyond all values: who reaches it is in the last bin anyway.
  const widest = Math.max(...cuts.map((of) => of.length - 1));
  let top = 1;
  while (top <= widest) top *= 2;
  const padded = new Float32Array(columns * top).fill(Infinity);
  cuts.forEach((of, column) => padded.set(of.subarray(0, of.length - 1), column * top));
  for (let at = 0; at < features.length; ) {
    for (let column = 0; column < columns; column++, at++) {
      const value = features[at]!;
      let bin = column * top;
      for (let stride = top >> 1; stride > 0; stride >>= 1) bin += padded[bin + stride - 1]! <= value ? stride : 0;
      places[at] = Number.isNaN(value) ? missing : 2 * (starts[column]! + bin - column * top);
    }
  }
}

/** A column's values in the rows' order, without missing ones. */
function columnOf(features: Float32Array, rows: number, columns: number, column: number): Float32Array {
  const values = new Float32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const value = features[row * columns + column]!;
    if (!Number.isNaN(value)) values[count++] = value;
  }
  return values.subarray(0, count);
}
