/** Signs for buttons, drawn: fonts differ in which they have. `data-icon` keeps them out of exported pictures. */
import {svg} from "htl";

const outline = (path: string) => () =>
  svg`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" data-icon><path d=${path} fill="none"
    stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"></path></svg>`;

const solid = (path: string) => () =>
  svg`<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" data-icon><path d=${path}
    fill="currentColor"></path></svg>`;

export const icons = {
  undo: outline("M5.5 3 2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8H6"),
  reset: outline("M13 8a5 5 0 1 1-1.6-3.7M13.3 2v3h-3"),
  link: outline(
    "M6.5 9.5a3 3 0 0 0 4.2 0l2.2-2.2a3 3 0 0 0-4.2-4.2l-.8.8M9.5 6.5a3 3 0 0 0-4.2 0L3.1 8.7a3 3 0 0 0 4.2 4.2l.8-.8"
  ),
  embed: outline("M5 4 1.5 8 5 12M11 4l3.5 4-3.5 4M9 3 7 13"),
  first: solid("M2 2h2v12H2zM14 2v12L5 8z"),
  previous: outline("M10 3 5 8l5 5"),
  play: solid("M4 2v12l9-6z"),
  pause: solid("M3 2h4v12H3zM9 2h4v12H9z"),
  next: outline("m6 3 5 5-5 5"),
  last: solid("M12 2h2v12h-2zM2 2v12l9-6z"),
  stop: solid("M3 3h10v10H3z")
} as const;

export type IconName = keyof typeof icons;
