/** What a reader carries away: the picture as SVG or PNG, the numbers as CSV or JSON, the figure whole as HTML. */
import type {Row} from "../figure.js";
import {toCsv} from "./csv.js";
import {toPng} from "./png.js";
import {standaloneHtml} from "./standalone.js";
import type {StandaloneOptions} from "./standalone.js";
import {toSvg} from "./svg.js";

/** @param source address that reproduces the figure, kept in the file */
export async function downloadSvg(figure: HTMLElement, name: string, source: URL): Promise<void> {
  const text = new XMLSerializer().serializeToString(await toSvg(figure, source.href));
  save(new Blob([text], {type: "image/svg+xml"}), `${name}.svg`);
}

export async function downloadPng(figure: HTMLElement, name: string): Promise<void> {
  save(await toPng(await toSvg(figure)), `${name}.png`);
}

export function downloadCsv(rows: readonly Row[], name: string): void {
  save(new Blob([toCsv(rows)], {type: "text/csv"}), `${name}.csv`);
}

/** The numbers with what they are: the figure, its state, and the address that shows both. */
export function downloadJson(
  {id, title, state, source, rows}: {
    readonly id: string;
    readonly title: string;
    readonly state: unknown;
    readonly source: URL;
    readonly rows: readonly Row[];
  },
  name: string
): void {
  const text = JSON.stringify({figure: id, title, source: source.href, state, rows}, null, 2);
  save(new Blob([text], {type: "application/json"}), `${name}.json`);
}

/** The figure as one HTML file that works from disk. @throws Error when its parts cannot be fetched */
export async function downloadHtml(options: StandaloneOptions, name: string): Promise<void> {
  save(new Blob([await standaloneHtml(options)], {type: "text/html"}), `${name}.html`);
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads the blob after the click; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
