/** Every file of the site's type: the site serves these itself, from the npm packages that `[font].woff2.js` names. */
export const typeFiles = [
  "type.css",
  "katex.css",
  "source-serif-4.woff2",
  "source-serif-4-italic.woff2",
  "ibm-plex-mono.woff2",
  "KaTeX_AMS-Regular.woff2",
  "KaTeX_Main-Bold.woff2",
  "KaTeX_Main-Italic.woff2",
  "KaTeX_Main-Regular.woff2",
  "KaTeX_Math-Italic.woff2",
  "KaTeX_Size1-Regular.woff2",
  "KaTeX_Size2-Regular.woff2",
  "KaTeX_Size3-Regular.woff2",
  "KaTeX_Size4-Regular.woff2"
] as const;
