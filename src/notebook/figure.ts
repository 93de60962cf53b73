/**
 * Contract 4, its drawing half. A figure file exports `defineFigure({...})` (shell.ts): a function from (state, options) to an
 * element that is an Observable view (`.value` is its plain-JSON state, `input` fires when the reader changes it, a
 * new `.value` may be set, and it cleans up when its cell is invalidated). The shell around it is the same for every
 * figure.
 */
import type {Schema, StateOf} from "./schema.js";
import type {Step} from "./step.js";

/** What a figure may ask of its shell. */
export interface FigureContext<S extends Schema> {
  /** Aborted when the figure's cell is invalidated: pass it to listeners, training, timers. */
  readonly signal: AbortSignal;
  /** The state at this moment. */
  state(): StateOf<S>;
  /** The reader changed something: the patch is parsed against the schema, drawn, put in the URL and can be undone. */
  change(patch: Partial<StateOf<S>>): void;
  /** A change that follows from the reader's own, such as a picked pair's boxes arriving: nothing to undo, no note lost. */
  settle(patch: Partial<StateOf<S>>): void;
  /** Shows a message under the figure, or clears it. */
  say(message: string | null): void;
  /** Tells whether the figure is on screen, now and at each change; returns a function that stops it. */
  onVisible(listener: (visible: boolean) => void): () => void;
  /** Draw again with the same state: what is shown changed for another reason (a training step, a loaded file). */
  redraw(): void;
}

/** One row of what the figure shows, for the data download. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

export interface FigureParts<S extends Schema> {
  /**
   * What is drawn. Its svg and canvas elements are what the SVG and PNG downloads hold. An element `[data-stepper]`
   * inside is where the stepper goes; otherwise it stands below.
   */
  readonly body: Element;
  /** Draws this state. Called once at the start and after every change, at most once a frame. */
  update(state: StateOf<S>): void;
  /** The numbers shown now. */
  data(): readonly Row[];
  /** The steps for this state, if the figure can be stepped through; the schema then has a number field `step`. */
  steps?(state: StateOf<S>): readonly Step[];
  /** Lights up the named parts; an empty list puts all out. */
  focus?(parts: readonly string[]): void;
}

export interface FigureDefinition<S extends Schema> {
  /** `topic/name`, as in the catalogue and in embed addresses. */
  readonly id: `${string}/${string}`;
  /** The figure's reader-facing words, in one object: a second language is one more. */
  readonly labels: {readonly title: string; readonly caption: string};
  readonly schema: S;
  create(context: FigureContext<S>): FigureParts<S>;
}

export interface FigureOptions {
  /**
   * Where the state is kept: the page's query under the figure's name, an embed's own query, or with the host: a page
   * that is not ours, whose address is not ours to write.
   */
  readonly place?: "page" | "embed" | "host";
  /** The state a host gives: text, as in a query, or plain JSON; parsed as an address is, with notes. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** Observable's promise that the cell is done. */
  readonly invalidation?: Promise<unknown>;
}

export interface FigureElement<S extends Schema = Schema> extends HTMLElement {
  value: StateOf<S>;
}

export interface Figure<S extends Schema = Schema> {
  (state?: Partial<StateOf<S>>, options?: FigureOptions): FigureElement<S>;
  readonly definition: FigureDefinition<S>;
}
