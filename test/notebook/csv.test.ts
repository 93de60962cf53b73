import {expect, it} from "vitest";
import {toCsv} from "../../src/notebook/export/csv.js";

it("writes a header of all columns, quotes what needs it, and leaves undefined numbers empty", () => {
  expect(toCsv([{kind: "a,b", value: 0.1}, {kind: 'say "x"', value: NaN, extra: true}])).toBe(
    'kind,value,extra\r\n"a,b",0.1,\r\n"say ""x""",,true\r\n'
  );
});
