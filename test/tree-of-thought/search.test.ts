import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {seededRandom} from "../../src/compute/random.js";
import {batchedLogits} from "../../src/tree-of-thought/batch-judge.js";
import {expressionText} from "../../src/tree-of-thought/expression.js";
import {checkExpression, game24, positionIn} from "../../src/tree-of-thought/game24.js";
import type {Hand} from "../../src/tree-of-thought/game24.js";
import {isMeasurable, jugs, ruleOfNearness} from "../../src/tree-of-thought/jugs.js";
import type {Jugs} from "../../src/tree-of-thought/jugs.js";
import {judgeLogits} from "../../src/tree-of-thought/judge.js";
import {shippedJudge} from "../../src/tree-of-thought/judge-weights.js";
import {attempt, handJudge, usualSampling} from "../../src/tree-of-thought/methods.js";
import {canReach} from "../../src/tree-of-thought/position.js";
import {readPuzzles, testedPuzzles} from "../../src/tree-of-thought/puzzles.js";
import {search, strategies} from "../../src/tree-of-thought/search.js";
import type {Judge, SearchEvent, SearchOptions} from "../../src/tree-of-thought/search.js";
import {traceWriter} from "../../src/tree-of-thought/trace.js";

/** A judge that knows. */
const oracle: Judge<Hand> = (hands) => hands.map((hand) => {
  const can = canReach(positionIn(hand));
  return {logit: can ? 5 : -5, chances: can ? [1, 0, 0] : [0, 0, 1], votes: can ? [3, 0, 0] : [0, 0, 3], value: can ? 60 : 0.003};
});

async function all<S>(events: AsyncIterable<SearchEvent<S>>): Promise<readonly SearchEvent<S>[]> {
  const list: SearchEvent<S>[] = [];
  for await (const event of events) list.push(event);
  return list;
}

const weights = shippedJudge();
const logits = batchedLogits((positions) => judgeLogits(weights, positions));
const tested = testedPuzzles(readPuzzles(readFileSync("data/game24/24.csv", "utf8")));

describe.each(strategies)("%s", (strategy) => {
  it("with a judge that knows, solves the first ten test puzzles; what it finds verifies", async () => {
    for (const numbers of tested.slice(0, 10)) {
      const events = await all(search(game24(numbers), {strategy, judge: oracle, breadth: 5, temperature: 0.1, random: seededRandom(1)}));
      const last = events.at(-1)!;
      if (last.kind !== "solve") throw new Error(`${numbers.join(" ")} ended with ${JSON.stringify(last)}`);
      expect(checkExpression(last.state.map(expressionText).join(), numbers).ok).toBe(true);
    }
  });

  it("ends a hand that cannot be solved, with one last event, counting what it judged", async () => {
    const events = await all(search(game24([1, 1, 1, 1]), {strategy, judge: handJudge(logits, usualSampling, seededRandom), random: seededRandom(1)}));
    expect(events.filter(({kind}) => kind === "solve" || kind === "give up")).toHaveLength(1);
    expect(events.at(-1)!.kind).toBe("give up");
    const judged = events.flatMap((event) => (event.kind === "value" ? event.verdicts : [])).length;
    expect(events.at(-1)!.calls).toBe(judged);
  });

  it("stays within its nodes, its time, and stops when told", async () => {
    const judge = handJudge(logits, usualSampling, seededRandom);
    const limited = await all(search(game24([4, 9, 10, 13]), {strategy, judge, nodes: 20}));
    expect(limited.at(-1)).toMatchObject({kind: "give up", reason: "nodes", nodes: 20});
    expect((await all(search(game24([4, 9, 10, 13]), {strategy, judge, time: -1}))).at(-1)).toMatchObject({reason: "time"});
    expect((await all(search(game24([4, 9, 10, 13]), {strategy, judge, signal: AbortSignal.abort()}))).at(-1)).toMatchObject({reason: "cancelled"});
  });
});

it("breadth keeps b states a level, the most valuable, and says why the others are left out", async () => {
  const events = await all(search(game24([4, 9, 10, 13]), {strategy: "bfs", judge: handJudge(logits, usualSampling, seededRandom), breadth: 3}));
  const writer = traceWriter(game24([4, 9, 10, 13]).start);
  for (const event of events) writer.add(event);
  const first = writer.trace().nodes.filter(({depth}) => depth === 1);
  const kept = first.filter((node) => node.kept < Infinity);
  expect(kept).toHaveLength(3);
  const least = Math.min(...kept.map(({verdict}) => verdict!.value));
  for (const {verdict, reason} of first.filter((node) => node.reason)) {
    expect(reason === "breadth" || reason === "seen").toBe(true);
    if (verdict) expect(verdict.value).toBeLessThanOrEqual(least);
  }
});

it("an error of the judge ends the search with that error", async () => {
  const judge: Judge<Hand> = () => Promise.reject(new Error("no answer"));
  await expect(all(search(game24([1, 2, 3, 4]), {strategy: "bfs", judge}))).rejects.toThrow("no answer");
});

describe("two jugs", () => {
  const task = {sizeA: 3, sizeB: 5, target: 4};
  const run = (options: Partial<SearchOptions<Jugs>>, asked = task) =>
    all(search(jugs(asked), {strategy: "dfs", judge: ruleOfNearness(asked), nodes: 200, pruning: false, breadth: 6, ...options}));

  it("are measured with a visited set, go round for ever without one, and end with a depth limit", async () => {
    expect((await run({})).at(-1)!.kind).toBe("solve");
    expect((await run({visited: false})).at(-1)).toMatchObject({kind: "give up", reason: "nodes"});
    expect((await run({visited: false, depth: 3})).at(-1)).toMatchObject({kind: "give up", reason: "depth"});
    expect((await run({visited: false, strategy: "bfs", nodes: 5000})).at(-1)!.kind).toBe("solve");
  });

  it("cannot measure what is no multiple of the common divisor, and the search says so by ending", async () => {
    const odd = {sizeA: 4, sizeB: 6, target: 3};
    expect(isMeasurable(odd)).toBe(false);
    expect((await run({}, odd)).at(-1)).toMatchObject({kind: "give up", reason: "exhausted"});
  });

  it("are lost when the rule prunes the only way", async () => {
    const far = {sizeA: 9, sizeB: 4, target: 6};
    expect((await run({}, far)).at(-1)!.kind).toBe("solve");
    expect((await run({pruning: true}, far)).at(-1)!.kind).toBe("give up");
  });
});

it("the shipped judge: b = 5 solves 90 of puzzles 901–1000 or more, more than b = 1, ten chains with a vote, and one chain", {timeout: 60_000}, async () => {
  const options = {logits, sampling: usualSampling, temperature: 0.7, seeded: seededRandom};
  const solved = async (method: Parameters<typeof attempt>[1]) =>
    (await Promise.all(tested.map((numbers) => attempt(numbers, method, options)))).filter((each) => each.solved).length;
  const five = await solved({strategy: "bfs", breadth: 5});
  expect(five).toBeGreaterThanOrEqual(90);
  for (const method of [{strategy: "bfs", breadth: 1}, {strategy: "vote", paths: 10}, {strategy: "chain"}] as const)
    expect(await solved(method)).toBeLessThan(five);
});
