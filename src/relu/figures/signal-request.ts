/** Asks for signals through depth, one request at a time: a newer one ends the older, whose results are dropped. */
import type {ActivationName} from "../activations.js";
import type {Layer, SignalConfig} from "../signal.training.js";

export interface SignalRequest {
  request(names: readonly ActivationName[], config: SignalConfig): void;
}

export interface SignalRequestOptions {
  readonly signal: AbortSignal;
  /** One more activation's layers are there. */
  readonly onLayers: (name: ActivationName, layers: readonly Layer[], config: SignalConfig) => void;
  readonly onError: (error: Error) => void;
}

export function signalRequest({signal, onLayers, onError}: SignalRequestOptions): SignalRequest {
  let asked = "";
  let ending = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const known = new Map<string, readonly Layer[]>();

  async function measure(names: readonly ActivationName[], config: SignalConfig, mine: AbortSignal): Promise<void> {
    const keyOf = (name: ActivationName) => JSON.stringify([name, config]);
    for (const name of names) {
      const layers = known.get(keyOf(name));
      if (layers) onLayers(name, layers, config);
    }
    const missing = names.filter((name) => !known.has(keyOf(name)));
    if (missing.length === 0) return;
    // TensorFlow.js comes with the kernels, after the page.
    const {measureSignal} = await import("../signal.training.js");
    for await (const [name, layers] of measureSignal(missing, config, mine)) {
      if (mine.aborted) return;
      if (known.size > 200) known.clear();
      known.set(keyOf(name), layers);
      onLayers(name, layers, config);
    }
  }

  signal.addEventListener("abort", () => ending.abort(), {once: true});
  return {
    request(names, config) {
      const next = JSON.stringify([names, config]);
      if (next === asked || signal.aborted) return;
      asked = next;
      ending.abort();
      ending = new AbortController();
      const {signal: mine} = ending;
      running = running
        .then(() => (mine.aborted ? undefined : measure(names, config, mine)))
        .catch((error: unknown) => onError(error instanceof Error ? error : new Error(String(error))));
    }
  };
}
