import {describe, expect, it} from "vitest";
import {seededRandom} from "../../src/compute/random.js";
import {figureIds, loadFigure} from "../../src/figures.js";
import type {Field, Schema} from "../../src/notebook/schema.js";
import {readQuery, writeQuery} from "../../src/notebook/state-url.js";

/** States over all figures, whole. */
const states = 10_000;

const random = seededRandom(20_261);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;

/** What has broken parsers before. */
const hostile = [
  "", " ", ",", ",,,,", "0", "-0", "1e308", "-1e309", "Infinity", "NaN", "0x10", "1_000", "١٢٣", "1e-400", "9".repeat(400), "true",
  "null", "undefined", "[]", "{}", "[object Object]", "constructor", "__proto__", "toString", "hasOwnProperty",
  "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"'><svg onload=alert(1)>", "javascript:alert(1)", "${1+1}",
  "\\htmlData{x}{y}", "%00", "\u0000", "\u202e", "\ud800", "🙂".repeat(50), "../../etc/passwd", "a".repeat(5000)
];

const number = (): string => pick([
  () => String((random() - 0.5) * 10 ** Math.floor(random() * 20 - 5)),
  () => String(Math.floor(random() * 100)),
  () => (random() * 100).toFixed(3)
])();

function textFor(field: Field): string {
  if (random() < 0.35) return pick(hostile);
  switch (field.kind) {
    case "number":
      return number();
    case "flag":
      return pick(["0", "1", "true", "false", "yes"]);
    case "choice":
      return pick([...Object.keys(field.options), pick(hostile)]);
    case "set":
      return Array.from({length: Math.floor(random() * 6)}, () => pick([...Object.keys(field.options), pick(hostile)])).join(",");
    case "vector":
      return Array.from({length: pick([0, 1, field.default.length, field.default.length, 9])}, number).join(",");
    case "rows":
      return Array.from({length: pick([0, 1, field.columns.length, 3 * field.columns.length, 99])}, number).join(",");
  }
}

/** What is wrong with a value, if anything. */
function fault(field: Field, value: unknown): string | null {
  const inRange = (n: unknown, {min, max}: {readonly min: number; readonly max: number}) =>
    typeof n === "number" && Number.isFinite(n) && n >= min && n <= max;
  switch (field.kind) {
    case "number":
      return inRange(value, field) ? null : "out of range";
    case "flag":
      return typeof value === "boolean" ? null : "no flag";
    case "choice":
      return Object.hasOwn(field.options, value as string) ? null : "no option";
    case "set":
      return Array.isArray(value) && value.every((v) => Object.hasOwn(field.options, v as string)) ? null : "no options";
    case "vector":
      return Array.isArray(value) && value.length === field.default.length && value.every((v) => inRange(v, field)) ? null : "no vector";
    case "rows": {
      const {columns, maxRows} = field;
      const whole = Array.isArray(value) && value.length % columns.length === 0 && value.length <= maxRows * columns.length;
      return whole && value.every((v, i) => inRange(v, columns[i % columns.length]!)) ? null : "no rows";
    }
  }
}

/** Numbers outside the field's range, which the reader must be told about. */
const isOutside = (field: Field, text: string): boolean =>
  field.kind === "number" && text.trim() !== "" && (Number(text) > field.max || Number(text) < field.min);

const each = Math.ceil(states / figureIds.length);

describe.each(figureIds)(`${each} states of %s`, (id) => {
  it("are parsed to valid ones without a throw, what is out of range is noted, and the address says the same again", {timeout: 60_000}, async () => {
    const {schema} = (await loadFigure(id)).definition as {readonly schema: Schema};
    for (let n = 0; n < each; n++) {
      const query = new URLSearchParams();
      for (const [name, field] of Object.entries(schema)) if (random() < 0.7) query.set(name, textFor(field));
      if (random() < 0.2) query.set(pick(hostile), pick(hostile));
      const {state, notes} = readQuery(schema, query);
      expect(Object.keys(state)).toEqual(Object.keys(schema));
      for (const [name, field] of Object.entries(schema)) {
        const text = query.get(name);
        const wrong = fault(field, state[name]);
        if (wrong) expect.fail(`${name}=${text}: ${wrong}, ${JSON.stringify(state[name])}`);
        if (text !== null && isOutside(field, text)) expect(notes.some((note) => note.startsWith(field.label)), text).toBe(true);
      }
      const again = readQuery(schema, writeQuery(schema, state));
      expect(again.notes).toEqual([]);
      expect(JSON.stringify(writeQuery(schema, again.state).toString())).toBe(JSON.stringify(writeQuery(schema, state).toString()));
    }
  });
});
