/** Where a figure can be reached: on its page, alone for embedding, and as code to paste into notes. */
import {siteRoot} from "./site-root.js";

/** The figure's own chrome-less page, with its state. */
export function embedUrl(id: string, query: URLSearchParams): URL {
  const url = new URL(`embed/${id}/`, siteRoot());
  url.search = query.toString();
  return url;
}

/** The figure on its topic's page, with its state. */
export function pageUrl(id: string, query: URLSearchParams): URL {
  const [topic, name] = id.split("/") as [string, string];
  const url = new URL(`${topic}/`, siteRoot());
  url.search = new URLSearchParams([...query].map(([key, value]) => [`${name}.${key}`, value])).toString();
  url.hash = name;
  return url;
}

/** The message an embedded figure sends its host whenever its height changes. */
export interface SizeMessage {
  readonly type: "workings:size";
  readonly figure: string;
  readonly height: number;
}

/**
 * An iframe and the few lines that let it size itself. Hosts that strip scripts show it at today's height; the
 * listener trusts a message only if it comes from that very frame.
 */
export function embedSnippet(id: string, query: URLSearchParams, figure: HTMLElement): string {
  const title = figure.getAttribute("aria-label") ?? id;
  const height = Math.ceil(figure.getBoundingClientRect().height) + 16;
  const frame = `<iframe src="${escapeAttribute(embedUrl(id, query).href)}" title="${escapeAttribute(title)}" width="100%" height="${height}" style="border:0" loading="lazy"></iframe>`;
  const script = `<script>(f=>addEventListener("message",e=>{if(e.source===f.contentWindow&&e.data?.type==="workings:size")f.style.height=e.data.height+"px"}))(document.currentScript.previousElementSibling)</script>`;
  return frame + script;
}

/** A few lines that mount the figure, in its state, in an element of their own page. */
export function moduleSnippet(id: string, query: URLSearchParams): string {
  const element = id.replaceAll("/", "-");
  const state = query.size > 0 ? `, {state: ${JSON.stringify(query.toString()).replaceAll("<", "\\u003c")}}` : "";
  return `<div id="${element}"></div>
<script type="module">
  import {mount} from "${new URL(`embed/${id}.js`, siteRoot()).href}";
  mount("#${element}"${state});
</script>`;
}

/** The same as an element. The script is needed once a page. */
export function elementSnippet(id: string, query: URLSearchParams): string {
  const state = query.size > 0 ? ` state="${escapeAttribute(query.toString())}"` : "";
  return `<script type="module" src="${new URL("embed/element.js", siteRoot()).href}"></script>
<workings-figure figure="${id}"${state}></workings-figure>`;
}

/** The figure's picture, a file beside the note, that leads to the figure alive in this state. */
export function markdownSnippet(id: string, query: URLSearchParams, title: string): string {
  const live = pageUrl(id, query).href.replaceAll("(", "%28").replaceAll(")", "%29");
  const name = title.replace(/[[\]\\]/g, "\\$&");
  return `[![${name}](${id.replaceAll("/", "-")}.png)](${live})`;
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})[c] ?? c);
}
