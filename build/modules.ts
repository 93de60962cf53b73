/**
 * The figures as ES modules: `dist/embed/<topic>/<figure>.js`, what they share in `embed/chunks/`, workers whole in
 * `embed/workers/`, and `embed/modules.json`, which says what a standalone file of a figure has to carry.
 */
import {readFileSync, readdirSync, writeFileSync} from "node:fs";
import {basename, dirname, join, relative, resolve} from "node:path";
import {build} from "esbuild";
import type {Metafile, Plugin} from "esbuild";
import {typeFiles} from "../src/type/files.js";
import {catalogue} from "./catalogue.js";
import {fontFaces, shadowStyle} from "./shadow-style.js";

const shared = {bundle: true, minify: true, target: "es2022", format: "esm", legalComments: "none", logLevel: "warning"} as const;

/** @returns how many figures have a module */
export async function buildModules(): Promise<number> {
  const figures = catalogue();
  const style = await shadowStyle();
  const carried = new Map<string, readonly string[]>();
  const {metafile} = await build({
    ...shared,
    entryPoints: [
      ...figures.map(({id}) => ({in: `figure:${id}`, out: id as string})),
      {in: "src/embed/element.ts", out: "element"}
    ],
    outdir: "dist/embed",
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    metafile: true,
    plugins: [entries(), made("style", {styles: style}), made("fonts", {faces: fontFaces(typeFiles)}), files(carried)]
  });
  const modules = Object.fromEntries(figures.map(({id}) => [id, carries(metafile, `dist/embed/${id}.js`, carried)]));
  writeFileSync("dist/embed/modules.json", JSON.stringify({fonts: typeFiles.filter((f) => f.endsWith(".woff2")), modules}));
  return figures.length;
}

/** A figure's entry: its `mount`, told where the site is by its own address. */
function entries(): Plugin {
  return {
    name: "entries",
    setup({onResolve, onLoad}) {
      onResolve({filter: /^figure:/}, ({path}) => ({path: path.slice("figure:".length), namespace: "figure"}));
      onLoad({filter: /.*/, namespace: "figure"}, ({path}) => {
        const {file, name, called} = catalogue().find(({id}) => id === path)!;
        const contents = `
          import {${name}} from "../${file}";
          import {setSiteRoot} from "../notebook/site-root.js";
          import {mounter} from "./mount.js";
          const here = import.meta.url;
          if (!here.startsWith("data:")) setSiteRoot(new URL("../../", here));
          export const mount = mounter(${called ? `await ${name}()` : name});`;
        return {contents, loader: "ts", resolveDir: resolve("src/embed")};
      });
    }
  };
}

/** A module `workings:<name>` that exports what was made at the build. */
function made(name: string, exports: Readonly<Record<string, unknown>>): Plugin {
  const contents = Object.entries(exports).map(([key, value]) => `export const ${key} = ${JSON.stringify(value)};`).join("\n");
  return {
    name,
    setup({onResolve, onLoad}) {
      onResolve({filter: new RegExp(`^workings:${name}$`)}, ({path}) => ({path, namespace: name}));
      onLoad({filter: /.*/, namespace: name}, () => ({contents, loader: "js"}));
    }
  };
}

/** Framework's two ways to name a file at run time, in terms of the site's root; `carried` learns who needs which. */
function files(carried: Map<string, readonly string[]>): Plugin {
  return {
    name: "files",
    setup({onLoad}) {
      onLoad({filter: /[\\/]src[\\/].*\.ts$/}, async ({path}) => {
        const source = readFileSync(path, "utf8");
        if (!source.includes("observablehq:stdlib") && !source.includes("import.meta.resolve")) return undefined;
        const needs: string[] = [];
        const need = (file: string) => (needs.push(file), JSON.stringify(file));
        const workers = new Map<string, string>();
        for (const [, name = ""] of source.matchAll(/import\.meta\.resolve\("([^"]+)"\)/g)) {
          workers.set(name, await buildWorker(join(dirname(path), name.replace(/\.js$/, ".ts"))));
        }
        const contents = source
          .replace('import {FileAttachment} from "observablehq:stdlib"', importOf(path, "attachedFile", "embed/attached-file.js"))
          .replace(/FileAttachment\("([^"]+)"\)/g, (_, name: string) => `attachedFile(${need(builtFile(path, name))})`)
          .replace(/import\.meta\.resolve\("([^"]+)"\)/g, (_, name: string) => `siteFile(${need(workers.get(name)!)})`);
        carried.set(relative(".", path).replaceAll("\\", "/"), needs);
        const prelude = workers.size > 0 ? `${importOf(path, "siteFile", "notebook/site-root.js")};\n` : "";
        return {contents: prelude + contents, loader: "ts"};
      });
    }
  };
}

function importOf(from: string, name: string, file: string): string {
  const path = relative(dirname(from), join("src", file)).replaceAll("\\", "/");
  return `import {${name}} from ${JSON.stringify(path.startsWith(".") ? path : `./${path}`)}`;
}

/** A data file as Framework built it: `src/iou/coco-pairs.json` is `_file/iou/coco-pairs.<hash>.json`. */
function builtFile(from: string, name: string): string {
  const path = relative("src", join(dirname(from), name)).replaceAll("\\", "/");
  const [, stem = "", extension = ""] = /^(.*)(\.\w+)$/.exec(basename(path))!;
  const folder = `_file/${dirname(path)}`;
  const built = readdirSync(`dist/${folder}`).find((file) => {
    return file.startsWith(`${stem}.`) && file.endsWith(extension) && file.split(".").length === basename(path).split(".").length + 1;
  });
  if (!built) throw new Error(`${from}: ${name} was not built to dist/${folder}`);
  return `${folder}/${built}`;
}

/** A worker as one file: it is also started from a blob, and carried in standalone files. */
async function buildWorker(path: string): Promise<string> {
  const {metafile} = await build({
    ...shared,
    entryPoints: [path],
    outdir: "dist/embed/workers",
    entryNames: "[name]-[hash]",
    metafile: true
  });
  return Object.keys(metafile.outputs)[0]!.replace(/^dist\//, "");
}

/** A module with all it imports, at once or later, and the data and workers that these read. */
function carries({outputs}: Metafile, entry: string, carried: ReadonlyMap<string, readonly string[]>) {
  const files = new Set<string>();
  const data = new Set<string>();
  const visit = (path: string): void => {
    if (files.has(path)) return;
    files.add(path);
    for (const input of Object.keys(outputs[path]!.inputs)) for (const file of carried.get(input) ?? []) data.add(file);
    for (const {path: next, external} of outputs[path]!.imports) if (!external) visit(next);
  };
  visit(entry);
  const below = [...files].map((path) => path.replace(/^dist\/embed\//, ""));
  return {entry: below[0]!, chunks: below.slice(1), files: [...data]};
}
