// KaTeX's own stylesheet, its fonts beside it (woff2 alone: every browser that runs WebGPU reads it).
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";

const css = readFileSync(createRequire(import.meta.url).resolve("katex/dist/katex.min.css"), "utf8");
process.stdout.write(
  css.replace(/src:url\(fonts\/([\w-]+\.woff2)\) format\("woff2"\)[^;}]*/g, 'src:url($1) format("woff2")')
);
