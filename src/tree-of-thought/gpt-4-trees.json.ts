/** Data loader: GPT-4's trees as they were released, compacted (data/game24/SOURCE.md). */
import {readFileSync} from "node:fs";

process.stdout.write(readFileSync("data/game24/gpt-4-trees.json", "utf8"));
