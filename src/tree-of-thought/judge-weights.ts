/** The judge that the page starts with. */
import {judgeSnapshotText} from "./judge-snapshot.js";

/** Its parameters, in the order of judgeLayers' layout. */
export function shippedJudge(): Float32Array {
  const bytes = Uint8Array.from(atob(judgeSnapshotText), (letter) => letter.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}
