/**
 * Makes gpt-4-trees.json and gpt-4-answers.json of the authors' released logs:
 * `node_modules/.bin/tsx data/game24/compact-logs.ts FOLDER_WITH_THEIR_LOGS`.
 */
import {readFileSync, writeFileSync} from "node:fs";

const [folder = "."] = process.argv.slice(2);
const read = <T>(name: string) => JSON.parse(readFileSync(`${folder}/gpt-4_0.7_${name}_start900_end1000.json`, "utf8")) as T;

interface Step {
  readonly x: string;
  readonly ys: readonly string[];
  readonly new_ys: readonly string[];
  readonly values: readonly number[];
  readonly select_new_ys: readonly string[];
}
interface Run {
  readonly idx: number;
  readonly steps: readonly Step[];
  readonly usage_so_far: {readonly cost: number};
}

// A candidate is its parent's place among the lines kept before, its own new text, its value, and whether it was kept.
const trees = read<readonly Run[]>("propose1_value3_greedy5").map(({idx, steps}) => ({
  rank: idx + 1,
  numbers: steps[0]!.x,
  steps: steps.map(({ys, new_ys, values, select_new_ys}) => {
    const wanted = [...select_new_ys];
    return new_ys.map((line, i) => {
      const parents = ys.map((y, p) => [y, p] as const).filter(([y]) => line.startsWith(y)).sort((a, b) => b[0].length - a[0].length);
      const [parentLine, parent] = parents[0]!;
      const place = wanted.indexOf(line);
      if (place >= 0) wanted.splice(place, 1);
      return [parent, line.slice(parentLine.length).trim(), Number(values[i]!.toFixed(3)), place >= 0 ? select_new_ys.indexOf(line) : -1];
    });
  })
}));
writeFileSync("data/game24/gpt-4-trees.json", JSON.stringify(trees));

// Answers that occur several times among a puzzle's hundred samples stand once, with their count.
const answers = (name: string) => read<readonly {readonly ys: readonly string[]}[]>(name).map(({ys}) => {
  const counts = new Map<string, number>();
  for (const y of ys) {
    const answer = y.trim().split("\n").at(-1)!.toLowerCase().replace("answer: ", "").trim();
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  return [...counts];
});
const [cot, standard] = [answers("naive_cot_sample_100"), answers("naive_standard_sample_100")];
writeFileSync("data/game24/gpt-4-answers.json", JSON.stringify(trees.map(({rank, numbers}, i) => ({rank, numbers, cot: cot[i], standard: standard[i]}))));
