/**
 * Reads CSV (RFC 4180; comma, semicolon or tab): the rows as they stand, and what each column holds. What is wrong is
 * said with line and column. Generators, so that a page can read a large file in slices: they yield the share done.
 */
import {drain} from "./drain.js";

/** A column as its values say: numbers, or words of some kinds. */
export interface Column {
  readonly name: string;
  readonly kind: "number" | "words";
  /** How many different values there are. */
  readonly distinct: number;
  /** The different values in order, where they are few enough for a class or a column each. */
  readonly kinds: readonly string[];
  readonly missing: number;
}

export interface Csv {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly columns: readonly Column[];
}

const separators = [",", ";", "\t"];
const missing = new Set(["", "na", "n/a", "nan", "null", "none", "?"]);
/** A column of more kinds of words than this is left out. */
export const mostKinds = 12;
/** Rows between two yields: a few milliseconds. */
export const sliceRows = 500;

export const isMissing = (text: string) => missing.has(text.trim().toLowerCase());

/** Throws an Error that names line and column where the text is no CSV. */
export const parseCsv = (text: string): Csv => drain(readingCsv(text));

/** As `parseCsv`, in slices. */
export function* readingCsv(text: string): Generator<number, Csv> {
  const source = text.replace(/^\uFEFF/, "");
  const first = source.slice(0, source.search(/\r?\n|$/));
  const separator = [...separators].sort((a, b) => first.split(b).length - first.split(a).length)[0]!;
  let names: readonly string[] | undefined;
  const rows: (readonly string[])[] = [];
  for (const {fields, line, end} of readRecords(source, separator)) {
    if (!names) {
      names = namesFrom(fields);
      continue;
    }
    if (fields.length !== names.length)
      throw new Error(`line ${line}, column ${Math.min(fields.length, names.length) + 1}: ${fields.length} fields, the header has ${names.length}`);
    rows.push(fields);
    if (rows.length % sliceRows === 0) yield end / source.length / 2;
  }
  if (!names || rows.length === 0) throw new Error("line 1: a header and at least one row are needed");
  const columns = names.map(openColumn);
  for (let row = 0; row < rows.length; row++) {
    columns.forEach((column, i) => column.take(rows[row]![i]!));
    if (row % sliceRows === 0) yield 0.5 + row / rows.length / 2;
  }
  return {names, rows, columns: columns.map(({close}) => close())};
}

function namesFrom(header: readonly string[]): readonly string[] {
  const names = header.map((name, i) => name.trim() || `column ${i + 1}`);
  const twice = names.findIndex((name, i) => names.indexOf(name) < i);
  if (twice >= 0) throw new Error(`line 1, column ${twice + 1}: the name “${names[twice]!}” is there twice`);
  return names;
}

function openColumn(name: string): {take(field: string): void; close(): Column} {
  const values = new Set<string>();
  let [numbers, holes] = [true, 0];
  return {
    take(field) {
      if (isMissing(field)) {
        holes++;
        return;
      }
      const value = field.trim();
      numbers &&= Number.isFinite(Number(value));
      values.add(value);
    },
    close: () => ({
      name,
      kind: numbers ? "number" : "words",
      distinct: values.size,
      kinds: values.size <= mostKinds ? [...values].sort() : [],
      missing: holes
    })
  };
}

function* readRecords(text: string, separator: string): Generator<{readonly fields: readonly string[]; readonly line: number; readonly end: number}> {
  let [at, line] = [0, 1];
  while (at < text.length) {
    const fields: string[] = [];
    const start = line;
    for (;;) {
      const column = fields.length + 1;
      if (text[at] === '"') {
        let value = "";
        for (at++; ; at++) {
          if (at >= text.length) throw new Error(`line ${start}, column ${column}: a quotation mark is not closed`);
          if (text[at] === "\n") line++;
          if (text[at] !== '"') value += text[at]!;
          else if (text[at + 1] === '"') value += text[at++]!;
          else break;
        }
        at++;
        fields.push(value);
        if (at < text.length && !`${separator}\r\n`.includes(text[at]!))
          throw new Error(`line ${line}, column ${column}: text after a closing quotation mark`);
      } else {
        let end = at;
        while (end < text.length && text[end] !== separator && text[end] !== "\n" && text[end] !== "\r") end++;
        fields.push(text.slice(at, end));
        at = end;
      }
      if (text[at] !== separator) break;
      at++;
    }
    if (text[at] === "\r") at++;
    if (text[at] === "\n") at++;
    line++;
    // Empty lines, as at the end of many files, are no rows.
    if (fields.length > 1 || fields[0] !== "") yield {fields, line: start, end: at};
  }
}
