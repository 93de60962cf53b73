/**
 * A figure as one HTML file that works from disk, without a network: its modules, data, workers and fonts stand inside
 * as data addresses. The modules are the ones other pages mount, found through `embed/modules.json` (build/modules.ts);
 * an import map stands in for their paths.
 */
import {siteRoot} from "../site-root.js";
import type {StandaloneFiles} from "../site-root.js";
import {dataUrl} from "./svg.js";

interface Modules {
  readonly fonts: readonly string[];
  readonly modules: Readonly<
    Record<string, {readonly entry: string; readonly chunks: readonly string[]; readonly files: readonly string[]}>
  >;
}

export interface StandaloneOptions {
  readonly id: string;
  readonly title: string;
  /** The state, as an embed's query. */
  readonly query: URLSearchParams;
  /** Where the figure stands on its page, in this state. */
  readonly source: URL;
}

/** @throws Error when the site cannot be reached, or is a preview, which has no modules */
export async function standaloneHtml({id, title, query, source}: StandaloneOptions): Promise<string> {
  const {fonts, modules} = (await (await get("embed/modules.json")).json()) as Modules;
  const module = modules[id];
  if (!module) throw new Error(`this site has no module of ${id}`);
  const [imports, files] = await Promise.all([
    carry([module.entry, ...module.chunks], async (path) => {
      return [bare(path), moduleUrl(await (await get(`embed/${path}`)).text())];
    }),
    carry([...module.files, ...fonts.map((font) => `type/${font}`)], async (path) => {
      return [path, await dataUrl(await (await get(path)).blob())];
    })
  ]);
  const carried: StandaloneFiles = {site: siteRoot().href, files};
  return page({title, source: source.href, carried, imports, entry: bare(module.entry), state: query.toString()});
}

async function get(path: string): Promise<Response> {
  const response = await fetch(new URL(path, siteRoot()));
  if (!response.ok) throw new Error(`${path} is not there (${response.status}): is this the built site?`);
  return response;
}

async function carry(
  paths: readonly string[],
  load: (path: string) => Promise<readonly [string, string]>
): Promise<Record<string, string>> {
  return Object.fromEntries(await Promise.all(paths.map(load)));
}

/** A name without a path, which an import map may give an address from wherever it is imported. */
const bare = (path: string): string => `workings/${path}`;

/** Chunks import each other by relative paths, which mean nothing from a data address. */
function moduleUrl(code: string): string {
  const renamed = code.replace(/(["'`])(?:\.{1,2}\/)+(?:chunks\/)?([\w.-]+-[A-Z0-9]{8}\.js)\1/g, (_, quote: string, file: string) => {
    return `${quote}${bare(`chunks/${file}`)}${quote}`;
  });
  const bytes = new TextEncoder().encode(renamed);
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return `data:text/javascript;base64,${btoa(text)}`;
}

interface PageParts {
  readonly title: string;
  readonly source: string;
  readonly carried: StandaloneFiles;
  readonly imports: Readonly<Record<string, string>>;
  readonly entry: string;
  readonly state: string;
}

const page = ({title, source, carried, imports, entry, state}: PageParts): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<style>
body { margin: 1.5rem auto; max-width: 68rem; padding: 0 1rem; background: light-dark(#fffefb, #15171a); }
footer { font: 0.85rem/1.5 Georgia, serif; margin-top: 2rem; color: light-dark(#54575c, #b3b1ab); }
a { color: light-dark(#0f5c9c, #7db8ea); }
</style>
<script>globalThis.workingsFiles = ${json(carried)};</script>
<script type="importmap">${json({imports})}</script>
</head>
<body>
<main></main>
<footer>A figure of <a href="${escape(source)}">Workings</a>, whole in this file: it computes here, without a network.</footer>
<script type="module">
import {mount} from ${json(entry)};
mount("main", {state: ${json(state)}, theme: "auto"});
</script>
</body>
</html>
`;

/** JSON that may stand in a script element. */
const json = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
