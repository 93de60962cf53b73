/** A static file server with nothing a static host would not have: tests and `npm run serve` use it. */
import {createReadStream, existsSync, statSync} from "node:fs";
import {createServer} from "node:http";
import type {ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {extname, join, normalize, sep} from "node:path";

export interface StaticServer {
  /** Where the site is, with its base path and a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

export interface StaticServerOptions {
  readonly directory: string;
  /** The path the site is mounted at; "/" unless given. */
  readonly base?: string;
  /** 0 takes any free port. */
  readonly port?: number;
}

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2"
};

/** Serves until closed. @throws Error when the port is taken */
export async function serveStatic({directory, base = "/", port = 0}: StaticServerOptions): Promise<StaticServer> {
  const root = normalize(directory + sep);
  const mount = `/${base}/`.replace(/\/+/g, "/");
  const server = createServer((request, response) => answer(root, mount, request.url ?? "/", response));
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}${mount}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })
  };
}

function answer(root: string, mount: string, url: string, response: ServerResponse): void {
  const [path = "/", query] = url.split("?", 2);
  const send = (status: number, file: string) => {
    const type = types[extname(file)] ?? "application/octet-stream";
    // As GitHub Pages and other static hosts do: figures are modules and data for pages of any origin.
    response.writeHead(status, {"content-type": type, "access-control-allow-origin": "*"});
    createReadStream(file).pipe(response);
  };
  const redirect = () => {
    response.writeHead(301, {location: `${path}/${query === undefined ? "" : `?${query}`}`}).end();
  };
  const missing = () => {
    const page = join(root, "404.html");
    if (existsSync(page)) send(404, page);
    else response.writeHead(404).end("not found");
  };
  if (`${path}/` === mount) return redirect();
  const file = path.startsWith(mount) ? fileAt(root, path.slice(mount.length)) : undefined;
  if (!file) return missing();
  if (!statSync(file).isDirectory()) return send(200, file);
  if (!path.endsWith("/")) return redirect();
  const index = join(file, "index.html");
  if (existsSync(index)) send(200, index);
  else missing();
}

/** The file or folder at a path below root, or undefined when there is none or the path leads out. */
function fileAt(root: string, path: string): string | undefined {
  try {
    const file = normalize(join(root, decodeURIComponent(path)));
    return (file + sep).startsWith(root) && existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}
