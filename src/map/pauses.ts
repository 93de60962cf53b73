/** A break in long work, so that a page, a worker or Node can answer in between. */

/** Returns a function that waits for the next task if `most` ms have passed since the last wait. */
export function pauses(most = 12): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < most) return;
    await new Promise<void>((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        channel.port1.close();
        resolve();
      };
      channel.port2.postMessage(null);
    });
    since = performance.now();
  };
}
