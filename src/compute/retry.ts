/** One-off computations that a lost device must not fail. */
import {startBackend} from "./backend.js";
import {deviceLosses, deviceLostSince} from "./device-loss.js";

/** Computes on the backend that runs, and once more on the restarted one each time the device is lost meanwhile. */
export async function despiteLoss<T>(compute: () => Promise<T>): Promise<T> {
  for (;;) {
    await startBackend();
    const losses = deviceLosses();
    try {
      return await compute();
    } catch (error) {
      if (!(await deviceLostSince(losses))) throw error;
    }
  }
}
