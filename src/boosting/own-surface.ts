/** A model of many features over the plane of two of them, the others held at one row's values. */
import type {Frame} from "./plane-fit.js";
import type {Table} from "./table.js";

export const [surfaceColumns, surfaceRows] = [40, 32];

export interface Surface {
  readonly frame: Frame;
  /** The grid's rows from the top, each with all features. */
  readonly grid: Table;
  /** Where each row of the table stands: its values of the two features. */
  readonly places: Float32Array;
}

/** @param row whose values the other features have */
export function surfaceOf(table: Table, x: number, y: number, row: number): Surface {
  const {features, columns, rows} = table;
  const frame = {x: endsOf(table, x), y: endsOf(table, y)};
  const base = features.subarray(row * columns, (row + 1) * columns);
  const grid = new Float32Array(surfaceColumns * surfaceRows * columns);
  for (let i = 0; i < surfaceColumns * surfaceRows; i++) {
    grid.set(base, i * columns);
    grid[i * columns + x] = frame.x[0] + ((i % surfaceColumns) + 0.5) * ((frame.x[1] - frame.x[0]) / surfaceColumns);
    grid[i * columns + y] = frame.y[1] - (Math.floor(i / surfaceColumns) + 0.5) * ((frame.y[1] - frame.y[0]) / surfaceRows);
  }
  return {
    frame,
    grid: {features: grid, rows: surfaceColumns * surfaceRows, columns, labels: new Float32Array(0)},
    places: Float32Array.from({length: 2 * rows}, (_, i) => features[(i >> 1) * columns + (i % 2 ? y : x)]!)
  };
}

/** A little beyond the least and the greatest value. */
function endsOf({features, columns}: Table, column: number): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = column; i < features.length; i += columns) {
    const value = features[i]!;
    if (!Number.isNaN(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  if (!(low <= high)) return [0, 1];
  const margin = 0.06 * (high - low) || 0.5;
  return [low - margin, high + margin];
}
