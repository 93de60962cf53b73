/** `npm run serve [-- --port 3001 --base /some/path/]`: the built site, as a static host would serve it. */
import {existsSync} from "node:fs";
import {parseArgs} from "node:util";
import {serveStatic} from "./static-server.js";

const {values} = parseArgs({options: {port: {type: "string", default: "3001"}, base: {type: "string", default: "/"}}});
if (!existsSync("dist/index.html")) {
  console.error("There is no built site yet: npm run build");
  process.exit(1);
}
const {url} = await serveStatic({directory: "dist", base: values.base, port: Number(values.port)});
console.log(`Workings is at ${url}`);
