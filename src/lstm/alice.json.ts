/** Data loader: the chapter as one string. */
import {readFileSync} from "node:fs";

process.stdout.write(JSON.stringify(readFileSync("data/alice/chapter-1.txt", "utf8")));
