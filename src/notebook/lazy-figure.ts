/**
 * A figure that loads when the reader comes near it; its place is kept, so nothing jumps. Whoever prints the page before
 * that gets the figure's picture: browsers load a lazy image for paper, but wait for no script.
 */
import {html} from "htl";
import type {Figure, FigureElement, FigureOptions} from "./figure.js";
import type {Schema} from "./schema.js";
import {siteRoot} from "./site-root.js";

const labels = {opening: ", as it opens."};

export interface LazyFigureOptions extends FigureOptions {
  readonly id: string;
  readonly title: string;
  /** Height to keep free until the figure is there, in pixels. */
  readonly height: number;
}

export function lazyFigure(load: () => Promise<Figure>, options: LazyFigureOptions): HTMLElement {
  const {id, title, height, invalidation} = options;
  const picture = new URL(`pictures/${id}.webp`, siteRoot()).href;
  const place = html`<div class="figure-place" id=${`${id.slice(id.indexOf("/") + 1)}-place`}
    style=${`min-height:${height}px`}><p class="figure-loading">${title}</p>
    <div class="figure-on-paper"><img loading="lazy" src=${picture} alt=${title}><p>${title}${labels.opening}</p></div></div>`;
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) start();
    },
    {rootMargin: "800px"}
  );
  const start = () => {
    observer.disconnect();
    load().then(show, fail);
  };
  const show = (figure: Figure) => {
    const element = figure(undefined, options);
    Object.defineProperty(place, "value", {
      get: () => element.value,
      set: (value: FigureElement<Schema>["value"]) => (element.value = value)
    });
    place.replaceChildren(element);
    place.style.minHeight = "";
    element.dispatchEvent(new Event("input", {bubbles: true}));
  };
  const fail = (error: unknown) => {
    const retry = html`<button type="button">Try again</button>`;
    retry.addEventListener("click", start);
    place.replaceChildren(html`<p class="figure-note" role="alert">${title} did not load: ${String(error)} ${retry}</p>`);
  };
  observer.observe(place);
  void invalidation?.then(() => observer.disconnect());
  return place;
}
