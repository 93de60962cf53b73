import {expect, it} from "vitest";
import {columnsOf, parseCsv, tableFrom} from "../../src/boosting/csv.js";

it("reads quotes, line breaks in them, semicolons, and what stands for a missing value", () => {
  const csv = parseCsv('\uFEFFa;"b ""x""";c\r\n1;"two\nlines";NA\r\n2;;3\r\n\r\n');
  expect(csv).toEqual({names: ["a", 'b "x"', "c"], rows: [["1", "two\nlines", "NA"], ["2", "", "3"]]});
  expect(columnsOf(csv).map(({kind, missing}) => [kind, missing])).toEqual([["number", 0], ["words", 1], ["number", 1]]);
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
