/** Reads a CSV and makes a table of it on the page's thread, a slice at a time. */
import {inSlices} from "../compute/slices.js";
import type {SliceOptions} from "../compute/slices.js";
import {readingCsv} from "./csv.js";
import type {Csv} from "./csv.js";
import {tabling} from "./csv-table.js";
import type {CsvTask} from "./csv-table.js";

/** As `parseCsv`; `onStep` is told the share done, and it rejects once `signal` is aborted. */
export const parseCsvAsync = (text: string, options?: SliceOptions<number>): Promise<Csv> => inSlices(readingCsv(text), options);

/** As `tableFrom`. */
export const tableAsync = (csv: Csv, target: number, chosen: readonly number[], options?: SliceOptions<number>): Promise<CsvTask> =>
  inSlices(tabling(csv, target, chosen), options);
