/**
 * The site's root address, wherever it is hosted, and its files. A figure in someone else's page is told the root by
 * its module; one in a standalone file carries its files inside.
 */

/** What a standalone file holds (export/standalone.ts writes it): the site it came from, and its files as data addresses. */
export interface StandaloneFiles {
  readonly site: string;
  readonly files: Readonly<Record<string, string>>;
}

let given: URL | undefined;

const carried = (): StandaloneFiles | undefined => (globalThis as {workingsFiles?: StandaloneFiles}).workingsFiles;

/** Tells the root where the page is not the site's own. */
export function setSiteRoot(root: URL): void {
  given = root;
}

/** Where the site is. On its own pages every page links the site's type from its root. */
export function siteRoot(): URL {
  const site = carried()?.site;
  if (site) return new URL(site);
  if (given) return given;
  const link = document.querySelector<HTMLLinkElement>('link[href$="type/type.css"]');
  return new URL("../", link?.href ?? new URL("./x/", document.baseURI).href);
}

/** The address of one of the site's own files, such as "type/source-serif-4.woff2". */
export function siteFile(path: string): string {
  return carried()?.files[path] ?? new URL(path, siteRoot()).href;
}

/** Whether this page is a standalone file, which works without its site. */
export const isStandalone = (): boolean => carried() !== undefined;
