/** A transport for anything in steps: first, back, play, forward, last, scrub, speed; arrow keys. */
import {html} from "htl";
import {icons} from "./icons.js";
import type {IconName} from "./icons.js";

export interface PlayerOptions {
  /** The reader, or the playing, went to another step. */
  readonly onIndex: (index: number) => void;
  /** Milliseconds a step stays at speed 1×. */
  readonly stepTime: number;
  /** Placed at the end of the bar. */
  readonly extra?: readonly Element[];
}

export interface Player {
  /** The bar itself; arrow keys work on it and, through `keys`, on whatever contains it. */
  readonly element: HTMLElement;
  /** Handles a key of a container. */
  keys(event: KeyboardEvent): void;
  /** Shows that there are `count` steps and that `index` is the one. `name` is what the slider says it stands on. */
  show(count: number, index: number, name?: string): void;
  stop(): void;
}

const labels = {
  first: "First step",
  previous: "Previous step",
  play: "Play",
  pause: "Pause",
  next: "Next step",
  last: "Last step",
  scrub: "Step",
  speed: "Speed"
};

const speeds: Readonly<Record<string, number>> = {"½×": 0.5, "1×": 1, "2×": 2, "4×": 4};

export function player({onIndex, stepTime, extra = []}: PlayerOptions): Player {
  let count = 1;
  let index = 0;
  let speed = 1;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const go = (wanted: number) => {
    const next = Math.max(0, Math.min(count - 1, wanted));
    if (next !== index) onIndex((index = next));
  };
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
    playButton.replaceChildren(icons.play());
    playButton.setAttribute("aria-label", labels.play);
  };
  const advance = () => {
    if (!element.isConnected || index >= count - 1) return stop();
    go(index + 1);
    timer = setTimeout(advance, stepTime / speed);
  };
  const play = () => {
    if (timer) return stop();
    if (index >= count - 1) go(0);
    playButton.replaceChildren(icons.pause());
    playButton.setAttribute("aria-label", labels.pause);
    timer = setTimeout(advance, stepTime / speed);
  };
  /** A reader who takes over stops the playing. */
  const byHand = (action: () => void) => () => {
    stop();
    action();
  };

  const button = (label: string, icon: IconName, action: () => void) => {
    const made = html`<button type="button" aria-label=${label} title=${label}>${icons[icon]()}</button>`;
    made.addEventListener("click", action);
    return made;
  };
  const playButton = button(labels.play, "play", play);
  const scrub = html`<input type="range" min="0" step="1" aria-label=${labels.scrub}>` as HTMLInputElement;
  scrub.addEventListener("input", byHand(() => go(scrub.valueAsNumber)));
  const pace = html`<select aria-label=${labels.speed}>${Object.keys(speeds).map(
    (name) => html`<option selected=${name === "1×"}>${name}</option>`
  )}</select>` as HTMLSelectElement;
  pace.addEventListener("change", () => (speed = speeds[pace.value] ?? 1));
  const moves: Readonly<Record<string, () => void>> = {
    ArrowLeft: byHand(() => go(index - 1)),
    ArrowRight: byHand(() => go(index + 1)),
    Home: byHand(() => go(0)),
    End: byHand(() => go(count - 1))
  };
  const element = html`<div class="step-bar">
    ${button(labels.first, "first", moves.Home!)}${button(labels.previous, "previous", moves.ArrowLeft!)}
    ${playButton}${button(labels.next, "next", moves.ArrowRight!)}${button(labels.last, "last", moves.End!)}
    ${scrub}${pace}${extra}
  </div>`;
  return {
    element,
    stop,
    keys(event) {
      const move = moves[event.key];
      if (!move || event.target === scrub || event.target === pace) return;
      event.preventDefault();
      move();
    },
    show(nextCount, nextIndex, name) {
      count = nextCount;
      index = Math.max(0, Math.min(count - 1, nextIndex));
      scrub.max = String(Math.max(0, count - 1));
      scrub.valueAsNumber = index;
      if (name) scrub.setAttribute("aria-valuetext", name);
    }
  };
}
