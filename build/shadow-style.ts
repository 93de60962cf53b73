/** The site's stylesheet for a figure in someone else's page: about the figure's own root, sized by its own width. */
import {readFileSync} from "node:fs";
import {build} from "esbuild";

export interface FontFaceFile {
  readonly family: string;
  readonly weight: string;
  readonly style: string;
  /** Its file in type/. */
  readonly file: string;
}

// What a host's text passes on, letter spacing for instance, ends here; only its colour scheme goes through.
const reset = ".workings{all:initial;color-scheme:inherit;display:block}";

// The host's root font size is not ours, and its window's width is not the figure's.
const own = `
:host{display:block;container-type:inline-size}
.workings{--rem:18px;padding:1px 0}
.workings[data-theme=auto]{color-scheme:light dark}
.workings .figure{margin:0;max-width:none}
@container (max-width:640px){.workings{--rem:16px}}`;

export async function shadowStyle(): Promise<string> {
  const {outputFiles} = await build({entryPoints: ["src/style.css"], bundle: true, minify: true, write: false});
  return reset + withoutFonts(readFileSync("dist/type/katex.css", "utf8")) + scoped(outputFiles[0]!.text) + own;
}

function scoped(css: string): string {
  return css
    .replace(/color-scheme:light dark;?/g, "")
    .replace(/@media\s*\((max|min)-width:\s*([\d.]+)rem\)/g, (_, end: string, size: string) => {
      return `@container (${end}-width:${Number(size) * 16}px)`;
    })
    .replace(/:root\[data-theme="?(\w+)"?\]/g, ".workings[data-theme=$1]")
    .replace(/:root/g, ".workings")
    .replace(/112\.5%/g, "var(--rem)")
    .replace(/(-?[\d.]+)rem\b/g, "calc($1*var(--rem))");
}

const face = /@font-face\s*\{([^}]*)\}/g;

const withoutFonts = (css: string): string => css.replace(face, "");

/** The faces of the site's type, as its stylesheets declare them; those whose file is not served are left out. */
export function fontFaces(served: readonly string[]): readonly FontFaceFile[] {
  return ["type.css", "katex.css"]
    .flatMap((name) => [...readFileSync(`dist/type/${name}`, "utf8").matchAll(face)])
    .map(([, text = ""]) => ({
      family: /font-family:\s*"?([^";]+)/.exec(text)![1]!,
      weight: /font-weight:\s*([^;]+)/.exec(text)?.[1] ?? "400",
      style: /font-style:\s*([^;]+)/.exec(text)?.[1] ?? "normal",
      file: /url\("?([^")]+)/.exec(text)![1]!
    }))
    .filter(({file}) => served.includes(file));
}
