/** Small pictures of the sample's images, to turn to one. */
import {html, svg} from "htl";
import {stepSamples} from "../step-samples.js";
import type {SampleName} from "../step-samples.js";
import type {Boxes} from "../step-through.js";
import {truthColor} from "./step-look.js";

const labels = {
  group: "Images",
  image: (name: string, truths: number, detections: number) => `Image ${name}; ground truths: ${truths}, detections: ${detections}`
};

export interface ImagePicker {
  readonly element: HTMLElement;
  show(data: SampleName, boxes: Boxes, kind: number, shown: number): void;
}

const height = 44;

export function imagePicker(onPick: (image: number) => void): ImagePicker {
  const element = html`<div class="image-picker" role="group" aria-label=${labels.group}></div>`;
  element.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("button");
    if (button) onPick(Number(button.dataset.image));
  });
  let drawn = "";
  return {
    element,
    show(data, boxes, kind, shown) {
      const key = JSON.stringify([data, boxes, kind, shown]);
      if (key === drawn) return;
      drawn = key;
      const held = element.matches(":focus-within");
      element.replaceChildren(...stepSamples[data].images.map(({name, width, height: tall}, image) => {
        const truths = boxes.truths.filter((box) => box.image === image && box.kind === kind);
        const detections = boxes.detections.filter((box) => box.image === image && box.kind === kind);
        const scale = height / tall;
        const rect = ({bbox: [x, y, w, h]}: {readonly bbox: readonly number[]}, color: string) =>
          svg`<rect x=${x! * scale} y=${y! * scale} width=${w! * scale} height=${h! * scale} style=${`stroke: ${color}`}></rect>`;
        return html`<button type="button" data-image=${image} aria-pressed=${String(image === shown)}
          aria-label=${labels.image(name, truths.length, detections.length)}>
          <svg data-icon width=${width * scale} height=${height} aria-hidden="true">${[
            ...truths.map((box) => rect(box, truthColor)),
            ...detections.map((box) => rect(box, "var(--ink-3)"))
          ]}</svg></button>`;
      }));
      if (held) element.querySelector<HTMLElement>("[aria-pressed=true]")?.focus({preventScroll: true});
    }
  };
}
