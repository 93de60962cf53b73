import {readFileSync} from "node:fs";
import {expect, it} from "vitest";
import {countAnswers, loggedEvents, startOf, stateAfter, summariseLog, votesOf} from "../../src/tree-of-thought/gpt-4-log.js";
import type {LoggedAnswers, LoggedTree} from "../../src/tree-of-thought/gpt-4-log.js";
import {positionText} from "../../src/tree-of-thought/position.js";

const trees = JSON.parse(readFileSync("data/game24/gpt-4-trees.json", "utf8")) as readonly LoggedTree[];
const answers = JSON.parse(readFileSync("data/game24/gpt-4-answers.json", "utf8")) as readonly LoggedAnswers[];

it("recomputes what the logs give: 69 of 100 puzzles by the tree, 23.8 % of its last lines", {timeout: 60_000}, () => {
  const summaries = trees.map(summariseLog);
  expect(summaries.filter(({right}) => right > 0)).toHaveLength(69);
  expect(summaries.reduce((sum, {right}) => sum + right, 0)).toBe(119);
});

it("recomputes 4.03 % of chains and 49 puzzles by the best of a hundred", {timeout: 60_000}, () => {
  const counts = answers.map(countAnswers);
  expect(counts.reduce((sum, {cot}) => sum + cot, 0)).toBe(403);
  expect(counts.filter(({cot}) => cot > 0)).toHaveLength(49);
  expect(counts.filter(({standard}) => standard > 0)).toHaveLength(33);
});

it("tells a run in the events of a search, its five kept lines at each of four steps", () => {
  const events = [...loggedEvents(trees[0]!)];
  expect(events.filter(({kind}) => kind === "value")).toHaveLength(4);
  expect(events.filter(({kind}) => kind === "keep")).toHaveLength(20);
  expect(events.at(-1)).toMatchObject({kind: "solve", calls: 80});
});

it("takes a value apart into votes", () => {
  expect([60, 3, 2.001, 22, 0.003, 40.001, 0].map(votesOf)).toEqual([
    [3, 0, 0], [0, 3, 0], [0, 2, 1], [1, 2, 0], [0, 0, 3], [2, 0, 1], [0, 0, 0]
  ]);
});

it("follows rounded decimals exactly, and sees what is no legal move", () => {
  const third = stateAfter(startOf("4 9 10 13"), "10 / 9 = 1.111 (left: 1.111 4 13)", [4, 9, 10, 13]);
  expect(positionText(third.exact!)).toBe("10/9 4 13");
  expect(stateAfter(startOf("4 9 10 13"), "10 - 4 = 5 (left: 5 9 13)", [4, 9, 10, 13]).exact).toBe(null);
  expect(stateAfter(startOf("4 9 10 13"), "10 - 5 = 5 (left: 5 9 13)", [4, 9, 10, 13]).exact).toBe(null);
  expect(stateAfter(startOf("4 9 10 13"), "4 - 9 = -5 (left: -5 10 13)", [4, 9, 10, 13]).exact).not.toBe(null);
  expect(stateAfter(startOf("4 9 10 13"), "Answer: (10 - 4) * (13 - 9) = 24", [4, 9, 10, 13]).answer).toBe("right");
});
