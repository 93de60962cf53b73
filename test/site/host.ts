/** Another site, on another port and so of another origin, whose one page is what a test gives it. */
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";

export interface Host {
  readonly url: string;
  close(): void;
}

/**
 * @param body the page's; `messages` in the page lists what its frames told it
 * @param doctype what the page begins with; without one, browsers lay it out as in 1998
 */
export async function host(body: string, doctype = "<!DOCTYPE html>"): Promise<Host> {
  const page = `${doctype}<html lang="en"><meta charset="utf-8"><title>Host</title>
    <style>body { font: 30px cursive; color: red } svg { width: 10px } * { letter-spacing: 3px }</style>${body}
    <script>messages = []; addEventListener("message", ({data}) => messages.push(data));</script>`;
  const server = createServer((_, response) => response.writeHead(200, {"content-type": "text/html"}).end(page));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    }
  };
}
