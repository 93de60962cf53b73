/** Workers, from any page: browsers start one only from the page's own origin, so others start from a blob that imports it. */

/** @param address of a module worker, absolute: the site's own, another site's, or a standalone file's data address */
export function openWorker(address: string): Worker {
  if (new URL(address).origin === self.origin && self.origin !== "null") return new Worker(address, {type: "module"});
  const blob = URL.createObjectURL(new Blob([importing(address)], {type: "text/javascript"}));
  const worker = new Worker(blob);
  // The worker reads its blob as it starts; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(blob), 60_000);
  return worker;
}

/**
 * A classic script, since a sandboxed page may start no module from a blob. What is sent before the module listens is
 * kept for it.
 */
const importing = (address: string): string => `
const early = [];
const keep = (event) => early.push(event.data);
addEventListener("message", keep);
import(${JSON.stringify(address)}).then(() => {
  removeEventListener("message", keep);
  for (const data of early) dispatchEvent(new MessageEvent("message", {data}));
}, (error) => setTimeout(() => { throw error; }));`;
