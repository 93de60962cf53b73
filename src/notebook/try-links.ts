/** Links that set a figure: [drag it apart](#box-playground?kind=giou&step=3) sets it and brings it into view. */
import type {FigureElement} from "./figure.js";

/** Follows the "try" links of a page or of a figure's shadow tree; a link inside a figure is marked data-try. */
export function followTryLinks(root: Document | ShadowRoot): void {
  root.addEventListener("click", (event) => {
    // A new tab or window is the browser's to open; there the address says the same (hash.ts).
    if (!(event instanceof MouseEvent) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest?.<HTMLAnchorElement>("a.try, a[data-try]");
    const [name, query] = link?.getAttribute("href")?.slice(1).split("?") ?? [];
    if (!name || query === undefined) return;
    event.preventDefault();
    tryState(root, name, new URLSearchParams(query));
  });
}

/** Sets the figure and brings it into view, waiting for one that has yet to load. */
export function tryState(root: Document | ShadowRoot, name: string, query: URLSearchParams): void {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const place = root.getElementById(name) ?? root.getElementById(`${name}-place`);
  place?.scrollIntoView({block: "nearest", behavior: calm ? "auto" : "smooth"});
  if (place?.matches("figure.figure")) {
    (place as FigureElement).value = Object.fromEntries(query) as never;
    place.dispatchEvent(new Event("input", {bubbles: true}));
  } else {
    place?.addEventListener("input", () => tryState(root, name, query), {once: true});
  }
}
