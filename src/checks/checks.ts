/** Every check there is, by room, loaded when one is run. */
import type {Check} from "./check.js";

const rooms: readonly (() => Promise<{readonly checks: readonly Check[]}>)[] = [
  () => import("./iou.js"),
  () => import("./relu.js"),
  () => import("./focal-loss.js"),
  () => import("./boosting.js"),
  () => import("./lstm.js"),
  () => import("./map.js")
];

export async function allChecks(): Promise<readonly Check[]> {
  const loaded = await Promise.all(rooms.map((load) => load()));
  return loaded.flatMap(({checks}) => checks);
}
