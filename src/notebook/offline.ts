/** The site without a network: what the reader has seen is kept by the service worker, and the whole site on demand. */
import {siteRoot} from "./site-root.js";

/** Registers the service worker and hands it what this page loaded before the worker was there. */
export async function keepForOffline(): Promise<void> {
  try {
    const root = siteRoot();
    await navigator.serviceWorker.register(new URL("service-worker.js", root), {scope: root.pathname});
    const {active} = await navigator.serviceWorker.ready;
    const keep = (urls: readonly string[]) => {
      active?.postMessage({type: "workings:keep", urls: urls.filter((url) => url.startsWith(root.href))});
    };
    keep([location.href]);
    // What was loaded so far, and what is under way: the worker sees only requests that begin after it took over.
    const observer = new PerformanceObserver((list) => keep(list.getEntries().map(({name}) => name)));
    observer.observe({type: "resource", buffered: true});
    setTimeout(() => observer.disconnect(), 30_000);
  } catch {
    // Without a service worker, as in a private window, the site works as before, online.
  }
}

/** Asks for the whole site to be kept. @returns how many files are kept, when all are. @throws Error where that is impossible */
export async function keepWholeSite(onProgress: (done: number, total: number) => void): Promise<number> {
  if (!("serviceWorker" in navigator)) throw new Error("this browser keeps no sites");
  const registration = await Promise.race([navigator.serviceWorker.ready, after(10_000)]);
  if (!registration?.active) throw new Error("the service worker did not start");
  const {port1, port2} = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({data}: MessageEvent<{done: number; total: number; error?: string}>) => {
      if (data.error) reject(new Error(data.error));
      onProgress(data.done, data.total);
      if (data.done === data.total) resolve(data.total);
    };
    registration.active!.postMessage({type: "workings:keep-all"}, [port2]);
  });
}

const after = (milliseconds: number): Promise<undefined> =>
  new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
