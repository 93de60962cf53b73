/** Keeps a figure's state in the address: read at the start, written as the reader goes, followed on back and links. */
import type {Schema, StateOf} from "./schema.js";
import {parseState} from "./state-parse.js";
import type {ParsedState} from "./state-parse.js";
import {readQuery, writeQuery} from "./state-url.js";

export interface StateLink<S extends Schema> {
  readonly initial: ParsedState<S>;
  /** Puts the state in the address, a moment later: browsers refuse more than a few hundred writes a minute. */
  write(state: StateOf<S>): void;
  /** `state` as an embed's query, whole: it does not depend on the page around the figure. */
  query(state: StateOf<S>): URLSearchParams;
}

interface StateLinkOptions<S extends Schema> {
  readonly schema: S;
  readonly name: string;
  readonly place: "page" | "embed" | "host";
  /** The state a host gives, where the address is not ours. */
  readonly input?: Readonly<Record<string, unknown>> | undefined;
  /** What the page gives the figure where the address says nothing. */
  readonly opening: StateOf<S>;
  readonly signal: AbortSignal;
  /** A link on the page, or the back button, asks for this state. */
  readonly onNavigate: (state: StateOf<S>) => void;
}

export function connectState<S extends Schema>(options: StateLinkOptions<S>): StateLink<S> {
  const {schema, name, place, opening, signal, onNavigate} = options;
  const query = (state: StateOf<S>) => writeQuery(schema, state);
  if (place === "host") return {initial: parseState(schema, {...opening, ...options.input}), write: () => undefined, query};
  const prefix = place === "embed" ? "" : `${name}.`;
  const current = () => new URLSearchParams(location.search);

  const fromQuery = (query: URLSearchParams): ParsedState<S> => readQuery(schema, query, {prefix, base: opening});

  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (state: StateOf<S>) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const text = writeQuery(schema, state, {query: current(), prefix, base: opening}).toString();
      history.replaceState(history.state, "", `${location.pathname}${text ? `?${text}` : ""}${location.hash}`);
    }, 200);
  };
  addEventListener("popstate", () => onNavigate(fromQuery(current()).state), {signal});
  signal.addEventListener("abort", () => clearTimeout(timer), {once: true});
  return {
    initial: fromQuery(current()),
    write,
    query
  };
}
