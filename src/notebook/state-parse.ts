/**
 * Untrusted state (a URL, a host page, a saved note) becomes a valid one here, once. What is out of range is clamped
 * and noted; what is unknown is ignored; what cannot be read keeps its default and is noted.
 */
import {defaultState} from "./schema.js";
import type {Field, NumberField, RowsField, Schema, StateOf} from "./schema.js";

export interface Parsed<T> {
  readonly value: T;
  /** What had to be changed, in words for the reader; null when nothing. */
  readonly note: string | null;
}

export interface ParsedState<S extends Schema> {
  readonly state: StateOf<S>;
  readonly notes: readonly string[];
}

/** Parses text (as in a URL) or plain JSON values, field by field, against the schema. */
export function parseState<S extends Schema>(schema: S, input: Readonly<Record<string, unknown>>): ParsedState<S> {
  const state: Record<string, unknown> = {...defaultState(schema)};
  const notes: string[] = [];
  for (const [name, field] of Object.entries(schema)) {
    if (!Object.hasOwn(input, name) || input[name] === undefined) continue;
    const {value, note} = parseField(field, input[name]);
    state[name] = value;
    if (note) notes.push(note);
  }
  return {state: state as StateOf<S>, notes};
}

function parseField(field: Field, input: unknown): Parsed<unknown> {
  switch (field.kind) {
    case "number":
      return parseNumber(field, input);
    case "choice":
      return typeof input === "string" && Object.hasOwn(field.options, input)
        ? {value: input, note: null}
        : unreadable(field, field.options[field.default] ?? field.default);
    case "set":
      return parseSet(field.options, field, input);
    case "flag":
      return parseFlag(field, input);
    case "vector":
      return parseVector(field, input);
    case "rows":
      return parseRows(field, input);
  }
}

function toNumber(input: unknown): number {
  if (typeof input === "number") return input;
  return typeof input === "string" && input.trim() !== "" ? Number(input) : NaN;
}

function unreadable(field: Field, shown: string): Parsed<unknown> {
  return {value: field.default, note: `${field.label}: not understood, set to ${shown}.`};
}

function parseNumber(field: NumberField, input: unknown): Parsed<unknown> {
  const wanted = toNumber(input);
  const unit = field.unit ? ` ${field.unit}` : "";
  if (Number.isNaN(wanted)) return unreadable(field, `${field.default}${unit}`);
  const clamped = Math.min(field.max, Math.max(field.min, wanted));
  const value = roundTo(clamped, field);
  if (clamped === wanted) return {value, note: null};
  return {value, note: `${field.label}: ${wanted} is outside ${field.min}–${field.max}${unit}, set to ${value}.`};
}

/** Rounds to the field's step, in decimal, so that 0.1 + 0.2 never shows. */
function roundTo(value: number, field: NumberField): number {
  const rounded = Math.round(value / field.step) * field.step;
  return Math.min(field.max, Math.max(field.min, Number(rounded.toPrecision(12))));
}

function parseSet(options: Readonly<Record<string, string>>, field: Field, input: unknown): Parsed<unknown> {
  const items = typeof input === "string" ? input.split(",").filter((item) => item !== "") : input;
  if (!Array.isArray(items)) return unreadable(field, String(field.default));
  const known = Object.keys(options).filter((option) => items.includes(option));
  const lost = items.filter((item) => !known.includes(String(item))).length;
  if (known.length === 0 && lost > 0) return unreadable(field, String(field.default));
  return {value: known, note: lost > 0 ? `${field.label}: ${lost} unknown left out.` : null};
}

function parseFlag(field: Field, input: unknown): Parsed<unknown> {
  if (input === true || input === "1" || input === "true") return {value: true, note: null};
  if (input === false || input === "0" || input === "false") return {value: false, note: null};
  return unreadable(field, field.default ? "on" : "off");
}

function parseVector(field: Field & {kind: "vector"}, input: unknown): Parsed<unknown> {
  const items: unknown = typeof input === "string" ? input.split(",") : input;
  if (!Array.isArray(items) || items.length !== field.default.length) return unreadable(field, field.default.join(", "));
  const wanted = items.map(toNumber);
  if (wanted.some(Number.isNaN)) return unreadable(field, field.default.join(", "));
  const value = wanted.map((v) => Math.min(field.max, Math.max(field.min, v)));
  const moved = value.some((v, i) => v !== wanted[i]);
  return {value, note: moved ? `${field.label}: moved into ${field.min}–${field.max}.` : null};
}

function parseRows(field: RowsField, input: unknown): Parsed<unknown> {
  const items: unknown = typeof input === "string" ? input.split(",").filter((item) => item !== "") : input;
  const width = field.columns.length;
  if (!Array.isArray(items) || items.length % width !== 0) return unreadable(field, "the default");
  const wanted = items.slice(0, width * field.maxRows).map(toNumber);
  if (wanted.some(Number.isNaN)) return unreadable(field, "the default");
  const value = wanted.map((v, i) => Math.min(field.columns[i % width]!.max, Math.max(field.columns[i % width]!.min, v)));
  const cut = items.length > wanted.length ? `only the first ${field.maxRows} kept. ` : "";
  const moved = value.some((v, i) => v !== wanted[i]) ? "moved into range. " : "";
  return {value, note: cut || moved ? `${field.label}: ${(cut + moved).trim()}` : null};
}
