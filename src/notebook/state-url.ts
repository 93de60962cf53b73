/**
 * A figure's state in the URL's query: `box-playground.kind=ciou` on a page of many figures, `kind=ciou` in an embed.
 * Only what differs from the default is written, so an untouched page keeps a clean address.
 */
import {parseState} from "./state-parse.js";
import type {ParsedState} from "./state-parse.js";
import {defaultState} from "./schema.js";
import type {Field, Schema, StateOf} from "./schema.js";

interface QueryOptions<S extends Schema> {
  /** What the figure's keys start with on a page of many figures. */
  readonly prefix?: string;
  /** What an absent key means; the schema's defaults unless the page opens the figure otherwise. */
  readonly base?: StateOf<S>;
}

/** Reads a figure's state from a query. */
export function readQuery<S extends Schema>(
  schema: S,
  query: URLSearchParams,
  {prefix = "", base = defaultState(schema)}: QueryOptions<S> = {}
): ParsedState<S> {
  const input: Record<string, unknown> = {...base};
  for (const name of Object.keys(schema)) {
    const text = query.get(prefix + name);
    if (text !== null) input[name] = text;
  }
  return parseState(schema, input);
}

/** A copy of `query` in which the figure's keys say `state`; other figures' keys are left as they are. */
export function writeQuery<S extends Schema>(
  schema: S,
  state: StateOf<S>,
  {query, prefix = "", base = defaultState(schema)}: QueryOptions<S> & {readonly query?: URLSearchParams} = {}
): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const [name, field] of Object.entries(schema)) {
    const text = toText(field, state[name]);
    if (text === toText(field, base[name])) next.delete(prefix + name);
    else next.set(prefix + name, text);
  }
  return next;
}

function toText(field: Field, value: unknown): string {
  if (field.kind === "flag") return value ? "1" : "0";
  if (Array.isArray(value)) return value.map((item) => (typeof item === "number" ? shortNumber(item) : item)).join(",");
  return typeof value === "number" ? shortNumber(value) : String(value);
}

/** Nine digits: far below what a pixel can show, and a readable address. */
function shortNumber(value: number): string {
  return String(Number(value.toPrecision(9)));
}
