/** What is done about missing values by those who cannot learn from them: filling in, or dropping rows. */
import {pickRows} from "./table.js";
import type {Table} from "./table.js";

export type Filling = "mean" | "median" | "frequent";

/** What stands in for a column's missing values: from the training rows alone. Most frequent: of values to one decimal. */
export function fillings({features, rows, columns}: Table, method: Filling): Float32Array {
  return Float32Array.from({length: columns}, (_, column) => {
    const values = Array.from({length: rows}, (_, row) => features[row * columns + column]!).filter((v) => !Number.isNaN(v)).sort((a, b) => a - b);
    if (values.length === 0) return 0;
    if (method === "mean") return values.reduce((sum, v) => sum + v, 0) / values.length;
    if (method === "median") return (values[(values.length - 1) >> 1]! + values[values.length >> 1]!) / 2;
    const counts = new Map<number, number>();
    for (const v of values) counts.set(Math.round(10 * v) / 10, (counts.get(Math.round(10 * v) / 10) ?? 0) + 1);
    return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
  });
}

export function filled(table: Table, fill: Float32Array): Table {
  return {...table, features: table.features.map((value, i) => (Number.isNaN(value) ? fill[i % table.columns]! : value))};
}

/** The rows that lack nothing. */
export function completeRows({features, rows, columns}: Table): readonly number[] {
  const isWhole = (row: number) => !features.subarray(row * columns, (row + 1) * columns).some(Number.isNaN);
  return Array.from({length: rows}, (_, row) => row).filter(isWhole);
}

/** How one who drops incomplete rows answers: trained on complete ones; incomplete ones of the test get `prior`. */
export function answersOfComplete(
  train: Table, test: Table, prior: Float32Array, answer: (train: Table, test: Table) => Float32Array | undefined
): Float32Array {
  const groups = prior.length;
  const answers = new Float32Array(test.rows * groups);
  for (let row = 0; row < test.rows; row++) answers.set(prior, row * groups);
  const [kept, known] = [completeRows(train), completeRows(test)];
  const given = kept.length > 1 && known.length > 0 ? answer(pickRows(train, kept), pickRows(test, known)) : undefined;
  if (given) known.forEach((row, i) => answers.set(given.subarray(i * groups, (i + 1) * groups), row * groups));
  return answers;
}
