/** What a group's networks report, as it stands in their rows. */
import type {GroupReport} from "./ensemble.js";
import {reportOf} from "./layout.js";
import type {Layout, Row} from "./layout.js";

/** Rows of all networks, but for the first `skipped` numbers of each. */
export interface Table {
  readonly rows: Float32Array;
  readonly networks: number;
  readonly skipped: number;
}

/** Puts reports that were made apart into their rows, those of the networks from `first` on. */
export function putReports({rows, networks, skipped}: Table, reports: Float32Array, {report, gradient}: Row, first: number): void {
  const [length, stride] = [gradient - report, rows.length / networks];
  for (let n = 0; n < reports.length / length; n++)
    rows.set(reports.subarray(n * length, (n + 1) * length), (first + n) * stride + report - skipped);
}

/** Columns of a group's rows, copied so that the rows themselves can be let go. */
export function readReport({rows, networks, skipped}: Table, step: number, layout: Layout, row: Row): GroupReport {
  const stride = rows.length / networks;
  const column = (at: number, width = 1) => {
    const values = new Float32Array(networks * width);
    for (let n = 0; n < networks; n++) {
      const start = n * stride + at - skipped;
      values.set(rows.subarray(start, start + width), n * width);
    }
    return values;
  };
  const at = reportOf(layout);
  const deadShare = new Float32Array(networks);
  for (let n = 0; n < networks; n++) {
    const from = n * stride + row.report + at.silent - skipped;
    // A share summed in float32 from many points is 1 but for its last digits.
    for (let unit = 0; unit < layout.units; unit++) if (rows[from + unit]! > 1 - 1e-5) deadShare[n]! += 1 / layout.units;
  }
  return {
    step,
    batchLoss: column(row.batchLoss),
    loss: column(row.report + at.loss),
    accuracy: column(row.report + at.accuracy),
    deadShare,
    gradientNorm: column(row.gradientNorm, layout.weights.length)
  };
}
