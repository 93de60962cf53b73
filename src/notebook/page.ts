/** What every page has: the theme button, the backend's badge, and links that set a figure. */
import {backendBadge} from "./badge.js";
import type {FigureElement} from "./figure.js";
import {themeToggle} from "./theme.js";

document.querySelector("#theme-toggle")?.replaceWith(themeToggle());
document.querySelector("#backend-badge")?.replaceWith(backendBadge());

// "Try" links: [drag it apart](#box-playground?kind=giou&step=3) sets that figure and brings it into view.
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest?.<HTMLAnchorElement>('a[href^="#"]');
  const [name, query] = link?.getAttribute("href")?.slice(1).split("?") ?? [];
  if (!name || query === undefined) return;
  const figure = document.getElementById(name);
  if (!figure?.matches("figure.figure")) return;
  event.preventDefault();
  (figure as FigureElement).value = Object.fromEntries(new URLSearchParams(query)) as never;
  figure.dispatchEvent(new Event("input", {bubbles: true}));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  figure.scrollIntoView({block: "nearest", behavior: calm ? "auto" : "smooth"});
});
