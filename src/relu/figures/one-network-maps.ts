/** Asks for what all units answer over the picture's domain, one request at a time; of those that wait the newest. */
import type {OpenNetwork} from "../open-network.js";

export interface UnitMaps {
  /** [points][units + 1], the output last. */
  readonly values: Float32Array;
  readonly columns: number;
  /** Points a side. */
  readonly side: number;
  readonly open: OpenNetwork;
  readonly step: number;
}

export interface MapRequest {
  request(open: OpenNetwork, step: number, domain: readonly [number, number]): void;
}

export interface MapRequestOptions {
  readonly onMaps: (maps: UnitMaps) => void;
  readonly onError: (error: Error) => void;
}

export function mapRequest({onMaps, onError}: MapRequestOptions): MapRequest {
  let asked: {readonly open: OpenNetwork; readonly step: number} | undefined;
  let waiting: (() => Promise<void>) | undefined;
  let busy = false;
  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      for (let next = waiting; next; next = waiting) {
        waiting = undefined;
        await next();
      }
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
    } finally {
      busy = false;
    }
  }
  return {
    request(open, step, domain) {
      if (asked?.open.config === open.config && asked.step === step) return;
      asked = {open, step};
      waiting = async () => {
        const {unitMaps} = await import("../one-network.training.js");
        const {layers} = open.config;
        const side = layers[0] === 1 ? 128 : 56;
        const values = await unitMaps(open.config, open.stateAt(step), gridOf(layers[0]!, side, domain));
        onMaps({values, columns: open.net.layout.units + 1, side, open, step});
      };
      void work();
    }
  };
}

/** The middles of a grid's cells, from the upper left; of a line's, from the left. */
function gridOf(inputs: number, side: number, [low, high]: readonly [number, number]): Float32Array {
  const at = (i: number) => low + ((high - low) * (i + 0.5)) / side;
  if (inputs === 1) return Float32Array.from({length: side}, (_, i) => at(i));
  return Float32Array.from({length: 2 * side * side}, (_, k) => {
    const [cell, isY] = [k >> 1, k % 2 === 1];
    return isY ? at(side - 1 - Math.floor(cell / side)) : at(cell % side);
  });
}
