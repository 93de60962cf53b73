/** Each figure's tools: undo, reset, links and downloads. Export code loads when first asked for. */
import {html} from "htl";
import {embedSnippet, embedUrl, pageUrl} from "./figure-links.js";
import type {Row} from "./figure.js";
import {icons} from "./icons.js";

const labels = {
  tools: "Figure tools",
  undo: "Undo",
  reset: "Reset",
  link: "Copy link",
  embed: "Copy embed",
  svg: "Download SVG",
  png: "Download PNG",
  data: "Download data as CSV",
  linkCopied: "Link copied.",
  embedCopied: "Embed code copied: paste it into any page or note that takes HTML.",
  notCopied: "The browser did not allow copying. Here it is: ",
  failed: "That did not work: "
};

export interface ToolbarOptions {
  readonly id: string;
  readonly place: "page" | "embed";
  readonly root: HTMLElement;
  readonly undo: () => void;
  readonly reset: () => void;
  /** The figure's state as an embed's query. */
  readonly query: () => URLSearchParams;
  readonly data: () => readonly Row[];
  readonly say: (message: string | null) => void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  undo(): void;
  show(state: {canUndo: boolean}): void;
}

export function toolbar(options: ToolbarOptions): Toolbar {
  const {id, root, undo, reset, query, data, say} = options;
  const fileName = id.replaceAll("/", "-");

  const copy = async (text: string, done: string) => {
    try {
      await navigator.clipboard.writeText(text);
      say(done);
    } catch {
      say(labels.notCopied + text);
    }
  };
  const exporting = (run: (exports: typeof import("./export/download.js")) => void | Promise<void>) => async () => {
    try {
      await run(await import("./export/download.js"));
    } catch (error) {
      say(labels.failed + (error instanceof Error ? error.message : String(error)));
    }
  };

  const undoButton = tool(labels.undo, icons.undo, undo) as HTMLButtonElement;
  const element = html`<div class="toolbar" role="toolbar" aria-label=${labels.tools}>
    ${undoButton}
    ${tool(labels.reset, icons.reset, reset)}
    ${tool(labels.link, icons.link, () => void copy(pageUrl(id, query()).href, labels.linkCopied))}
    ${tool(labels.embed, icons.embed, () => void copy(embedSnippet(id, query(), root), labels.embedCopied))}
    ${tool(labels.svg, "SVG", exporting(({downloadSvg}) => downloadSvg(root, fileName, embedUrl(id, query()))))}
    ${tool(labels.png, "PNG", exporting(({downloadPng}) => downloadPng(root, fileName)))}
    ${tool(labels.data, "CSV", exporting(({downloadCsv}) => downloadCsv(data(), fileName)))}
  </div>`;
  return {
    element,
    undo,
    show({canUndo}) {
      undoButton.disabled = !canUndo;
    }
  };
}

function tool(label: string, sign: string | (() => Element), action: () => unknown): HTMLElement {
  const button = html`<button type="button" aria-label=${label} title=${label}>${
    typeof sign === "string" ? sign : sign()
  }</button>`;
  button.addEventListener("click", () => void action());
  return button;
}
