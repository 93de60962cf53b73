/** Each figure's tools: undo, reset, links and downloads. Export code loads when first asked for. */
import {html} from "htl";
import {elementSnippet, embedSnippet, embedUrl, markdownSnippet, moduleSnippet, pageUrl} from "./figure-links.js";
import type {Row} from "./figure.js";
import {icons} from "./icons.js";
import {isStandalone} from "./site-root.js";
import {toolMenu} from "./tool-menu.js";

const labels = {
  tools: "Figure tools",
  undo: "Undo",
  reset: "Reset",
  link: "Copy link",
  embed: "Copy embed",
  svg: "Download SVG",
  png: "Download PNG",
  data: "Download data as CSV",
  more: "More",
  standalone: "Download standalone HTML",
  standaloneHint: "one file, works offline from disk, in this state",
  module: "Copy ES module",
  moduleHint: "mounts the figure in your own page",
  element: "Copy custom element",
  elementHint: "the same as a tag",
  markdown: "Copy Markdown, download picture",
  markdownHint: "a picture that links back to this state",
  json: "Download data as JSON",
  jsonHint: "the numbers, the state and the link",
  gathering: "Gathering the figure's parts…",
  standaloneDone: "Saved: the file opens from disk, without a network.",
  moduleCopied: "Module code copied: paste it into any HTML page.",
  elementCopied: "Element copied: paste it into any HTML page.",
  markdownCopied: "Markdown copied; put the downloaded picture beside your note.",
  linkCopied: "Link copied.",
  embedCopied: "Embed code copied: paste it into any page or note that takes HTML.",
  notCopied: "The browser did not allow copying. Here it is: ",
  failed: "That did not work: "
};

export interface ToolbarOptions {
  readonly id: string;
  readonly title: string;
  readonly root: HTMLElement;
  readonly undo: () => void;
  readonly reset: () => void;
  /** The figure's state as an embed's query. */
  readonly query: () => URLSearchParams;
  readonly state: () => unknown;
  readonly data: () => readonly Row[];
  readonly say: (message: string | null) => void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  undo(): void;
  show(state: {canUndo: boolean}): void;
}

export function toolbar(options: ToolbarOptions): Toolbar {
  const {id, title, root, undo, reset, query, data, say} = options;
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
  const source = () => pageUrl(id, query());
  const menu = toolMenu(labels.more, [
    {label: labels.module, hint: labels.moduleHint, action: () => copy(moduleSnippet(id, query()), labels.moduleCopied)},
    {label: labels.element, hint: labels.elementHint, action: () => copy(elementSnippet(id, query()), labels.elementCopied)},
    {
      label: labels.markdown,
      hint: labels.markdownHint,
      action: async () => {
        await copy(markdownSnippet(id, query(), title), labels.markdownCopied);
        await exporting(({downloadPng}) => downloadPng(root, fileName))();
      }
    },
    {
      label: labels.json,
      hint: labels.jsonHint,
      action: exporting(({downloadJson}) => {
        downloadJson({id, title, state: options.state(), source: source(), rows: data()}, fileName);
      })
    },
    ...(isStandalone() ? [] : [{label: labels.standalone, hint: labels.standaloneHint, action: () => standalone()}])
  ]);
  const standalone = exporting(async ({downloadHtml}) => {
    say(labels.gathering);
    await downloadHtml({id, title, query: query(), source: source()}, fileName);
    say(labels.standaloneDone);
  });
  const element = html`<div class="toolbar" role="toolbar" aria-label=${labels.tools}>
    ${undoButton}
    ${tool(labels.reset, icons.reset, reset)}
    ${tool(labels.link, icons.link, () => void copy(source().href, labels.linkCopied))}
    ${tool(labels.embed, icons.embed, () => void copy(embedSnippet(id, query(), root), labels.embedCopied))}
    ${tool(labels.svg, "SVG", exporting(({downloadSvg}) => downloadSvg(root, fileName, embedUrl(id, query()))))}
    ${tool(labels.png, "PNG", exporting(({downloadPng}) => downloadPng(root, fileName)))}
    ${tool(labels.data, "CSV", exporting(({downloadCsv}) => downloadCsv(data(), fileName)))}
    ${menu}
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
