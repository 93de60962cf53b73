/** The panel for a model server of the reader's: where it is, what it may cost, and the search that asks it. */
import {html} from "htl";
import {numberText} from "../../notebook/number-text.js";
import {connect, EndpointError, modelJudge, proposedByModel} from "../endpoint.js";
import type {Cost} from "../endpoint.js";
import {game24} from "../game24.js";
import type {Hand} from "../game24.js";
import type {Method} from "../methods.js";
import {search} from "../search.js";
import {traceWriter} from "../trace.js";
import type {Trace} from "../trace.js";

const labels = {
  intro:
    "Any server that speaks OpenAI's chat completions, such as one on your own machine. The numbers of the puzzle go to it when you press " +
    "Search; the key stays in this page's memory and is gone when you leave.",
  url: "Address", urlExample: "http://localhost:11434/v1", model: "Model", modelExample: "the server's name for it", key: "Key, if it wants one",
  timeout: "Seconds to wait", most: "Most requests", priceIn: "Price of a million tokens in", priceOut: "and out",
  start: "Search", stop: "Stop", ready: "Nothing is sent yet.", stopped: "Stopped.",
  tooMany: (most: number) => `Stopped: ${most} requests were made.`,
  cost: ({requests, promptTokens, completionTokens, uncounted}: Cost, price: number) =>
    `${requests} requests, ${promptTokens} tokens in, ${completionTokens} out${price > 0 ? `, ${numberText(price, 3)} in your prices` : ""}` +
    `${uncounted ? `; ${uncounted} answers did not say what they cost` : ""}.`
};

export interface EndpointPanel {
  readonly element: HTMLElement;
  /** What the model's search has come to; undefined before the first. */
  readonly trace: Trace<Hand> | undefined;
}

export interface EndpointAsk {
  readonly numbers: readonly number[];
  readonly method: Method;
  readonly samples: number;
  readonly temperature: number;
}

/** @param onGrow called after each event */
export function endpointPanel(ask: () => EndpointAsk, onGrow: (trace: Trace<Hand>) => void, signal: AbortSignal): EndpointPanel {
  const input = (label: string, type: string, value: string, placeholder = "") => {
    const box = html`<input type=${type} value=${value} placeholder=${placeholder} autocomplete="off" spellcheck="false">` as HTMLInputElement;
    if (type === "number") box.min = "0";
    return {box, element: html`<label class="control"><span class="control-label">${label}</span>${box}</label>`};
  };
  const [url, model, key] = [input(labels.url, "text", "", labels.urlExample), input(labels.model, "text", "", labels.modelExample), input(labels.key, "password", "")];
  const [timeout, most] = [input(labels.timeout, "number", "30"), input(labels.most, "number", "300")];
  const [priceIn, priceOut] = [input(labels.priceIn, "number", "0"), input(labels.priceOut, "number", "0")];
  const start = html`<button type="submit" class="primary">${labels.start}</button>` as HTMLButtonElement;
  const stop = html`<button type="button" disabled>${labels.stop}</button>` as HTMLButtonElement;
  const status = html`<p class="endpoint-status" role="status">${labels.ready}</p>`;
  const fields = [url, model, key, timeout, most, priceIn, priceOut].map(({element}) => element);
  const form = html`<form class="endpoint-panel"><p>${labels.intro}</p><div class="controls">${fields}</div><div class="run-bar">${start}${stop}</div>${status}</form>`;
  let trace: Trace<Hand> | undefined;
  let running: AbortController | undefined;

  async function run(): Promise<void> {
    running?.abort();
    const mine = (running = new AbortController());
    const within = AbortSignal.any([signal, mine.signal]);
    stop.disabled = false;
    let cost: (() => Cost) | undefined;
    const report = (message = "") => {
      const spent = cost?.();
      const price = spent ? (spent.promptTokens * priceIn.box.valueAsNumber + spent.completionTokens * priceOut.box.valueAsNumber) / 1e6 : 0;
      status.textContent = [message, spent && labels.cost(spent, price || 0)].filter(Boolean).join(" ");
    };
    try {
      const {numbers, method, samples, temperature} = ask();
      const server = connect({
        url: url.box.value.trim(), model: model.box.value.trim(), key: key.box.value.trim(), temperature,
        timeout: 1000 * Math.max(1, timeout.box.valueAsNumber || 30)
      });
      cost = server.cost;
      const limit = most.box.valueAsNumber || 300;
      const writer = traceWriter(game24(numbers).start);
      const limited = {...server, ask: (prompt: string, count: number) => {
        if (server.cost().requests >= limit) throw new EndpointError(labels.tooMany(limit));
        report();
        return server.ask(prompt, count, within);
      }};
      const problem = proposedByModel(game24(numbers), limited, within);
      for await (const event of search(problem, {...method, temperature, judge: modelJudge(limited, samples), signal: within})) {
        writer.add(event);
        trace = writer.trace();
        report();
        onGrow(trace);
      }
      report(within.aborted ? labels.stopped : "");
    } catch (error) {
      report(within.aborted ? labels.stopped : error instanceof Error ? error.message : String(error));
    } finally {
      if (running === mine) stop.disabled = true;
    }
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run();
  });
  stop.addEventListener("click", () => running?.abort());
  return {
    element: form,
    get trace() {
      return trace;
    }
  };
}
