// A font file, from the npm package that carries it: no font is fetched from elsewhere, none is copied into the repository.
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {parseArgs} from "node:util";

const {
  values: {font}
} = parseArgs({options: {font: {type: "string"}}});

const packages = {
  "source-serif-4": "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
  "source-serif-4-italic": "@fontsource/source-serif-4/files/source-serif-4-latin-400-italic.woff2",
  "ibm-plex-mono": "@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2"
};
const file = packages[font] ?? `katex/dist/fonts/${font}.woff2`;
process.stdout.write(readFileSync(createRequire(import.meta.url).resolve(file)));
