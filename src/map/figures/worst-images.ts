/** Images with the most trouble: objects dashed, detections in the colour of what they are. */
import {html} from "htl";
import {select} from "d3-selection";
import type {Selection} from "d3-selection";
import type {WorstImage} from "../analysis.js";
import {kindColors, kindNames} from "./coco-look.js";
import type {BoxKind} from "./coco-look.js";

const labels = {
  previous: "Previous images",
  next: "Next images",
  place: (first: number, last: number, total: number) => `Images ${first} to ${last} of the ${total} with most errors`,
  none: "No image has an error at these settings.",
  image: ({fileName, truths, detections}: WorstImage) =>
    `${fileName}: ${truths.filter(({found}) => !found).length} of ${truths.length} objects missed, ${detections.filter(({kind}) => kind !== "hit" && kind !== "ignored").length} false detections`,
  found: "object, found"
};

type Group = Selection<SVGGElement, unknown, null, undefined>;

export interface WorstImages {
  readonly element: HTMLElement;
  show(images: readonly WorstImage[], first: number, photos: ReadonlyMap<string, File>, width: number): void;
}

export function worstImages(choose: (first: number) => void, signal: AbortSignal): WorstImages {
  const previous = html`<button type="button" aria-label=${labels.previous}>‹</button>` as HTMLButtonElement;
  const next = html`<button type="button" aria-label=${labels.next}>›</button>` as HTMLButtonElement;
  const place = html`<span role="status"></span>`;
  const panels = html`<div class="worst-panels"></div>`;
  let [from, step] = [0, 3];
  previous.addEventListener("click", () => choose(Math.max(0, from - step)));
  next.addEventListener("click", () => choose(from + step));
  const legend = html`<p class="worst-legend"><span><i class="worst-truth"></i>${labels.found}</span>${(Object.keys(kindNames) as BoxKind[]).map((kind) =>
    html`<span><i style=${`border-color: ${kindColors[kind]}`} class=${kind === "missed" ? "worst-truth" : ""}></i>${kindNames[kind]}</span>`)}</p>`;
  const urls = new Map<File, string>();
  signal.addEventListener("abort", () => urls.forEach((url) => URL.revokeObjectURL(url)), {once: true});
  const urlOf = (file: File | undefined) => {
    if (!file) return null;
    if (!urls.has(file)) urls.set(file, URL.createObjectURL(file));
    return urls.get(file)!;
  };
  return {
    element: html`<div><div class="worst-bar">${previous}${next}${place}</div>${panels}${legend}</div>`,
    show(images, first, photos, width) {
      step = width > 900 ? 3 : width > 560 ? 2 : 1;
      from = Math.max(0, Math.min(first, images.length - 1));
      const list = images.slice(from, from + step);
      previous.disabled = from === 0;
      next.disabled = from + step >= images.length;
      place.textContent = list.length === 0 ? labels.none : labels.place(from + 1, from + list.length, images.length);
      const each = Math.floor((width - 16 * (step - 1)) / step);
      panels.style.gridTemplateColumns = `repeat(${step}, ${each}px)`;
      panels.replaceChildren(...list.map((image) => {
        const photo = photos.get(image.fileName) ?? photos.get(image.fileName.replace(/^.*[/\\]/, "")) ??
          [...photos].find(([name]) => name.replace(/\.\w+$/, "") === image.fileName)?.[1];
        return html`<div>${drawImage(image, urlOf(photo), each, 300)}<p class="worst-name">${labels.image(image)}</p></div>`;
      }));
    }
  };
}

function drawImage(image: WorstImage, photo: string | null, width: number, most: number): SVGSVGElement {
  const scale = Math.min(width / image.width, most / image.height);
  const [wide, high] = [image.width * scale, image.height * scale];
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("class", "worst-image").attr("role", "img")
    .attr("aria-label", labels.image(image)).attr("width", width).attr("height", most).attr("viewBox", `0 0 ${width} ${most}`);
  const stage = svg.append("svg").attr("width", wide).attr("height", high).style("overflow", "hidden");
  stage.append("rect").attr("class", "worst-paper").attr("width", wide).attr("height", high);
  if (photo) stage.append("image").attr("href", photo).attr("width", wide).attr("height", high).attr("preserveAspectRatio", "none");
  const box = (group: Group, [x, y, w, h]: WorstImage["truths"][number]["bbox"]) =>
    group.append("rect").attr("x", x * scale).attr("y", y * scale).attr("width", Math.max(1, w * scale)).attr("height", Math.max(1, h * scale));
  const truths = stage.append("g").attr("class", "worst-truths");
  for (const {bbox, name, found} of image.truths) {
    box(truths, bbox).style("stroke", found ? "var(--c1)" : kindColors.missed).append("title").text(found ? name : `${name}: ${kindNames.missed}`);
    if (!found) write(truths, name, bbox[0] * scale + 3, (bbox[1] + bbox[3]) * scale - 4, kindColors.missed, high);
  }
  const detections = stage.append("g").attr("class", "worst-detections");
  for (const {bbox, name, score, kind} of [...image.detections].reverse()) {
    box(detections, bbox).style("stroke", kindColors[kind]).append("title").text(`${name} ${score.toFixed(2)}: ${kindNames[kind]}`);
    if (kind !== "hit") write(detections, `${name} ${score.toFixed(2)}`, bbox[0] * scale + 3, bbox[1] * scale + 12, kindColors[kind], high);
  }
  return svg.node()!;
}

function write(group: Group, text: string, x: number, y: number, color: string, high: number): void {
  group.append("text").attr("class", "on-paper").attr("x", Math.max(2, x)).attr("y", Math.max(11, Math.min(high - 3, y))).style("fill", color).text(text);
}
