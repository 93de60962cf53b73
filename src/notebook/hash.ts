/** A link to a figure, `/iou/#loss-surface`: figures come later than the browser looks for the anchor. */

/** Brings the figure that the address names into view once it is there, unless the reader went elsewhere meanwhile. */
export function followHash(): void {
  const name = decodeURIComponent(location.hash.slice(1));
  if (!name) return;
  const stop = new AbortController();
  const show = () => {
    const figure = document.getElementById(name) ?? document.getElementById(`${name}-place`);
    if (!figure) return;
    figure.scrollIntoView({block: "start"});
    stop.abort();
  };
  const observer = new MutationObserver(show);
  observer.observe(document.body, {childList: true, subtree: true});
  stop.signal.addEventListener("abort", () => observer.disconnect(), {once: true});
  for (const moved of ["wheel", "pointerdown", "keydown"]) addEventListener(moved, () => stop.abort(), {signal: stop.signal, once: true});
  setTimeout(() => stop.abort(), 10_000);
  show();
}
