/** Picks a real pair of detection and ground truth; the pairs load when the reader first asks for one. */
import {html} from "htl";
import {FileAttachment} from "observablehq:stdlib";
import {numberText} from "../../notebook/number-text.js";
import {rankByDisagreement} from "../coco-pairs.js";
import type {CocoPair, RankedMeasure, RankedPair} from "../coco-pairs.js";
import {lossNames} from "./loss-look.js";

const labels = {
  group: "Which boxes",
  free: "Free boxes",
  real: "Real COCO detections",
  previous: "Previous pair",
  next: "Next pair",
  place: "Pair, most disputed first",
  loading: "Loading the pairs…",
  failed: "The pairs did not load. "
};

export interface PairPicker {
  readonly element: HTMLElement;
  /** Shows place `place` (1 the most disputed, 0 none) and gives its pair once the pairs are there. */
  show(place: number): RankedPair | null;
}

export interface PairPickerOptions {
  /** The reader picked the pair at this place, or free boxes (0). */
  readonly onPick: (place: number) => void;
  /** The pairs have arrived, or failed to. */
  readonly onLoad: () => void;
}

// Every figure of the page shares them.
let pairs: readonly RankedPair[] = [];

/** The pair at this place (1 the most disputed), where the pairs have been loaded. */
export const loadedPair = (place: number): RankedPair | null => pairs[place - 1] ?? null;

export function pairPicker({onPick, onLoad}: PairPickerOptions): PairPicker {
  let loading: Promise<void> | undefined;
  let failure = "";
  let shown = 0;

  const load = () =>
    (loading ??= FileAttachment("../coco-pairs.json")
      .json<readonly CocoPair[]>()
      .then((loaded) => {
        pairs = rankByDisagreement(loaded);
        failure = "";
      })
      .catch((error: unknown) => {
        failure = labels.failed + String(error);
        loading = undefined;
      })
      .finally(onLoad));

  const go = async (place: number) => {
    text.textContent = labels.loading;
    await load();
    if (pairs.length === 0) return;
    const wrapped = ((place - 1 + pairs.length) % pairs.length) + 1;
    onPick(wrapped);
  };
  const button = (label: string, sign: string, action: () => void) => {
    const made = html`<button type="button" aria-label=${label} title=${label}>${sign}</button>`;
    made.addEventListener("click", action);
    return made;
  };
  const free = html`<button type="button">${labels.free}</button>`;
  free.addEventListener("click", () => onPick(0));
  const real = html`<button type="button">${labels.real}</button>`;
  real.addEventListener("click", () => void go(shown || 1));
  const place = html`<input type="number" min="1" step="1" aria-label=${labels.place}>` as HTMLInputElement;
  place.addEventListener("change", () => void go(place.valueAsNumber || 1));
  const text = html`<span class="pair-text" role="status"></span>`;
  const walk = html`<span class="pair-walk">${button(labels.previous, "◀", () => void go(shown - 1))} ${place} ${button(
    labels.next,
    "▶",
    () => void go(shown + 1)
  )}</span>`;
  const element = html`<div class="pair-picker" role="group" aria-label=${labels.group}>${free}${real}${walk}${text}</div>`;

  return {
    element,
    show(wanted) {
      shown = wanted;
      free.setAttribute("aria-pressed", String(wanted === 0));
      real.setAttribute("aria-pressed", String(wanted > 0));
      walk.hidden = wanted === 0;
      if (wanted > 0 && pairs.length === 0 && !failure) void load();
      const pair = loadedPair(wanted);
      place.max = String(pairs.length);
      place.valueAsNumber = wanted;
      text.textContent = failure || (wanted > 0 && pairs.length === 0 ? labels.loading : pair ? describe(pair) : "");
      return pair;
    }
  };
}

/** For instance: "dog, score 0.87 (image 42): from −0.12 by GIoU to 0.21 by IoU". */
function describe({category, score, values, image}: RankedPair): string {
  const entries = Object.entries(values) as [RankedMeasure, number][];
  entries.sort(([, a], [, b]) => a - b);
  const reading = ([kind, value]: (typeof entries)[number]) => `${numberText(value, 3)} by ${lossNames[kind]}`;
  return `${category}, score ${score} (image ${image}): from ${reading(entries[0]!)} to ${reading(entries.at(-1)!)}`;
}
