/**
 * The service worker, written at build: its cache is named after the content of the whole site, so a new build starts a
 * new cache and drops the old one. Files with their hash in their name are taken from the cache first, pages from the
 * network first, so that a reader who is online never sees yesterday's page.
 */
import {createHash} from "node:crypto";
import {readFileSync, readdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";

/** @returns the version, twelve digits */
export function writeServiceWorker(): string {
  const files = readdirSync("dist", {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).replaceAll("\\", "/").replace(/^dist\//, ""))
    .sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(readFileSync(join("dist", file)));
  const version = hash.digest("hex").slice(0, 12);
  const addresses = files.map((file) => file.replace(/(^|\/)index\.html$/, "$1"));
  writeFileSync("dist/service-worker.js", source(version, addresses));
  return version;
}

const source = (version: string, files: readonly string[]): string => `const cacheName = "workings-${version}";
const root = new URL("./", self.location.href);
const files = ${JSON.stringify(files)};
const isHashed = /[.-][0-9a-zA-Z]{8}\\.\\w+$|\\/(_node|type)\\//;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.add(root.href)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("workings-") && name !== cacheName;
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim())
  );
});

self.addEventListener("fetch", (event) => {
  const {request} = event;
  if (request.method !== "GET" || !request.url.startsWith(root.href)) return;
  event.respondWith(isHashed.test(new URL(request.url).pathname) ? cacheFirst(request) : networkFirst(request));
});

// A page's query is its figures' state: one copy serves every state.
const key = (url) => url.split(/[?#]/)[0];

async function cacheFirst(request) {
  const cache = await caches.open(cacheName);
  return (await cache.match(key(request.url))) ?? keep(cache, request.url, await fetch(request));
}

async function networkFirst(request) {
  const cache = await caches.open(cacheName);
  try {
    return keep(cache, request.url, await fetch(request));
  } catch (error) {
    const kept = await cache.match(key(request.url));
    if (kept) return kept;
    throw error;
  }
}

function keep(cache, url, response) {
  if (response.ok && response.type === "basic") cache.put(key(url), response.clone());
  return response;
}

self.addEventListener("message", (event) => {
  const {data, ports} = event;
  if (data.type === "workings:keep") event.waitUntil(keepAll(data.urls, () => {}));
  if (data.type === "workings:keep-all") {
    const urls = files.map((file) => new URL(file, root).href);
    const report = (done, error) => ports[0].postMessage({done, total: urls.length, error});
    event.waitUntil(keepAll(urls, report).catch((error) => report(0, String(error))));
  }
});

async function keepAll(urls, onProgress) {
  const cache = await caches.open(cacheName);
  let done = 0;
  for (const url of urls) {
    if (!(await cache.match(key(url)))) await cache.add(key(url));
    onProgress(++done);
  }
}
`;
