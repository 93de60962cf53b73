/** The bar of long work: start, pause, cancel, how far it is, and what happened. */
import {html} from "htl";
import {icons} from "./icons.js";

const labels = {
  group: "Run",
  start: "Run",
  again: "Run again",
  pause: "Pause",
  resume: "Resume",
  cancel: "Cancel",
  progress: "Progress"
};

export type RunState = "idle" | "running" | "paused" | "done" | "cancelled" | "failed";

export interface RunBarOptions {
  readonly onStart: () => void;
  readonly onPause: () => void;
  readonly onResume: () => void;
  readonly onCancel: () => void;
  /** What the start button says, if not "Run". */
  readonly startLabel?: string;
  /** What the pause button says, if not "Pause": a figure may have a stepper that pauses, too. */
  readonly pauseLabel?: string;
}

export interface RunBar {
  readonly element: HTMLElement;
  /**
   * @param share how much is done, 0–1
   * @param message what the reader should know: what is computed, what went wrong, that work resumed after a loss
   */
  show(state: RunState, share: number, message: string): void;
}

export function runBar({onStart, onPause, onResume, onCancel, startLabel = labels.start, pauseLabel = labels.pause}: RunBarOptions): RunBar {
  let current: RunState = "idle";
  const main = html`<button type="button" class="primary"></button>`;
  main.addEventListener("click", () => {
    if (current === "running") onPause();
    else if (current === "paused") onResume();
    else onStart();
  });
  const cancel = html`<button type="button" aria-label=${labels.cancel} title=${labels.cancel}>${icons.stop()}</button>` as
    HTMLButtonElement;
  cancel.addEventListener("click", onCancel);
  const progress = html`<progress max="1" aria-label=${labels.progress}></progress>` as HTMLProgressElement;
  const message = html`<span class="run-message" role="status"></span>`;
  const words: Record<RunState, string> = {
    idle: startLabel,
    running: pauseLabel,
    paused: labels.resume,
    done: labels.again,
    cancelled: startLabel,
    failed: startLabel
  };
  return {
    element: html`<div class="run-bar" role="group" aria-label=${labels.group}>${main}${cancel}${progress}${message}</div>`,
    show(state, share, text) {
      current = state;
      main.textContent = words[state];
      cancel.disabled = state !== "running" && state !== "paused";
      progress.value = share;
      if (message.textContent !== text) message.textContent = text;
    }
  };
}
