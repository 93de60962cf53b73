import {readFileSync} from "node:fs";
import {expect, it} from "vitest";
import {seededRandom} from "../../src/compute/random.js";
import {batchedLogits} from "../../src/tree-of-thought/batch-judge.js";
import {leadsTo24, makeJudgeData} from "../../src/tree-of-thought/judge-data.js";
import {featureCount, featuresOf, splitsOf} from "../../src/tree-of-thought/judge-features.js";
import {judgeLogits, judgeParameters, verdictOf} from "../../src/tree-of-thought/judge.js";
import {shippedJudge} from "../../src/tree-of-thought/judge-weights.js";
import {usualSampling} from "../../src/tree-of-thought/methods.js";
import {addReachable, canReach, movesFrom, positionOf} from "../../src/tree-of-thought/position.js";
import {readPuzzles, testedPuzzles} from "../../src/tree-of-thought/puzzles.js";

const tested = testedPuzzles(readPuzzles(readFileSync("data/game24/24.csv", "utf8")));

it("a position can reach 24 exactly if one of its splits leads to it", () => {
  for (const numbers of tested.slice(0, 20))
    for (const {next} of movesFrom(positionOf(numbers)))
      expect(splitsOf(next).some(({aside, pair}) => leadsTo24(next, aside, pair))).toBe(canReach(next));
});

it("the training has seen no split of a position that the tested puzzles lead to", {timeout: 60_000}, () => {
  const making = makeJudgeData(tested, seededRandom(24));
  let step = making.next();
  while (!step.done) step = making.next();
  const {values, kinds, heldOut} = step.value;
  const held = new Set<string>();
  for (const numbers of tested) addReachable(positionOf(numbers), held);
  expect(heldOut).toBe(held.size);
  const stride = featureCount + 1;
  const rows = new Set<string>();
  for (let i = 0; i < values.length; i += stride) rows.add(values.subarray(i, i + featureCount).join());
  for (const key of held) {
    const numbers = key.split(" ");
    if (numbers.length > 2 || numbers.some((number) => number.includes("/"))) continue;
    expect(rows.has(featuresOf(positionOf(numbers.map(Number))).join())).toBe(false);
  }
  kinds.forEach(([from, end], kind) => {
    expect(end).toBeGreaterThan(from);
    for (let i = from; i < end; i += 97) expect(values[i * stride + featureCount]).toBe(kind % 2 ? 0 : 1);
  });
});

it("samples are the same for the same seed, differ between seeds, and at temperature 0 all say the same", () => {
  const position = positionOf([4, 4, 10]);
  const votes = (seed: number, temperature: number) =>
    verdictOf(position, 1.5, {...usualSampling, samples: 10, seed, temperature}, seededRandom).votes.join();
  expect(votes(1, 1)).toBe(votes(1, 1));
  expect(new Set([1, 2, 3, 4, 5, 6].map((seed) => votes(seed, 1))).size).toBeGreaterThan(1);
  expect(votes(1, 0)).toBe("0,10,0");
  const {chances} = verdictOf(position, 1.5, usualSampling, seededRandom);
  expect(chances[0] + chances[1] + chances[2]).toBeCloseTo(1);
});

it("a last number is judged by looking at it", () => {
  const [right, wrong] = judgeLogits(shippedJudge(), [positionOf([24]), positionOf([23])]);
  expect(verdictOf(positionOf([24]), right!, usualSampling, seededRandom).votes).toEqual([3, 0, 0]);
  expect(verdictOf(positionOf([23]), wrong!, usualSampling, seededRandom).votes).toEqual([0, 0, 3]);
});

it("the shipped judge has the parameters that the layers want", () => {
  expect(shippedJudge()).toHaveLength(judgeParameters);
});

it("what searches ask at once is answered together, and once", async () => {
  const asked: number[] = [];
  const logits = batchedLogits((positions) => {
    asked.push(positions.length);
    return Float32Array.from(positions, ({length}) => length);
  });
  const [a, b] = [positionOf([1, 2]), positionOf([3, 4])];
  const answers = await Promise.all([logits([a]), logits([b, a])]);
  expect(answers.map((list) => [...list])).toEqual([[2], [2, 2]]);
  expect([...(await logits([b]))]).toEqual([2]);
  expect(asked).toEqual([2]);
});
