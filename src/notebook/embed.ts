/** An embed page: one figure without chrome, its state from the address, its height told to the host page. */
import {html} from "htl";
import {backendBadge} from "./badge.js";
import type {Figure} from "./figure.js";
import type {SizeMessage} from "./figure-links.js";

/** Shows the figure and keeps its host informed. Any origin may embed: the message carries a height and no more. */
export async function showEmbed(load: () => Promise<Figure>, invalidation: Promise<unknown>): Promise<HTMLElement> {
  document.documentElement.classList.add("embedded");
  const figure = await load();
  const element = figure(undefined, {place: "embed", invalidation});
  document.title = figure.definition.labels.title;
  const observer = new ResizeObserver(() => {
    const message: SizeMessage = {
      type: "workings:size",
      figure: figure.definition.id,
      height: Math.ceil(document.documentElement.getBoundingClientRect().height)
    };
    parent.postMessage(message, "*");
  });
  observer.observe(document.documentElement);
  void invalidation.then(() => observer.disconnect());
  return html`<div>${element}${backendBadge()}</div>`;
}
