/** One judge for many searches that run at once: what they ask in the meantime is answered together. */
import {positionKey} from "./position.js";
import type {Position} from "./position.js";

/** Log-odds of many positions. */
export type Logits = (positions: readonly Position[]) => Float32Array | Promise<Float32Array>;

export interface BatchStats {
  /** Positions that a network was asked about, and how often it was asked. */
  readonly positions: number;
  readonly dispatches: number;
}

/**
 * Gathers what is asked until the searches wait, has it answered in one go, and keeps every answer.
 * @param answer the network, on whatever runs it
 */
export function batchedLogits(answer: Logits): Logits & {stats(): BatchStats} {
  const known = new Map<string, number>();
  let waiting = new Map<string, Position>();
  let next: Promise<void> | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let [positions, dispatches] = [0, 0];
  const flush = async (): Promise<void> => {
    await running.catch(() => undefined);
    // A task of its own: by then every search that runs has asked.
    await new Promise((resolve) => setTimeout(resolve));
    const asked = waiting;
    [waiting, next] = [new Map(), undefined];
    const list = [...asked.values()];
    positions += list.length;
    dispatches++;
    const answering = Promise.resolve(answer(list));
    running = answering;
    const logits = await answering;
    [...asked.keys()].forEach((key, i) => known.set(key, logits[i]!));
  };
  const ask = async (wanted: readonly Position[]): Promise<Float32Array> => {
    const keys = wanted.map(positionKey);
    let mine: Promise<void> | undefined;
    wanted.forEach((position, i) => {
      if (known.has(keys[i]!)) return;
      waiting.set(keys[i]!, position);
      mine = next ??= flush();
    });
    await mine;
    return Float32Array.from(keys, (key) => known.get(key)!);
  };
  return Object.assign(ask, {stats: () => ({positions, dispatches})});
}
