/** The bar of an analysis under way, and the analysis that there is. */
import {html} from "htl";
import type {Analysis, AnalysisSettings} from "../analysis.js";
import type {OwnReply, OwnRequest} from "../own-session.js";

const labels = {
  progress: "Progress",
  cancel: "Cancel",
  again: "Analyse",
  working: (share: number) => `Evaluating: ${Math.round(100 * share)} %`,
  done: "",
  cancelled: "Cancelled; the numbers are of the run before.",
  failed: (reason: string) => `The analysis failed: ${reason}`
};

export interface OwnRun {
  readonly element: HTMLElement;
  readonly analysis: Analysis | undefined;
  /** Asks for another analysis where the settings are others than those asked for last. */
  want(settings: AnalysisSettings): void;
  /** The data are others: whatever there is, is analysed anew. */
  renew(): void;
  answer(reply: OwnReply): void;
}

export function ownRun(send: (request: OwnRequest) => void, redraw: () => void): OwnRun {
  let [analysis, asked, run, open]: [Analysis | undefined, string, number, boolean] = [undefined, "", 0, false];
  let settings: AnalysisSettings = {threshold: 0.5, score: 0.3};
  let timer: ReturnType<typeof setTimeout> | undefined;
  const progress = html`<progress max="1" aria-label=${labels.progress}></progress>` as HTMLProgressElement;
  const button = html`<button type="button"></button>` as HTMLButtonElement;
  const message = html`<span class="run-message" role="status"></span>`;
  const element = html`<div class="run-bar own-run">${button}${progress}${message}</div>`;
  const show = (state: "running" | "rest", share: number, text: string) => {
    button.textContent = state === "running" ? labels.cancel : labels.again;
    progress.value = share;
    message.textContent = text;
    element.classList.toggle("resting", state === "rest" && text === "");
  };
  const start = () => {
    run++;
    asked = JSON.stringify(settings);
    show("running", 0, labels.working(0));
    send({kind: "analyse", run, settings});
  };
  button.addEventListener("click", () => {
    if (button.textContent === labels.again) start();
    else {
      run++;
      send({kind: "cancel"});
      show("rest", 0, labels.cancelled);
    }
  });
  show("rest", 0, labels.done);
  return {
    element,
    get analysis() {
      return analysis;
    },
    want(next) {
      settings = next;
      if (!open || JSON.stringify(next) === asked) return;
      asked = JSON.stringify(next);
      clearTimeout(timer);
      // A slider sends many values: the run waits until it rests. The first run does not wait.
      if (analysis) timer = setTimeout(start, 200);
      else start();
    },
    renew() {
      open = true;
      start();
    },
    answer(reply) {
      if (!("run" in reply) || reply.run !== run) return;
      if (reply.kind === "share") show("running", reply.share, labels.working(reply.share));
      else if (reply.kind === "failed") show("rest", 0, labels.failed(reply.reason));
      else {
        analysis = reply.analysis;
        show("rest", 1, labels.done);
        redraw();
      }
    }
  };
}
