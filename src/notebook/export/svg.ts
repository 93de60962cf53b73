/**
 * A figure as one SVG that stands alone: every svg and canvas of its body where it is on screen, with the styles the
 * page gives them written in, on the page's background, the text face inside.
 */
import {siteFile} from "../site-root.js";
import {themeColor} from "../theme.js";

const svgNamespace = "http://www.w3.org/2000/svg";

/** The properties that our stylesheets set on drawn elements. */
const styled = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap",
  "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight", "font-style", "font-variant-numeric",
  "text-anchor", "dominant-baseline", "paint-order", "visibility", "display", "mix-blend-mode"
];

/** @param source address that reproduces the figure, kept as the SVG's description */
export async function toSvg(figure: HTMLElement, source?: string): Promise<SVGSVGElement> {
  const body = figure.querySelector<HTMLElement>(".figure-body") ?? figure;
  const frame = body.getBoundingClientRect();
  const {width, height} = frame;
  const out = make("svg", {xmlns: svgNamespace, width, height, viewBox: `0 0 ${width} ${height}`});
  const title = make("title");
  title.textContent = figure.getAttribute("aria-label") ?? "";
  const description = make("desc");
  description.textContent = source ?? "";
  const style = make("style");
  style.textContent = await fontFace();
  out.append(title, description, style, make("rect", {width, height, style: `fill: rgb(${themeColor("--paper", body).join(",")})`}));
  for (const element of body.querySelectorAll<SVGSVGElement | HTMLCanvasElement>("svg:not([data-icon]), canvas")) {
    if (element.parentElement?.closest("svg")) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0) continue;
    const place = {x: box.left - frame.left, y: box.top - frame.top, width: box.width, height: box.height};
    out.append(element instanceof SVGSVGElement ? copyOf(element, place) : imageOf(element, place));
  }
  return out;
}

function make<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number> = {}
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key !== "xmlns") element.setAttribute(key, String(value));
  }
  return element;
}

function copyOf(svg: SVGSVGElement, place: Record<string, number>): SVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  writeStyles(svg, copy);
  for (const [key, value] of Object.entries(place)) copy.setAttribute(key, String(value));
  return copy;
}

function writeStyles(from: Element, to: Element): void {
  const computed = getComputedStyle(from);
  const style = styled.map((property) => `${property}:${computed.getPropertyValue(property)}`).join(";");
  to.setAttribute("style", style);
  for (let i = 0; i < from.children.length; i++) writeStyles(from.children[i]!, to.children[i]!);
}

function imageOf(canvas: HTMLCanvasElement, place: Record<string, number>): SVGElement {
  return make("image", {...place, href: canvas.toDataURL("image/png"), preserveAspectRatio: "none"});
}

let face: Promise<string> | undefined;

/** The text face as a data address; a figure without it is still a figure, so a failed fetch is no error. */
function fontFace(): Promise<string> {
  face ??= fetch(siteFile("type/source-serif-4.woff2"))
    .then((response) => response.blob())
    .then(dataUrl)
    .then((url) => `@font-face{font-family:"Source Serif 4";font-weight:200 900;src:url(${url})}`)
    .catch(() => "");
  return face;
}

/** A blob's content as a data address. */
export function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error("unreadable file"));
    reader.readAsDataURL(blob);
  });
}
