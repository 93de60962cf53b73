/** The shell around every figure: title, toolbar, controls, body, stepper, notes, caption; state, undo and redraw. */
import {html} from "htl";
import {controls} from "./controls.js";
import type {FigureContext, FigureDefinition, FigureElement, FigureOptions, Figure} from "./figure.js";
import {createHistory} from "./history.js";
import {connectState} from "./page-state.js";
import type {Schema, StateOf} from "./schema.js";
import {defaultState} from "./schema.js";
import {parseState} from "./state-parse.js";
import {stepper} from "./stepper.js";
import {toolbar} from "./toolbar.js";
import {watchVisible} from "./visible.js";

/** Makes a figure from its definition. */
export function defineFigure<S extends Schema>(definition: FigureDefinition<S>): Figure<S> {
  const figure = (state?: Partial<StateOf<S>>, options?: FigureOptions) => figureShell(definition, state, options);
  return Object.assign(figure, {definition});
}

function figureShell<S extends Schema>(
  definition: FigureDefinition<S>,
  given: Partial<StateOf<S>> = {},
  {place = "page", input, invalidation}: FigureOptions = {}
): FigureElement<S> {
  const {id, labels, schema} = definition;
  const name = id.slice(id.indexOf("/") + 1);
  const life = new AbortController();
  void invalidation?.then(() => life.abort());

  const opening = parseState(schema, {...defaultState(schema), ...given}).state;
  const link = connectState({schema, name, place, input, opening, signal: life.signal, onNavigate: (next) => adopt(next)});
  let state = link.initial.state;
  const history = createHistory<StateOf<S>>();

  const note = html`<p class="figure-note" role="status"></p>`;
  const say = (message: string | null) => (note.textContent = message ?? "");
  const root = html`<figure class="figure" id=${name} data-figure=${id} aria-label=${labels.title}></figure>`;

  let frame = 0;
  const redraw = () => {
    frame ||= requestAnimationFrame(draw);
  };
  const context: FigureContext<S> = {
    signal: life.signal,
    state: () => state,
    change: (patch) => change({...state, ...patch}),
    settle: (patch) => {
      state = parseState(schema, {...state, ...patch}).state;
      link.write(state);
      redraw();
      root.dispatchEvent(new Event("input", {bubbles: true}));
    },
    say,
    onVisible: (listener) => watchVisible(root, listener, life.signal),
    redraw
  };
  const parts = definition.create(context);
  const inputs = controls(schema, (patch) => change({...state, ...patch} as StateOf<S>));
  const steps = parts.steps && stepper({onStep: (step) => context.change({step} as never), onFocus: parts.focus});
  // A figure may seat the stepper inside its body; otherwise it stands below.
  const seat = parts.body.querySelector("[data-stepper]");
  if (steps) seat?.replaceWith(steps.element);
  const tools = toolbar({
    id,
    title: labels.title,
    root,
    undo: () => {
      const previous = history.undo();
      if (previous) adopt(previous);
    },
    reset: () => change(opening),
    query: () => link.query(state),
    state: () => state,
    data: () => parts.data(),
    say
  });

  function draw(): void {
    cancelAnimationFrame(frame);
    frame = 0;
    if (life.signal.aborted) return;
    inputs.show(state);
    tools.show({canUndo: history.size > 0});
    parts.update(state);
    if (steps && parts.steps) steps.show(parts.steps(state), Number(state.step ?? 0));
    root.dataset.ready = "";
  }

  /** Takes a valid state as it is, without recording it: undo, the back button. */
  function adopt(next: StateOf<S>): void {
    state = next;
    say(null);
    link.write(state);
    redraw();
    root.dispatchEvent(new Event("input", {bubbles: true}));
  }

  function set(wanted: StateOf<S>): void {
    const parsed = parseState(schema, wanted);
    if (differBeyondStep(state, parsed.state)) history.record(state);
    state = parsed.state;
    link.write(state);
    redraw();
    say(parsed.notes.join(" "));
  }

  function change(wanted: StateOf<S>): void {
    set(wanted);
    root.dispatchEvent(new Event("input", {bubbles: true}));
  }

  root.append(
    html`<header class="figure-head"><h3>${labels.title}</h3>${tools.element}</header>`,
    inputs.element,
    html`<div class="figure-body">${parts.body}</div>`,
    ...(steps && !seat ? [steps.element] : []),
    note,
    html`<figcaption>${labels.caption}</figcaption>`
  );
  root.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !isTyping(event.target)) {
      event.preventDefault();
      tools.undo();
    }
  });
  // As with native inputs, setting `.value` fires no event: only the reader does.
  Object.defineProperty(root, "value", {get: () => state, set: (next: Partial<StateOf<S>>) => set({...state, ...next})});
  draw();
  if (link.initial.notes.length > 0) say(link.initial.notes.join(" "));
  return root as unknown as FigureElement<S>;
}

/** Walking through steps changes nothing that a reader would want taken back. */
function differBeyondStep(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(a).some((key) => key !== "step" && String(a[key]) !== String(b[key]));
}

/** Ctrl+Z in a text input belongs to the input. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && (target.type === "number" || target.type === "text");
}
