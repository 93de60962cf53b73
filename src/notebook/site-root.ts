/** The site's root address, wherever it is hosted: every page links the site's type from its root. */
export function siteRoot(): URL {
  const link = document.querySelector<HTMLLinkElement>('link[href$="type/type.css"]');
  return new URL("../", link?.href ?? new URL("./x/", document.baseURI).href);
}
