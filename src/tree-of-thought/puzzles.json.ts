/** Data loader: the puzzles, easiest first. */
import {readFileSync} from "node:fs";
import {readPuzzles} from "./puzzles.js";

process.stdout.write(JSON.stringify(readPuzzles(readFileSync("data/game24/24.csv", "utf8"))));
