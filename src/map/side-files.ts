/** Reads what YOLO's box files leave out: the classes' names and the images' sizes. */
import type {ImageSize} from "./box-lines.js";
import {refused, taken} from "./refusal.js";
import type {Reading} from "./refusal.js";

/** Names of classes 0, 1, 2, …: a name a line, or the `names:` of a data.yaml, as a list or as `0: name` lines. */
export function readClassNames(text: string, file: string): Reading<readonly string[]> {
  if (!/\.ya?ml$/i.test(file)) {
    const names = text.split(/\r?\n/).map((line) => line.trim());
    while (names.at(-1) === "") names.pop();
    const empty = names.indexOf("");
    return empty >= 0 ? refused(file, `line ${empty + 1}`, "is empty: each line names a class") : taken(names);
  }
  const lines = text.split(/\r?\n/);
  const at = lines.findIndex((line) => /^names\s*:/.test(line));
  if (at < 0) return refused(file, "", "has no names:");
  const inline = /^names\s*:\s*\[(.*)\]\s*$/.exec(lines[at]!);
  if (inline) return taken(inline[1]!.split(",").map(unquoted));
  const names: string[] = [];
  for (const [i, line] of lines.slice(at + 1).entries()) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const item = /^\s*-\s*(.+)$/.exec(line) ?? /^\s+(?:\d+)\s*:\s*(.+)$/.exec(line);
    if (item) names.push(unquoted(item[1]!));
    else if (/^\S/.test(line)) break;
    else return refused(file, `line ${at + i + 2}`, "is neither `- name` nor `0: name`");
  }
  return names.length > 0 ? taken(names) : refused(file, `line ${at + 1}`, "names: lists none");
}

/** Sizes, `image width height` a line, by comma or space; a first line of words is a heading. */
export function readImageSizes(text: string, file: string): Reading<ReadonlyMap<string, ImageSize>> {
  const sizes = new Map<string, ImageSize>();
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const words = line.trim().split(/[\s,;]+/);
    const [width = NaN, height = NaN] = words.slice(-2).map(Number);
    if (words.length >= 3 && width > 0 && height > 0 && Number.isFinite(width * height)) {
      sizes.set(stemOf(words.slice(0, -2).join(" ")), {width, height});
    } else if (i > 0) return refused(file, `line ${i + 1}`, "is not `image width height`");
  }
  return taken(sizes);
}

/** A file's name without folders and extension: what ties an image to its text files. */
export const stemOf = (name: string): string => name.replace(/^.*[/\\]/, "").replace(/\.(?:jpe?g|png|webp|gif|bmp|tiff?|txt|xml|json)$/i, "");

const unquoted = (text: string) => text.trim().replace(/^(["'])(.*)\1$/, "$2");
