/**
 * A figure in anyone's page, as an ES module: `mount` of `embed/<topic>/<figure>.js`. It lives in a shadow tree, so
 * that neither page's styles reach the other, and keeps its state to itself: the host's address is the host's.
 */
import {html} from "htl";
import {faces} from "workings:fonts";
import {styles} from "workings:style";
import {backendBadge} from "../notebook/badge.js";
import type {Figure, FigureElement} from "../notebook/figure.js";
import {siteFile} from "../notebook/site-root.js";
import {addThemeRoot} from "../notebook/theme.js";
import {followTryLinks} from "../notebook/try-links.js";

/** Plain JSON, as the figure's schema describes it. */
export type State = Readonly<Record<string, unknown>>;

export interface MountOptions {
  /** What the figure opens with: plain JSON, or a copied link's address or query. What it does not say is as ever. */
  readonly state?: State | string;
  /** Colours as the host's (`color-scheme`), unless given; "auto" follows the reader's system. */
  readonly theme?: "light" | "dark" | "auto";
  /** Called whenever the reader changed something. */
  readonly onChange?: (state: State) => void;
}

export interface Mounted {
  /** The element put into the host. */
  readonly element: HTMLElement;
  /** The figure's state; setting it draws it, and what is out of range is clamped and noted under the figure. */
  value: State;
  /** Stops all work and takes the figure out of the page. */
  unmount(): void;
}

export type Mount = (host: Element | string, options?: MountOptions) => Mounted;

/** The module has told the site's root by then (build/modules.ts): from there the figure has its fonts and data. */
export function mounter(figure: Figure): Mount {
  return (host, options = {}) => {
    const parent = typeof host === "string" ? document.querySelector(host) : host;
    if (!parent) throw new Error(`there is no element ${String(host)} to mount the figure in`);
    loadFonts();
    return mountFigure(figure, parent, options);
  };
}

function mountFigure(figure: Figure, parent: Element, {state, theme, onChange}: MountOptions): Mounted {
  const ending = new AbortController();
  const invalidation = new Promise<void>((resolve) => {
    ending.signal.addEventListener("abort", () => resolve(), {once: true});
  });
  const {id} = figure.definition;
  const element = html`<div data-workings=${id}></div>`;
  const shadow = element.attachShadow({mode: "open"});
  shadow.adoptedStyleSheets = [styleSheet()];
  const root = html`<div class="workings"></div>`;
  if (theme) root.dataset.theme = theme;
  addThemeRoot(root, ending.signal);
  shadow.append(root);
  // In the page before the figure is made: it measures what it draws.
  parent.append(element);
  const made = figure(undefined, {place: "host", input: toInput(state, id), invalidation}) as FigureElement;
  root.append(made, backendBadge(ending.signal));
  followTryLinks(shadow);
  // An `input` event made by the figure ends at the shadow's edge; the host hears one of its own.
  made.addEventListener("input", (event) => {
    if (event.target !== made) return;
    onChange?.(made.value);
    element.dispatchEvent(new CustomEvent("workings:change", {bubbles: true, detail: made.value}));
  });
  return {
    element,
    get value() {
      return made.value;
    },
    set value(next) {
      made.value = next as typeof made.value;
    },
    unmount() {
      ending.abort();
      element.remove();
    }
  };
}

/** A page's link names the figure before each key (`box-playground.kind`); an embed's query does not. */
function toInput(state: State | string | undefined, id: string): State {
  if (typeof state !== "string") return state ?? {};
  const query = state.includes("?") ? state.slice(state.indexOf("?") + 1) : state;
  const prefix = `${id.slice(id.indexOf("/") + 1)}.`;
  const pairs = [...new URLSearchParams(query.split("#")[0])];
  return Object.fromEntries(pairs.map(([key, value]) => [key.startsWith(prefix) ? key.slice(prefix.length) : key, value]));
}

let sheet: CSSStyleSheet | undefined;

function styleSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
  }
  return sheet;
}

let fontsLoaded = false;

/** A shadow tree's @font-face is not heard; the document's fonts are. A face is fetched when a letter needs it. */
function loadFonts(): void {
  if (fontsLoaded) return;
  fontsLoaded = true;
  for (const {family, weight, style, file} of faces) {
    document.fonts.add(new FontFace(family, `url(${siteFile(`type/${file}`)})`, {weight, style, display: "swap"}));
  }
}
