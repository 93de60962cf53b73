/** The stepper: a transport over steps, the step's formula in symbols or in the reader's numbers, and its parts lit up. */
import {html} from "htl";
import {formulaTex, renderTex} from "./formula.js";
import type {FormulaMode} from "./formula.js";
import {player} from "./player.js";
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

const labels = {group: "Steps", symbols: "Symbols", numbers: "Numbers", of: "of"};

/** Milliseconds a step stays while playing: long enough to read it. */
const stepTime = 1800;

export function stepper({onStep, onFocus}: StepperOptions): Stepper {
  let steps: readonly Step[] = [];
  let index = 0;
  let mode: FormulaMode = "numbers";
  const toggle = html`<button type="button" class="mode"></button>`;
  toggle.addEventListener("click", () => {
    mode = mode === "symbols" ? "numbers" : "symbols";
    draw();
  });
  const bar = player({onIndex: onStep, stepTime, extra: [toggle]});
  const title = html`<strong class="step-title"></strong>`;
  const count = html`<span class="step-count"></span>`;
  const formula = html`<div class="step-formula"></div>`;
  const text = html`<p class="step-note"></p>`;
  const element = html`<div class="stepper" role="group" aria-label=${labels.group}>${bar.element}
    <div class="step-view" tabindex="0" role="group" aria-live="polite"><p>${count}${title}</p>${formula}${text}</div>
  </div>`;
  element.addEventListener("keydown", bar.keys);
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
    bar.show(steps.length, index, step?.title);
    if (!step) return;
    title.textContent = step.title;
    count.textContent = `${index + 1} ${labels.of} ${steps.length}`;
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
