/**
 * Asks the kernel for the landscapes, one request at a time: while one is computed the newest waits, older ones are
 * dropped, so that a slider never queues work behind itself.
 */
import type {LossKind} from "../iou.js";
import type {SurfaceView} from "../surface.kernel.js";
import type {Plane} from "./surface-panel.js";

export type Fields = Readonly<Partial<Record<LossKind, Float32Array>>>;

export interface SurfaceFieldOptions {
  readonly signal: AbortSignal;
  readonly onField: (fields: Record<string, Float32Array>, plane: Plane, arrows: boolean, own: boolean) => void;
  readonly onError: (error: Error) => void;
}

export interface SurfaceField {
  request(kinds: readonly LossKind[], view: SurfaceView, plane: Plane, arrows: boolean, own: boolean): void;
}

export function surfaceField({signal, onField, onError}: SurfaceFieldOptions): SurfaceField {
  let done = "";
  let running = false;
  let waiting: (() => Promise<void>) | undefined;

  const run = async (work: () => Promise<void>) => {
    running = true;
    try {
      await work();
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
    }
    running = false;
    const next = waiting;
    waiting = undefined;
    if (next && !signal.aborted) void run(next);
  };
  return {
    request(kinds, view, plane, arrows, own) {
      const key = JSON.stringify([kinds, view, arrows, own]);
      if (key === done) return;
      done = key;
      const work = async () => {
        // TensorFlow.js comes with the kernel, after the page.
        const {lossSurfaces} = await import("../surface.kernel.js");
        const fields = await lossSurfaces(kinds, view);
        if (!signal.aborted) onField(fields, plane, arrows, own);
      };
      if (running) waiting = work;
      else void run(work);
    }
  };
}
