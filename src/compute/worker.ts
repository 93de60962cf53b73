/** Workers, from any page: browsers start one only from the page's own origin, so others start from a blob that imports it. */

/** @param address of a module worker, absolute: the site's own, another site's, or a standalone file's data address */
export function openWorker(address: string): Worker {
  if (new URL(address).origin === self.origin && self.origin !== "null") return new Worker(address, {type: "module"});
  const blob = URL.createObjectURL(new Blob([`import ${JSON.stringify(address)};`], {type: "text/javascript"}));
  const worker = new Worker(blob, {type: "module"});
  // The worker reads its blob as it starts; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(blob), 60_000);
  return worker;
}
