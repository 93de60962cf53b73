import {figureIds} from "./src/figures.js";
import {questionList} from "./src/question-list.js";
import {rooms} from "./src/rooms.js";
import {typeFiles} from "./src/type/files.js";

// Framework reports usage to its vendor unless told not to; readers' and builders' machines stay quiet.
process.env.OBSERVABLE_TELEMETRY_DISABLE = "true";

/** Relative path from a page to the site's root, so that the built site works from any sub-path. */
const toRoot = (path: string) => "../".repeat(path.split("/").length - 2) || "./";

// Framework leaves <html> without a language and forbids zooming (maximum-scale=1); the second viewport wins.
// The theme is set before the first paint, so that a dark reader sees no white flash.
const head = ({path}: {path: string}) => `
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<script>document.documentElement.lang="en";try{const t=localStorage.getItem("workings:theme");if(t)document.documentElement.dataset.theme=t}catch{}</script>
<script type="module" src="/notebook/page.js"></script>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect x='3' y='3' width='19' height='19' fill='none' stroke='%231f6fb4' stroke-width='3'/%3E%3Crect x='11' y='11' width='18' height='18' fill='%23d9731a' fill-opacity='.35' stroke='%23d9731a' stroke-width='3'/%3E%3C/svg%3E">
<link rel="stylesheet external" href="${toRoot(path)}type/type.css">
<link rel="stylesheet external" href="${toRoot(path)}type/katex.css">`;

const header = ({path}: {path: string}) => {
  if (path.startsWith("/embed/")) return "";
  const links = rooms.map(({path: room, name}) => {
    const current = path.startsWith(room) ? ' aria-current="page"' : "";
    return `<a href="${room}"${current}>${name}</a>`;
  });
  return `<a class="brand" href="/">Workings</a><nav aria-label="Topics">${links.join("")}</nav>
<span class="spacer"></span><a class="quiet-link" href="/notes/">Into your notes</a><span id="backend-badge"></span><span id="theme-toggle"></span>`;
};

const footer = ({path}: {path: string}) =>
  path.startsWith("/embed/")
    ? ""
    : "Every number on these pages is computed in your browser, now. Nothing you enter leaves it, unless you connect a model server of your own.";

interface LinkToken {
  readonly content: string;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}
interface MarkdownIt {
  renderer: {rules: Record<string, unknown>; renderToken(tokens: LinkToken[], index: number, options: unknown): string};
}

/** The front door's list of questions stands in the page's HTML, not in a script. */
function questions(md: MarkdownIt): MarkdownIt {
  md.renderer.rules.html_block = (tokens: LinkToken[], index: number) => {
    return tokens[index]!.content.replace("<!-- every question -->", () => questionList());
  };
  return md;
}

/** Marks "try" links, `#figure?state`, so that Framework does not look for such an anchor in the page's source. */
function tryLinks(md: MarkdownIt): MarkdownIt {
  md.renderer.rules.link_open = (tokens: LinkToken[], index: number, options: unknown) => {
    const token = tokens[index]!;
    if (/^#[\w-]+\?/.test(token.attrGet("href") ?? "")) {
      token.attrSet("rel", "external");
      token.attrSet("class", "try");
    }
    return md.renderer.renderToken(tokens, index, options);
  };
  return md;
}

export default {
  root: "src",
  output: "dist",
  title: "Workings",
  pages: [
    ...rooms.map(({path, name}) => ({path, name})),
    {path: "/notes/", name: "Into your notes"},
    {path: "/checks/", name: "Checks"}
  ],
  sidebar: false,
  toc: false,
  pager: false,
  search: false,
  style: "style.css",
  globalStylesheets: [],
  markdownIt: (md: MarkdownIt) => questions(tryLinks(md)),
  head,
  header,
  footer,
  dynamicPaths: [...typeFiles.map((file) => `/type/${file}`), ...figureIds.map((id) => `/embed/${id}/`)]
};
