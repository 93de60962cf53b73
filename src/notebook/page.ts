/** What every page has: the theme button, the backend's badge, and links that set a figure. */
import {backendBadge} from "./badge.js";
import type {FigureElement} from "./figure.js";
import {themeToggle} from "./theme.js";

document.querySelector("#theme-toggle")?.replaceWith(themeToggle());
document.querySelector("#backend-badge")?.replaceWith(backendBadge());

// "Try" links: [drag it apart](#box-playground?kind=giou&step=3) sets that figure and brings it into view. A link inside
// a figure does the same, marked data-try.
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest?.<HTMLAnchorElement>("a.try, a[data-try]");
  const [name, query] = link?.getAttribute("href")?.slice(1).split("?") ?? [];
  if (!name || query === undefined) return;
  event.preventDefault();
  tryState(name, new URLSearchParams(query));
});

/** Sets the figure, waiting for one that has yet to load. */
function tryState(name: string, query: URLSearchParams): void {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const place = document.getElementById(name) ?? document.getElementById(`${name}-place`);
  place?.scrollIntoView({block: "nearest", behavior: calm ? "auto" : "smooth"});
  if (place?.matches("figure.figure")) {
    (place as FigureElement).value = Object.fromEntries(query) as never;
    place.dispatchEvent(new Event("input", {bubbles: true}));
  } else {
    place?.addEventListener("input", () => tryState(name, query), {once: true});
  }
}
