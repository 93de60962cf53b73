/** Each form in which a figure leaves the site, at work: frame, module, element, file, picture. */
import {html} from "htl";
import type {Mount} from "../../embed/mount.js";
import {elementSnippet, embedUrl, moduleSnippet} from "../../notebook/figure-links.js";
import {siteRoot} from "../../notebook/site-root.js";

const id = "iou/same-distance";
const query = new URLSearchParams({distance: "l1-center"});

const labels = {
  frame: "A frame",
  frameText: "Works wherever HTML does. It tells its height to the page around it, and the copied line listens.",
  module: "An ES module",
  moduleText: "The figure in your own page's code, its state yours to read and to set.",
  element: "A custom element",
  elementText: "The same as a tag: for Markdown that lets HTML through.",
  start: "Run this code here",
  preview: "Modules are made by the build: npm run build, then npm run serve.",
  file: "A file",
  fileText: "Download standalone HTML, in any figure's “More” menu, saves the figure with its code, data and fonts as one file. Open it from disk, in a train, in ten years.",
  numbers: "A picture, and the numbers",
  numbersText: "SVG and PNG (twice the size, for slides), CSV and JSON. Copy Markdown, download picture makes a picture that leads back to the live state:"
};

export function forms(invalidation: Promise<unknown>): HTMLElement {
  const code = (text: string) => html`<pre><code>${text}</code></pre>`;
  const src = embedUrl(id, query).href;
  const frame = html`<iframe src=${src} title=${labels.frame} width="100%" height="530" loading="lazy" style="border:0"></iframe>` as
    HTMLIFrameElement;
  const onSize = ({source, data}: MessageEvent<{type?: string; height?: number} | undefined>) => {
    if (source === frame.contentWindow && data?.type === "workings:size") frame.style.height = `${data.height}px`;
  };
  addEventListener("message", onSize);
  void invalidation.then(() => removeEventListener("message", onSize));
  const form = (title: string, text: string, ...content: (Element | string)[]) =>
    html`<section><h3>${title}</h3><p class="note-form">${text}</p>${content}</section>`;
  return html`<div class="forms">
    ${form(labels.frame, labels.frameText, code(`<iframe src="${src}" width="100%" height="530"></iframe>`), frame)}
    ${form(labels.module, labels.moduleText, code(moduleSnippet(id, query)), runner((place) => runModule(place, invalidation)))}
    ${form(labels.element, labels.elementText, code(elementSnippet(id, query)), runner(runElement))}
    ${form(labels.file, labels.fileText)}
    ${form(labels.numbers, labels.numbersText, code(`[![Same distance, different IoU](iou-same-distance.png)](${siteRoot().href}iou/?same-distance.distance=l1-center#same-distance)`))}
  </div>`;
}

/** The code runs when the reader asks: three live copies of a figure at once would be a lot to open a page with. */
function runner(run: (place: HTMLElement) => Promise<void>): HTMLElement {
  const place = html`<div></div>`;
  const button = html`<button type="button">${labels.start}</button>`;
  button.addEventListener("click", () => {
    button.remove();
    run(place).catch((error: unknown) => place.append(`${labels.preview} (${String(error)})`));
  });
  return html`<div>${button}${place}</div>`;
}

async function runModule(place: HTMLElement, invalidation: Promise<unknown>): Promise<void> {
  const address = new URL(`embed/${id}.js`, siteRoot()).href;
  const {mount} = (await import(address)) as {readonly mount: Mount};
  const {unmount} = mount(place, {state: query.toString(), theme: themeHere()});
  void invalidation.then(unmount);
}

async function runElement(place: HTMLElement): Promise<void> {
  await import(new URL("embed/element.js", siteRoot()).href);
  place.append(html`<workings-figure figure=${id} state=${query.toString()} theme=${themeHere()}></workings-figure>`);
}

const themeHere = (): "light" | "dark" | "auto" => {
  const theme = document.documentElement.dataset.theme;
  return theme === "light" || theme === "dark" ? theme : "auto";
};
