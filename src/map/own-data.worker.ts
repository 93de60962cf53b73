/** The reader's data in a worker: the page stays free, and a cancelled run keeps what was loaded. */
import type {ImageSize} from "./box-lines.js";
import {ownSession} from "./own-session.js";
import type {OwnFile, OwnReply, OwnRequest} from "./own-session.js";

const handle = ownSession((reply: OwnReply) => self.postMessage(reply), imageSize);

self.addEventListener("message", ({data}: MessageEvent<OwnRequest>) => void handle(data));

async function imageSize(file: OwnFile): Promise<ImageSize | null> {
  if (!(file instanceof Blob)) return null;
  try {
    const bitmap = await createImageBitmap(file);
    const {width, height} = bitmap;
    bitmap.close();
    return {width, height};
  } catch {
    // Not a picture that this browser reads: its size is asked for, if it is needed.
    return null;
  }
}
