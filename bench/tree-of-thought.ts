/** The judge: trained on the device, then every method on puzzles 901–1000, which no training has seen. */
import {readFileSync} from "node:fs";
import type {Browser} from "playwright-core";
import type {Method} from "../src/tree-of-thought/methods.js";
import {readPuzzles, testedPuzzles} from "../src/tree-of-thought/puzzles.js";
import {openBenchPage} from "./bench-page.js";
import type {Report} from "./report.js";
import type {JudgeTiming, MethodTiming} from "./tree-of-thought.browser.js";

const judges = 3;
const seeds = 5;
const methods: Readonly<Record<string, Method>> = {
  "one chain": {strategy: "chain"},
  "vote of 10 chains": {strategy: "vote", paths: 10},
  "BFS, b = 1": {strategy: "bfs", breadth: 1},
  "BFS, b = 5": {strategy: "bfs", breadth: 5},
  DFS: {strategy: "dfs"},
  MCTS: {strategy: "mcts"}
};

export async function benchTreeOfThought(browser: Browser, report: Report): Promise<void> {
  const page = await openBenchPage(browser, "bench/tree-of-thought.browser.ts", "timeJudge");
  const tested = testedPuzzles(readPuzzles(readFileSync("data/game24/24.csv", "utf8")));
  const trained: JudgeTiming[] = [];
  for (let seed = 1; seed <= judges; seed++) {
    const judge = (await page.evaluate(`timeJudge(${JSON.stringify(tested)}, ${seed})`)) as JudgeTiming;
    trained.push(judge);
    report(`judge ${seed}, trained in`, `${judge.seconds.toFixed(1)} s`,
      `${judge.backend}; data ${judge.dataSeconds.toFixed(1)} s of it, longest task ${judge.longestTask.toFixed(0)} ms`);
  }
  for (const [name, method] of Object.entries(methods)) {
    const runs: MethodTiming[] = [];
    for (const {parameters} of trained)
      runs.push((await page.evaluate(`timeMethod(${[tested, parameters, method, seeds].map((value) => JSON.stringify(value)).join()})`)) as MethodTiming);
    const solved = runs.flatMap((run) => run.solved);
    const mean = solved.reduce((sum, count) => sum + count, 0) / solved.length;
    report(`901–1000, ${name}`, `${mean.toFixed(1)} %`,
      `${Math.min(...solved)}–${Math.max(...solved)} over ${judges} judges × ${seeds} seeds; ${runs[0]!.calls.toFixed(0)} states judged a puzzle; ` +
      `100 puzzles in ${runs[0]!.seconds.toFixed(2)} s`);
  }
  await page.close();
}
