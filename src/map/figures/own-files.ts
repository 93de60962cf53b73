/** The reader's files: where they are dropped, what was made of them, what is asked for. What is refused loses nothing. */
import {html} from "htl";
import {fileDrop} from "../../notebook/file-drop.js";
import {sideOf} from "../own-format.js";
import type {NotOpened, Opened, OpenRequest} from "../own-session.js";
import {loadSample} from "./sample-data.js";

const labels = {
  truth: "Ground truth:",
  found: "Detections:",
  formats:
    "Ground truth: COCO JSON, Pascal VOC XML, YOLO or pixel text (class x y width height), a file an image. Detections: COCO " +
    "results, YOLO text with a confidence, VOC results (comp4_det_test_cat.txt), pixel text (class score x y width height). " +
    "Beside them may lie classes.txt or data.yaml, sizes.csv (image, width, height) and the images themselves.",
  how: "Which formats?",
  sample: "Sample: COCO val2014",
  sampleName: "The sample",
  reading: "Reading…",
  opened: (name: string, {images, classes, truths, detections}: Opened) =>
    `${name}: ${images} images, ${classes} classes, ${truths} objects, ${detections} detections.`,
  refused: (reason: string) => `Not read: ${reason}. What was here before stays.`,
  waiting: (reason: string) => `The ground truth reads well and waits for its detections. With those at hand: ${reason}. Until they go together, what was here before stays.`,
  waitingTruth: (reason: string) => `Not read with the ground truth at hand: ${reason}. If these detections belong to another one, drop that now; what was here before stays.`,
  asks: "YOLO's boxes are shares of the image. Size of all images, in pixels:",
  width: "Width",
  height: "Height",
  useSize: "Use this size",
  failed: (reason: string) => `The sample was not loaded: ${reason}.`
};

interface Chosen {
  readonly truth: readonly File[];
  readonly found: readonly File[];
  readonly name: string;
}

export interface OwnFiles {
  readonly element: HTMLElement;
  /** Photographs among the files, by name without folders. */
  readonly photos: ReadonlyMap<string, File>;
  /** Loads the sample. */
  begin(): void;
  /** The worker's answer to what was sent last. */
  answer(reply: Opened | NotOpened): void;
}

/** @param send has the files tried */
export function ownFiles(send: (request: OpenRequest) => void): OwnFiles {
  let accepted: Chosen = {truth: [], found: [], name: ""};
  let [truth, found]: [readonly File[] | undefined, readonly File[] | undefined] = [undefined, undefined];
  let trying = accepted;
  let size: OpenRequest["size"] = null;
  let photos = new Map<string, File>();
  const status = html`<p class="own-status" role="status"></p>`;
  const warnings = html`<ul class="own-warnings"></ul>`;
  const say = (message: string, notes: readonly string[] = []) => {
    status.textContent = message;
    warnings.replaceChildren(...notes.map((note) => html`<li>${note}</li>`));
  };
  const tryFiles = (next: Chosen) => {
    trying = next;
    say(labels.reading);
    send({kind: "open", truth: next.truth, found: next.found, size});
  };
  const retry = () => {
    const list = [...(truth ?? accepted.truth), ...(found ?? accepted.found)].filter(({name}) => sideOf(name) === null);
    const name = truth || found ? list.slice(0, 2).map((file) => file.name).join(", ") + (list.length > 2 ? ", …" : "") : accepted.name;
    tryFiles({truth: truth ?? accepted.truth, found: found ?? accepted.found, name});
  };
  const begin = async () => {
    try {
      const sample = await loadSample();
      [truth, found] = [undefined, undefined];
      const file = (name: string, content: unknown) => new File([JSON.stringify(content)], name);
      tryFiles({truth: [file("ground-truth.json", sample.groundTruth)], found: [file("detections.json", sample.detections)], name: labels.sampleName});
    } catch (error) {
      say(labels.failed(error instanceof Error ? error.message : String(error)));
    }
  };
  const asked = sizeForm((given) => {
    size = given;
    retry();
  });
  const drop = (label: string, take: (files: readonly File[]) => void) =>
    fileDrop({label, accept: ".json,.xml,.txt,.csv,.yaml,.yml,.names,image/*", onFiles: (files) => {
      for (const file of files) if (sideOf(file.name) === "image") photos.set(file.name, file);
      take(files);
      retry();
    }});
  const sample = html`<button type="button">${labels.sample}</button>`;
  sample.addEventListener("click", () => void begin());
  return {
    element: html`<div class="own-data"><div class="own-files">${drop(labels.truth, (files) => (truth = files))}${drop(labels.found, (files) => (found = files))}${sample}</div>
      <details class="own-formats"><summary>${labels.how}</summary><p>${labels.formats}</p></details>${asked}${status}${warnings}</div>`,
    get photos() {
      return photos;
    },
    begin: () => void begin(),
    answer(reply) {
      asked.hidden = reply.kind === "opened" || reply.asks !== "sizes";
      if (reply.kind === "opened") {
        if (trying.name === labels.sampleName) photos = new Map();
        accepted = trying;
        [truth, found] = [undefined, undefined];
        say(labels.opened(trying.name, reply), reply.warnings);
      } else if (reply.truthReads && truth && !found) say(labels.waiting(reply.reason));
      else if (reply.truthReads && found && !truth) say(labels.waitingTruth(reply.reason));
      else {
        // A file that does not read by itself is not tried again; detections wait for a size to be given.
        if (reply.asks === null) [truth, found] = [reply.truthReads ? truth : undefined, reply.truthReads ? undefined : found];
        say(labels.refused(reply.reason));
      }
    }
  };
}

function sizeForm(use: (size: {width: number; height: number}) => void): HTMLElement {
  const width = html`<input type="number" min="1" step="1" value="640" aria-label=${labels.width}>` as HTMLInputElement;
  const height = html`<input type="number" min="1" step="1" value="480" aria-label=${labels.height}>` as HTMLInputElement;
  const button = html`<button type="button">${labels.useSize}</button>`;
  button.addEventListener("click", () => {
    if (width.valueAsNumber > 0 && height.valueAsNumber > 0) use({width: width.valueAsNumber, height: height.valueAsNumber});
  });
  const element = html`<div class="own-size">${labels.asks} ${width} × ${height} ${button}</div>`;
  element.hidden = true;
  return element;
}
