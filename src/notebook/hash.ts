/** Links to a figure: `/iou/#loss-surface`, and with a state for it, `/iou/#box-playground?kind=giou`, as "try" links are. */
import {tryState} from "./try-links.js";

/** Follows the address's hash, now and whenever it changes. Figures come later than the browser looks for the anchor. */
export function followHash(): void {
  let stop = new AbortController();
  const follow = () => {
    stop.abort();
    stop = new AbortController();
    if (location.hash.length > 1) followWhenThere(location.hash.slice(1), stop);
  };
  addEventListener("hashchange", follow);
  follow();
}

/** Brings the figure into view, and sets it, once it is there, unless the reader went elsewhere meanwhile. */
function followWhenThere(hash: string, stop: AbortController): void {
  const [encoded, query] = hash.split("?") as [string, string?];
  const name = decoded(encoded);
  const show = () => {
    const figure = document.getElementById(name) ?? document.getElementById(`${name}-place`);
    if (!figure) return;
    stop.abort();
    if (query === undefined) figure.scrollIntoView({block: "start"});
    else {
      // The state belongs to the figure now, which writes it to the address: a reload must not bring this one back.
      history.replaceState(history.state, "", `${location.pathname}${location.search}#${encoded}`);
      tryState(document, name, new URLSearchParams(query));
    }
  };
  const observer = new MutationObserver(show);
  observer.observe(document.body, {childList: true, subtree: true});
  stop.signal.addEventListener("abort", () => observer.disconnect(), {once: true});
  for (const moved of ["wheel", "pointerdown", "keydown"]) addEventListener(moved, () => stop.abort(), {signal: stop.signal, once: true});
  setTimeout(() => stop.abort(), 10_000);
  show();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
