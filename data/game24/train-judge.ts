/**
 * Makes the judge that the page starts with, `src/tree-of-thought/judge-snapshot.ts`, on the CPU, where the arithmetic
 * is the same on every machine: `node_modules/.bin/tsx data/game24/train-judge.ts`. Takes about a minute.
 */
import {readFileSync, writeFileSync} from "node:fs";
import {startBackend} from "../../src/compute/backend.js";
import {trainJudge} from "../../src/tree-of-thought/judge.training.js";
import {readPuzzles, testedPuzzles} from "../../src/tree-of-thought/puzzles.js";

const seed = 1;
await startBackend({prefer: "cpu"});
const tested = testedPuzzles(readPuzzles(readFileSync("data/game24/24.csv", "utf8")));
let parameters = new Float32Array();
for await (const snapshot of trainJudge({tested, seed}, {})) parameters = snapshot.parameters?.slice() ?? parameters;
const text = Buffer.from(parameters.buffer).toString("base64");
writeFileSync("src/tree-of-thought/judge-snapshot.ts", `/** Made by data/game24/train-judge.ts, seed ${seed}; ${parameters.length} numbers, float32 in base64. */
export const judgeSnapshotText =
  "${text}";
`);
console.log(`${parameters.length} parameters`);
