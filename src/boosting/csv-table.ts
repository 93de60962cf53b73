/** Makes features and labels of a CSV's columns. */
import {isMissing, mostKinds, sliceRows} from "./csv.js";
import type {Csv} from "./csv.js";
import {drain} from "./drain.js";
import type {Table} from "./table.js";

export interface CsvTask {
  readonly table: Table;
  /** The labels' names where they are words or few whole numbers; empty for a value to be predicted. */
  readonly classes: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Features and labels: numbers as they are, words as one column of 0 and 1 a kind, missing values kept. A target of
 * words, or of two numbers, is a class. Throws an Error where there is nothing to learn.
 */
export const tableFrom = (csv: Csv, target: number, chosen: readonly number[]): CsvTask => drain(tabling(csv, target, chosen));

/** As `tableFrom`, in slices: yields the share done. */
export function* tabling(csv: Csv, target: number, chosen: readonly number[]): Generator<number, CsvTask> {
  const label = csv.columns[target];
  if (!label) throw new Error("choose a target");
  if (label.distinct < 2) throw new Error(`the target “${label.name}” is the same in all rows`);
  const isClass = label.kind === "words" || label.distinct === 2;
  if (isClass && label.distinct > mostKinds) throw new Error(`the target “${label.name}” has ${label.distinct} classes; at most ${mostKinds}`);
  const {parts, notes} = partsOf(csv, chosen.filter((i) => i !== target));
  if (parts.length === 0) throw new Error("choose at least one feature");
  const rows = csv.rows.length - label.missing;
  if (label.missing > 0) notes.unshift(`${label.missing} rows without a target are left out.`);
  const features = new Float32Array(rows * parts.length);
  const labels = new Float32Array(rows);
  let row = 0;
  for (const [line, fields] of csv.rows.entries()) {
    if (line % sliceRows === 0) yield line / csv.rows.length;
    const given = fields[target]!;
    if (isMissing(given)) continue;
    parts.forEach(({index, value}, column) => {
      const field = fields[index]!;
      features[row * parts.length + column] = isMissing(field) ? NaN : value(field.trim());
    });
    labels[row++] = isClass ? label.kinds.indexOf(given.trim()) : Number(given);
  }
  const table = {features, rows, columns: parts.length, labels, featureNames: parts.map(({name}) => name)};
  return {table, classes: isClass ? label.kinds : [], notes};
}

interface Part {
  readonly name: string;
  /** Which field it is made of. */
  readonly index: number;
  readonly value: (text: string) => number;
}

function partsOf({columns}: Csv, chosen: readonly number[]): {readonly parts: readonly Part[]; readonly notes: string[]} {
  const parts: Part[] = [];
  const notes: string[] = [];
  for (const index of chosen) {
    const {name, kind, kinds, distinct} = columns[index]!;
    if (kind === "number") parts.push({name, index, value: Number});
    else if (distinct > mostKinds) notes.push(`“${name}” is left out: ${distinct} different words.`);
    else for (const each of kinds) parts.push({name: `${name}=${each}`, index, value: (text) => Number(text === each)});
  }
  return {parts, notes};
}
