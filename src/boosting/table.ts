/** The data that both libraries learn from: numbers in rows and columns, some of them missing, and a label a row. */

export interface Table {
  /** Row by row; NaN is a missing value. */
  readonly features: Float32Array;
  readonly rows: number;
  readonly columns: number;
  readonly labels: Float32Array;
  readonly featureNames?: readonly string[];
}

/** Throws an Error that says what is wrong where the parts of a table do not fit together. */
export function checkTable({features, rows, columns, labels, featureNames}: Table): void {
  if (rows < 1 || columns < 1) throw new Error(`a table of ${rows} rows and ${columns} columns has nothing to learn from`);
  if (features.length !== rows * columns)
    throw new Error(`${rows} rows × ${columns} columns need ${rows * columns} features, not ${features.length}`);
  if (labels.length !== rows) throw new Error(`${rows} rows need ${rows} labels, not ${labels.length}`);
  const bad = labels.findIndex((label) => !Number.isFinite(label));
  if (bad >= 0) throw new Error(`the label of row ${bad} is ${labels[bad]}`);
  if (featureNames && featureNames.length !== columns)
    throw new Error(`${columns} columns need ${columns} names, not ${featureNames.length}`);
}

/** Whether any value is missing. */
export function hasMissing({features}: Table): boolean {
  return features.some(Number.isNaN);
}

/** A table of the rows named, in their order. */
export function pickRows({features, columns, labels, featureNames}: Table, rows: ArrayLike<number>): Table {
  const picked = new Float32Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++)
    picked.set(features.subarray(rows[i]! * columns, (rows[i]! + 1) * columns), i * columns);
  return {
    features: picked,
    rows: rows.length,
    columns,
    labels: Float32Array.from(rows, (row) => labels[row]!),
    ...(featureNames && {featureNames})
  };
}

/**
 * The rows of each column that have a value, in the order of their values, equal ones as they come. Keys hold the
 * value's bits and the row, so that a plain numeric sort does the work.
 */
export function sortedColumns({features, rows, columns}: Table): readonly Int32Array[] {
  const float = new Float32Array(1);
  const bits = new Uint32Array(float.buffer);
  return Array.from({length: columns}, (_, column) => {
    const keys = new Float64Array(rows);
    let count = 0;
    for (let row = 0; row < rows; row++) {
      const value = features[row * columns + column]!;
      if (Number.isNaN(value)) continue;
      // −0 and 0 are one value; larger floats have larger bits, negative ones the other way round.
      float[0] = value === 0 ? 0 : value;
      const ordered = bits[0]! >>> 31 ? ~bits[0]! >>> 0 : bits[0]! + 0x80000000;
      keys[count++] = ordered * 0x200000 + row;
    }
    return Int32Array.from(keys.subarray(0, count).sort(), (key) => key % 0x200000);
  });
}
