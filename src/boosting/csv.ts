/** Reads CSV (RFC 4180; comma, semicolon or tab) and makes a table of it; what is wrong is said with line and column. */
import type {Table} from "./table.js";

export interface Csv {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const separators = [",", ";", "\t"];
const missing = new Set(["", "na", "n/a", "nan", "null", "none", "?"]);
/** A column of more kinds of words than this is left out. */
const mostKinds = 12;

/** Throws an Error that names line and column where the text is no CSV. */
export function parseCsv(text: string): Csv {
  const source = text.replace(/^\uFEFF/, "");
  const first = source.slice(0, source.search(/\r?\n|$/));
  const separator = [...separators].sort((a, b) => first.split(b).length - first.split(a).length)[0]!;
  const records = [...readRecords(source, separator)];
  const [header, ...rest] = records;
  if (!header || rest.length === 0) throw new Error("line 1: a header and at least one row are needed");
  const names = header.fields.map((name, i) => name.trim() || `column ${i + 1}`);
  const twice = names.findIndex((name, i) => names.indexOf(name) < i);
  if (twice >= 0) throw new Error(`line 1, column ${twice + 1}: the name “${names[twice]!}” is there twice`);
  for (const {fields, line} of rest)
    if (fields.length !== names.length)
      throw new Error(`line ${line}, column ${Math.min(fields.length, names.length) + 1}: ${fields.length} fields, the header has ${names.length}`);
  return {names, rows: rest.map(({fields}) => fields)};
}

function* readRecords(text: string, separator: string): Generator<{readonly fields: readonly string[]; readonly line: number}> {
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
    if (fields.length > 1 || fields[0] !== "") yield {fields, line: start};
  }
}

/** A column as its values say: numbers, or words of some kinds. */
export interface Column {
  readonly name: string;
  readonly kind: "number" | "words";
  readonly kinds: readonly string[];
  readonly missing: number;
}

const isMissing = (text: string) => missing.has(text.trim().toLowerCase());

export function columnsOf({names, rows}: Csv): readonly Column[] {
  return names.map((name, i) => {
    const values = rows.map((row) => row[i]!.trim()).filter((text) => !isMissing(text));
    const kind = values.every((text) => Number.isFinite(Number(text))) ? "number" : "words";
    return {name, kind, kinds: [...new Set(values)].sort(), missing: rows.length - values.length};
  });
}

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
export function tableFrom(csv: Csv, target: number, chosen: readonly number[]): CsvTask {
  const columns = columnsOf(csv);
  const label = columns[target];
  if (!label) throw new Error("choose a target");
  const rows = csv.rows.filter((row) => !isMissing(row[target]!));
  const notes = rows.length < csv.rows.length ? [`${csv.rows.length - rows.length} rows without a target are left out.`] : [];
  const isClass = label.kind === "words" || label.kinds.length === 2;
  if (label.kinds.length < 2) throw new Error(`the target “${label.name}” is the same in all rows`);
  if (isClass && label.kinds.length > mostKinds) throw new Error(`the target “${label.name}” has ${label.kinds.length} classes; at most ${mostKinds}`);
  const parts: {name: string; value: (row: readonly string[]) => number}[] = [];
  for (const index of chosen.filter((i) => i !== target)) {
    const {name, kind, kinds} = columns[index]!;
    const hole = (row: readonly string[]) => isMissing(row[index]!);
    if (kind === "number") parts.push({name, value: (row) => (hole(row) ? NaN : Number(row[index]))});
    else if (kinds.length > mostKinds) notes.push(`“${name}” is left out: ${kinds.length} different words.`);
    else for (const each of kinds) parts.push({name: `${name}=${each}`, value: (row) => (hole(row) ? NaN : Number(row[index]!.trim() === each))});
  }
  if (parts.length === 0) throw new Error("choose at least one feature");
  const table = {
    features: Float32Array.from(rows.flatMap((row) => parts.map(({value}) => value(row)))),
    rows: rows.length,
    columns: parts.length,
    labels: Float32Array.from(rows, (row) => (isClass ? label.kinds.indexOf(row[target]!.trim()) : Number(row[target]))),
    featureNames: parts.map(({name}) => name)
  };
  return {table, classes: isClass ? label.kinds : [], notes};
}
