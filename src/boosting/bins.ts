/** A table in bins: each value becomes the number of its bin among its column's. */
import {quantileCuts} from "./sketch.js";
import type {Table} from "./table.js";

/** Numbers of bins: bytes where they fit, for a table of half the size is read in half the time. */
export type Codes = Uint8Array | Uint16Array;

export interface Bins {
  readonly rows: number;
  readonly columns: number;
  /** Each value's bin, row by row; a missing value's is one more than its column's last. */
  readonly codes: Codes;
  /** The same, an array a column: following one feature through scattered rows then stays within the caches. */
  readonly columnCodes: readonly Codes[];
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
  const values = byColumn(features, rows, columns);
  const present = values.map(withoutMissing);
  const found = present.map((column) => quantileCuts(column, maxBin));
  const starts = new Int32Array(columns + 1);
  found.forEach(({cuts}, column) => (starts[column + 1] = starts[column]! + cuts.length));
  const sparse = present.some(({length}) => length < rows);
  const most = Math.max(...found.map(({cuts}) => cuts.length)) + Number(sparse);
  const CodeArray = most <= 256 ? Uint8Array : Uint16Array;
  const columnCodes = values.map((column, i) => codesOf(column, found[i]!.cuts, new CodeArray(rows)));
  return {
    rows,
    columns,
    codes: byRow(columnCodes, new CodeArray(rows * columns)),
    columnCodes,
    sparse,
    starts,
    cuts: Float32Array.from(found.flatMap(({cuts}) => [...cuts])),
    below: Float32Array.from(found, ({below}) => below)
  };
}

/** A table is turned some rows at a time, for it does not fit into the caches. */
const rowsAtOnce = 64;

function byColumn(features: Float32Array, rows: number, columns: number): readonly Float32Array[] {
  const turned = Array.from({length: columns}, () => new Float32Array(rows));
  for (let begin = 0; begin < rows; begin += rowsAtOnce) {
    const end = Math.min(rows, begin + rowsAtOnce);
    for (let column = 0; column < columns; column++) {
      const to = turned[column]!;
      for (let row = begin; row < end; row++) to[row] = features[row * columns + column]!;
    }
  }
  return turned;
}

function byRow(columnCodes: readonly Codes[], codes: Codes): Codes {
  const columns = columnCodes.length;
  const rows = codes.length / columns;
  for (let begin = 0; begin < rows; begin += rowsAtOnce) {
    const end = Math.min(rows, begin + rowsAtOnce);
    for (let column = 0; column < columns; column++) {
      const from = columnCodes[column]!;
      for (let row = begin; row < end; row++) codes[row * columns + column] = from[row]!;
    }
  }
  return codes;
}

function withoutMissing(values: Float32Array): Float32Array {
  const present = new Float32Array(values.length);
  let count = 0;
  for (const value of values) {
    present[count] = value;
    count += Number(!Number.isNaN(value));
  }
  return present.subarray(0, count);
}

/**
 * Finds the first bin whose upper end lies above each value, or the last. The column's reach is cut into even slots, most
 * of which hold a cut or none, so that a value's slot says nearly where it is; what is left is found by halves.
 */
function codesOf(values: Float32Array, cuts: Float32Array, codes: Codes): Codes {
  // The last cut is beyond all values: who reaches it is in the last bin anyway.
  const last = cuts.length - 1;
  const slots = 8 * (last + 1);
  const [low, high] = [cuts[0]!, cuts[Math.max(0, last - 1)]!];
  const scale = high > low ? (slots - 2) / (high - low) : 0;
  const slotOf = (value: number) => Math.max(0, Math.min(slots - 1, 1 + (value - low) * scale)) | 0;
  /** How many cuts stand in the slots before each. */
  const before = new Int32Array(slots + 1);
  for (let i = 0; i < last; i++) before[slotOf(cuts[i]!) + 1]!++;
  for (let slot = 0; slot < slots; slot++) before[slot + 1]! += before[slot]!;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) {
      codes[row] = cuts.length;
      continue;
    }
    const slot = slotOf(value);
    let [bin, end] = [before[slot]!, before[slot + 1]!];
    while (bin < end) {
      const middle = (bin + end) >> 1;
      if (cuts[middle]! <= value) bin = middle + 1;
      else end = middle;
    }
    codes[row] = bin;
  }
  return codes;
}
