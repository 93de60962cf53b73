import {expect, it} from "vitest";
import {parseCsv, readingCsv} from "../../src/boosting/csv.js";
import {tableFrom, tabling} from "../../src/boosting/csv-table.js";

it("reads quotes, line breaks in them, semicolons, and what stands for a missing value", () => {
  const csv = parseCsv('\uFEFFa;"b ""x""";c\r\n1;"two\nlines";NA\r\n2;;3\r\n\r\n');
  expect(csv.names).toEqual(["a", 'b "x"', "c"]);
  expect(csv.rows).toEqual([["1", "two\nlines", "NA"], ["2", "", "3"]]);
  expect(csv.columns.map(({kind, missing}) => [kind, missing])).toEqual([["number", 0], ["words", 1], ["number", 1]]);
});

it.each([
  ["a,b\n1,2\n1,2,3\n", "line 3, column 3: 3 fields, the header has 2"],
  ["a,b\n1\n", "line 2, column 2: 1 fields, the header has 2"],
  ['a,b\n1,"2\n3,4', "line 2, column 2: a quotation mark is not closed"],
  ['a,b\n1,"2"x\n', "line 2, column 2: text after a closing quotation mark"],
  ["a,b,a\n1,2,3", "line 1, column 3: the name “a” is there twice"],
  ["a,b\n", "line 1: a header and at least one row are needed"]
])("says where %j goes wrong", (text, message) => {
  expect(() => parseCsv(text)).toThrow(message);
});

it("makes columns of words into columns of kinds, keeps holes, and leaves out rows without a target", () => {
  const {table, classes, notes} = tableFrom(parseCsv("x,color,y\n1,red,yes\n,blue,no\n3,,yes\n4,red,"), 2, [0, 1, 2]);
  expect(table.featureNames).toEqual(["x", "color=blue", "color=red"]);
  expect([...table.features]).toEqual([1, 0, 1, NaN, 1, 0, 3, NaN, NaN]);
  expect([...table.labels]).toEqual([1, 0, 1]);
  expect(classes).toEqual(["no", "yes"]);
  expect(notes).toEqual(["1 rows without a target are left out."]);
});

it("refuses a target that is the same everywhere, and a table without features", () => {
  expect(() => tableFrom(parseCsv("x,y\n1,5\n2,5"), 1, [0])).toThrow("the same in all rows");
  expect(() => tableFrom(parseCsv("x,y\n1,5\n2,6"), 1, [1])).toThrow("at least one feature");
});

it("reads and tables a large file in slices of rising shares", () => {
  const csv = parseCsv(`x,word,y\n${Array.from({length: 5000}, (_, i) => `${i},w${i % 20},${i % 3}`).join("\n")}`);
  const text = [csv.names, ...csv.rows].map((row) => row.join()).join("\n");
  for (const work of [readingCsv(text), tabling(csv, 2, [0, 1])]) {
    const shares = [...work];
    expect(shares.length).toBeGreaterThanOrEqual(10);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  }
  expect(csv.columns[1]).toEqual({name: "word", kind: "words", distinct: 20, kinds: [], missing: 0});
  const {table, notes} = tableFrom(csv, 2, [0, 1]);
  expect([table.rows, table.columns, table.labels[4999]]).toEqual([5000, 1, 4999 % 3]);
  expect(notes).toEqual(["“word” is left out: 20 different words."]);
});
