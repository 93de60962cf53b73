/** What Framework's pages get after the build: oEmbed, offline use, pictures for readers without JavaScript, a policy. */
import {cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {catalogue} from "./catalogue.js";
import type {CataloguedFigure} from "./catalogue.js";
import {withPolicy} from "./policy.js";
import {webpSize} from "./webp-size.js";

/** Where the site will stand: oEmbed documents must name it. Pages themselves run anywhere. */
const siteUrl = new URL(process.env.SITE_URL ?? "http://localhost:3001/");

export function finishPages(): void {
  const figures = catalogue();
  if (existsSync("src/pictures")) cpSync("src/pictures", "dist/pictures", {recursive: true});
  cpSync("src/embed/manifest.webmanifest", "dist/manifest.webmanifest");
  for (const figure of figures) writeOEmbed(figure);
  for (const path of htmlFiles()) {
    const file = join("dist", path);
    const root = "../".repeat(path.split("/").length - 1) || "./";
    const figure = figures.find(({id}) => path === `embed/${id}/index.html`);
    let html = readFileSync(file, "utf8");
    html = html.replace("</head>", `${headLinks(root, figure)}</head>`);
    html = withPictures(html, root, figures, figure);
    if (!figure) html = html.replace(/(<main [^>]*>)/, `$1\n${withoutScript}`);
    writeFileSync(file, withPolicy(html, mayAskServers(path)));
  }
}

/** Pages of the tree of thoughts let a reader connect a model server of their own; no other page asks anyone anything. */
const mayAskServers = (path: string): boolean => path.startsWith("tree-of-thought/") || path.startsWith("embed/tree-of-thought/tree/");

const withoutScript =
  "<noscript><p><small>Without JavaScript the figures are pictures, and the numbers that the text takes from them are missing.</small></p></noscript>";

const htmlFiles = (): readonly string[] =>
  readdirSync("dist", {recursive: true, encoding: "utf8"})
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".html"));

function headLinks(root: string, figure: CataloguedFigure | undefined): string {
  if (!figure) {
    return `<link rel="manifest" href="${root}manifest.webmanifest">
<link rel="apple-touch-icon" href="${root}pictures/icon-192.png">
`;
  }
  return `<link rel="alternate" type="application/json+oembed" href="oembed.json" title="${escape(figure.title)}">
`;
}

/** https://oembed.com, version 1.0, as a static document: type rich, an iframe. */
function writeOEmbed({id, title, height}: CataloguedFigure): void {
  const src = new URL(`embed/${id}/`, siteUrl).href;
  const width = 800;
  const file = `dist/embed/${id}/oembed.json`;
  mkdirSync(dirname(file), {recursive: true});
  const picture = `src/pictures/${id}.webp`;
  const size = existsSync(picture) ? webpSize(picture) : undefined;
  const content = {
    version: "1.0",
    type: "rich",
    title,
    provider_name: "Workings",
    provider_url: siteUrl.href,
    html: `<iframe src="${escape(src)}" title="${escape(title)}" width="100%" height="${height}" style="border:0" loading="lazy"></iframe>`,
    width,
    height,
    ...(size && {
      thumbnail_url: new URL(`pictures/${id}.webp`, siteUrl).href,
      thumbnail_width: size.width,
      thumbnail_height: size.height
    })
  };
  writeFileSync(file, JSON.stringify(content, null, 2));
}

const block = /define\(\{id: "(\w+)"[\s\S]*?\n\}\}\);/g;

/** Beside each cell that makes a figure, its picture for a reader without JavaScript. */
function withPictures(
  html: string,
  root: string,
  figures: readonly CataloguedFigure[],
  alone: CataloguedFigure | undefined
): string {
  let found = html;
  for (const [code, cell] of html.matchAll(block)) {
    const figure = alone ?? figures.find(({id, name}) => {
      return code.includes(`figure("${id}"`) || new RegExp(`\\bview\\(${name}\\(`).test(code);
    });
    if (!figure || !existsSync(`src/pictures/${figure.id}.webp`)) continue;
    const picture = `<noscript><p><img src="${root}pictures/${figure.id}.webp" alt="${escape(figure.title)}" style="max-width:100%"></p><p><small>${escape(figure.title)}, as it opens. With JavaScript it is alive.</small></p></noscript>`;
    found = found.replace(`<!--:${cell}:-->`, (comment) => comment + picture);
  }
  return found;
}

const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
