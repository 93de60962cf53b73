/** The stepper: first, back, play, forward, last, scrub, speed; arrow keys; symbols or the reader's numbers. */
import {html} from "htl";
import {formulaTex, renderTex} from "./formula.js";
import type {FormulaMode} from "./formula.js";
import {icons} from "./icons.js";
import type {IconName} from "./icons.js";
import type {Step} from "./step.js";

export interface Stepper {
  readonly element: HTMLElement;
  /** Shows step `index` of `steps`; an index past the end shows the last. */
  show(steps: readonly Step[], index: number): void;
}

export interface StepperOptions {
  /** The reader went to another step. */
  readonly onStep: (index: number) => void;
  /** The parts of the figure to light up. */
  readonly onFocus?: ((parts: readonly string[]) => void) | undefined;
}

const labels = {
  group: "Steps",
  first: "First step",
  previous: "Previous step",
  play: "Play",
  pause: "Pause",
  next: "Next step",
  last: "Last step",
  scrub: "Step",
  speed: "Speed",
  symbols: "Symbols",
  numbers: "Numbers"
};

/** Milliseconds a step stays while playing. */
const speeds = {"½×": 3600, "1×": 1800, "2×": 900, "4×": 450};

export function stepper({onStep, onFocus}: StepperOptions): Stepper {
  let steps: readonly Step[] = [];
  let index = 0;
  let mode: FormulaMode = "numbers";
  let pace: number = speeds["1×"];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const go = (wanted: number) => {
    const next = Math.max(0, Math.min(steps.length - 1, wanted));
    if (next !== index) onStep(next);
  };
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
    playButton.replaceChildren(icons.play());
    playButton.setAttribute("aria-label", labels.play);
  };
  const advance = () => {
    if (!element.isConnected || index >= steps.length - 1) return stop();
    go(index + 1);
    timer = setTimeout(advance, pace);
  };
  const play = () => {
    if (timer) return stop();
    if (index >= steps.length - 1) go(0);
    playButton.replaceChildren(icons.pause());
    playButton.setAttribute("aria-label", labels.pause);
    timer = setTimeout(advance, pace);
  };

  const button = (label: string, icon: IconName, action: () => void) => {
    const made = html`<button type="button" aria-label=${label} title=${label}>${icons[icon]()}</button>`;
    made.addEventListener("click", action);
    return made;
  };
  /** A reader who takes over stops the playing. */
  const byHand = (action: () => void) => () => {
    stop();
    action();
  };
  const playButton = button(labels.play, "play", play);
  const scrub = html`<input type="range" min="0" step="1" aria-label=${labels.scrub}>` as HTMLInputElement;
  scrub.addEventListener("input", byHand(() => go(scrub.valueAsNumber)));
  const speed = html`<select aria-label=${labels.speed}>${Object.keys(speeds).map(
    (name) => html`<option selected=${name === "1×"}>${name}</option>`
  )}</select>` as HTMLSelectElement;
  speed.addEventListener("change", () => (pace = speeds[speed.value as keyof typeof speeds]));
  const toggle = html`<button type="button" class="mode"></button>`;
  toggle.addEventListener("click", () => {
    mode = mode === "symbols" ? "numbers" : "symbols";
    draw();
  });

  const title = html`<strong class="step-title"></strong>`;
  const count = html`<span class="step-count"></span>`;
  const formula = html`<div class="step-formula"></div>`;
  const text = html`<p class="step-note"></p>`;
  const element = html`<div class="stepper" role="group" aria-label=${labels.group}>
    <div class="step-bar">
      ${button(labels.first, "first", byHand(() => go(0)))}${button(labels.previous, "previous", byHand(() => go(index - 1)))}
      ${playButton}${button(labels.next, "next", byHand(() => go(index + 1)))}
      ${button(labels.last, "last", byHand(() => go(steps.length - 1)))}
      ${scrub}${speed}${toggle}
    </div>
    <div class="step-view" tabindex="0" role="group" aria-live="polite"><p>${count}${title}</p>${formula}${text}</div>
  </div>`;

  element.addEventListener("keydown", (event) => {
    if (event.target === scrub || event.target === speed) return;
    const keys: Record<string, () => void> = {
      ArrowLeft: () => go(index - 1),
      ArrowRight: () => go(index + 1),
      Home: () => go(0),
      End: () => go(steps.length - 1)
    };
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    byHand(action)();
  });
  // Pointing at a symbol lights up what it names; leaving lights up the step's own parts again.
  formula.addEventListener("pointerover", (event) => {
    const slot = (event.target as Element).closest<HTMLElement>("[data-slot]")?.dataset.slot;
    if (slot) onFocus?.([slot]);
  });
  formula.addEventListener("pointerleave", () => onFocus?.(steps[index]?.focus ?? []));

  let drawn = "";
  function draw(): void {
    const step = steps[index];
    toggle.textContent = mode === "symbols" ? labels.numbers : labels.symbols;
    scrub.max = String(Math.max(0, steps.length - 1));
    scrub.valueAsNumber = index;
    if (!step) return;
    scrub.setAttribute("aria-valuetext", step.title);
    title.textContent = step.title;
    count.textContent = `${index + 1} of ${steps.length}`;
    text.textContent = step.note ?? "";
    const tex = formulaTex(step.formula, step.values, mode);
    if (tex !== drawn) void renderTex(formula, (drawn = tex));
    onFocus?.(step.focus);
  }

  return {
    element,
    show(nextSteps, nextIndex) {
      steps = nextSteps;
      index = Math.max(0, Math.min(steps.length - 1, nextIndex));
      draw();
    }
  };
}
