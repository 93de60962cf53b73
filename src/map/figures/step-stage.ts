/** One image's frame with its ground truths and detections, each to be dragged, resized and moved by keys. */
import {select} from "d3-selection";
import {boxDrag} from "../../iou/figures/box-drag.js";
import type {BoxDrag} from "../../iou/figures/box-drag.js";
import type {CocoBox} from "../dataset.js";

export type BoxSort = "truth" | "detection";

export interface StageBox {
  readonly sort: BoxSort;
  readonly row: number;
  readonly bbox: CocoBox;
  readonly color: string;
  readonly text: string;
  /** "now" is the step's own, "later" has not had its turn. */
  readonly look: "now" | "candidate" | "done" | "later";
  readonly dashed: boolean;
}

export interface StageView {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly StageBox[];
  /** Boxes of other classes, not to be touched here. */
  readonly others: readonly {readonly bbox: CocoBox; readonly text: string}[];
}

export interface StageOptions {
  readonly label: string;
  readonly names: Readonly<Record<BoxSort, string>>;
  readonly onMove: (sort: BoxSort, row: number, bbox: CocoBox) => void;
  readonly onSelect: (sort: BoxSort, row: number) => void;
  /** A key on a box that is none of moving: true where it was used. */
  readonly onKey: (sort: BoxSort, row: number, key: string) => boolean;
}

export interface StepStage {
  readonly element: SVGSVGElement;
  show(view: StageView, pixelWidth: number, pixelHeight: number): void;
  select(sort: BoxSort, row: number): void;
}

interface Held {
  readonly drag: BoxDrag;
  readonly text: SVGTextElement;
  box: StageBox;
}

const rounded = (value: number) => Math.round(value * 10) / 10;

export function stepStage({label, names, onMove, onSelect, onKey}: StageOptions): StepStage {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "step-stage").attr("role", "group").attr("aria-label", label);
  const root = svg.append("g");
  const frame = root.append("rect").attr("class", "scene-frame");
  const others = root.append("g").attr("class", "stage-others");
  const held = new Map<string, Held>();
  let scale = 1;
  let size = {width: 1, height: 1};

  const hold = (box: StageBox): Held => {
    const {sort, row} = box;
    const one: Held = {
      box,
      text: document.createElementNS("http://www.w3.org/2000/svg", "text"),
      drag: boxDrag({
        label: `${names[sort]} ${row + 1}`,
        color: box.color,
        bounds: () => [0, 0, size.width, size.height],
        get: () => cornersOf(one.box.bbox),
        set: ([x1, y1, x2, y2]) => {
          const bbox: CocoBox = [rounded(x1), rounded(y1), rounded(x2 - x1), rounded(y2 - y1)];
          one.box = {...one.box, bbox};
          onMove(sort, row, bbox);
        },
        unitsPerPixel: () => 1 / scale
      })
    };
    const {element} = one.drag;
    element.addEventListener("focus", () => onSelect(sort, row));
    element.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || !onKey(sort, row, event.key)) return;
      event.preventDefault();
    });
    one.text.setAttribute("class", "stage-text on-paper");
    element.prepend(one.text);
    return one;
  };

  return {
    element: svg.node()!,
    select(sort, row) {
      held.get(`${sort} ${row}`)?.drag.element.focus({preventScroll: true});
    },
    show(view, pixelWidth, pixelHeight) {
      size = view;
      scale = Math.min(pixelWidth / view.width, pixelHeight / view.height);
      const inset = [(pixelWidth - view.width * scale) / 2, (pixelHeight - view.height * scale) / 2];
      svg.attr("width", pixelWidth).attr("height", pixelHeight).attr("viewBox", `0 0 ${pixelWidth} ${pixelHeight}`);
      root.attr("transform", `translate(${inset.join(",")})`);
      frame.attr("width", view.width * scale).attr("height", view.height * scale);
      const marks = others.selectAll("g").data(view.others).join((enter) => {
        const mark = enter.append("g");
        mark.append("rect");
        mark.append("text").attr("class", "on-paper");
        return mark;
      });
      marks.select("rect").attr("x", ({bbox}) => bbox[0] * scale).attr("y", ({bbox}) => bbox[1] * scale)
        .attr("width", ({bbox}) => bbox[2] * scale).attr("height", ({bbox}) => bbox[3] * scale);
      marks.select("text").attr("x", ({bbox}) => bbox[0] * scale + 4).attr("y", ({bbox}) => (bbox[1] + bbox[3]) * scale - 5)
        .text(({text, bbox}) => (bbox[2] * scale > 40 ? text : ""));
      showBoxes(view);
    }
  };

  function showBoxes(view: StageView): void {
    const wanted = new Set(view.boxes.map(({sort, row}) => `${sort} ${row}`));
    for (const [key, {drag}] of held) {
      if (wanted.has(key)) continue;
      drag.element.remove();
      held.delete(key);
    }
    for (const box of view.boxes) {
      const key = `${box.sort} ${box.row}`;
      const one = held.get(key) ?? hold(box);
      held.set(key, one);
      one.box = box;
      if (!one.drag.element.isConnected) root.node()!.append(one.drag.element);
      draw(one);
    }
    // Small boxes lie on large ones, so that both can be taken hold of; a box in hand keeps its place.
    if (root.node()!.matches(":focus-within")) return;
    const byArea = [...held.values()].sort((a, b) => areaOf(b.box) - areaOf(a.box));
    for (const {drag} of byArea) root.node()!.append(drag.element);
  }

  function draw({drag, text, box}: Held): void {
    const {element} = drag;
    element.style.color = box.color;
    element.setAttribute("class", `box-drag stage-box ${box.sort} ${box.look}${box.dashed ? " dashed" : ""}`);
    drag.show(cornersOf(box.bbox), (x, y) => [x * scale, y * scale]);
    // A ground truth is named below, a detection above its box, or just inside where the frame ends.
    const [x, y, w, h] = box.bbox.map((v) => v * scale) as unknown as CocoBox;
    const below = (y + h + 15 > size.height * scale ? y + h - 5 : y + h + 13);
    text.setAttribute("x", String(x + 3));
    text.setAttribute("y", String(box.sort === "truth" ? below : y < 14 ? y + 13 : y - 4));
    // A box too small for its words keeps them for when they matter.
    const matters = box.look === "now" || box.look === "candidate" || element.matches(":focus-within");
    text.textContent = matters || w > 34 ? box.text : "";
  }
}

const cornersOf = ([x, y, w, h]: CocoBox) => [x, y, x + w, y + h] as const;
const areaOf = ({bbox}: StageBox) => bbox[2] * bbox[3];
