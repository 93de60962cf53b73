import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {checkExpression, solve24} from "../../src/tree-of-thought/game24.js";
import {canReach, movesFrom, positionOf, positionText} from "../../src/tree-of-thought/position.js";

const puzzles = readFileSync("data/game24/24.csv", "utf8").trim().split(/\r?\n/).slice(1)
  .map((line) => line.split(",")[1]!.split(" ").map(Number));

describe("solve24", () => {
  it("finds a way for each of the 1,362 puzzles, and each way verifies exactly", {timeout: 60_000}, () => {
    expect(puzzles).toHaveLength(1362);
    for (const numbers of puzzles) {
      const ways = solve24(numbers);
      expect(ways.length).toBeGreaterThan(0);
      for (const way of ways) expect(checkExpression(way, numbers).ok).toBe(true);
    }
  });

  it("finds no way for the other 458 hands of 1–13: the dataset holds all that can be solved", {timeout: 60_000}, () => {
    const known = new Set(puzzles.map((numbers) => [...numbers].sort((a, b) => a - b).join(" ")));
    let [solved, unsolved] = [0, 0];
    for (let a = 1; a <= 13; a++) for (let b = a; b <= 13; b++) for (let c = b; c <= 13; c++) for (let d = c; d <= 13; d++) {
      const reached = canReach(positionOf([a, b, c, d]));
      expect(reached).toBe(known.has([a, b, c, d].join(" ")));
      if (reached) solved++;
      else unsolved++;
    }
    expect([solved, unsolved]).toEqual([1362, 458]);
  });

  it("needs fractions for 3 3 8 8 and finds the one way", () => {
    expect(solve24([3, 3, 8, 8])).toEqual(["8 ÷ (3 − 8 ÷ 3)"]);
  });

  it("counts ways that differ in order or grouping once", () => {
    expect(solve24([6, 6, 6, 6])).toHaveLength(2);
    expect(solve24([24])).toEqual(["24"]);
    expect(solve24([1, 1, 1, 1])).toEqual([]);
  });

  it("refuses what is no hand", () => {
    for (const hand of [[], [1.5, 2, 3, 4], [NaN, 1, 1, 1], [-1, 2, 3, 4], [1, 2, 3, 4, 5, 6]]) expect(() => solve24(hand)).toThrow(RangeError);
  });
});

describe("checkExpression", () => {
  it.each([
    ["(10 - 4) * (13 - 9)", true, "(10 − 4) × (13 − 9)"],
    ["(10-4)×(13−9) = 24", true, "(10 − 4) × (13 − 9)"],
    ["(10 - 4) * (13 - 9", false, "at character 19: a closing parenthesis is missing"],
    ["(10 - 4) * 4", false, "it uses 4 4 10, not 4 9 10 13"],
    ["10 + 4 + 13 - 9", false, "it makes 18, not 24"],
    ["(10 - 4) * (13 - 9) = 25", false, "only “= 24” may follow the expression"],
    ["10 / (4 - 4)", false, "at character 4: division by zero"],
    ["", false, "at character 1: a number is missing at the end"],
    ["alert(1)", false, "at character 1: a number is wanted, not “a”"]
  ])("%s", (text, ok, said) => {
    const check = checkExpression(text, [4, 9, 10, 13]);
    expect(check.ok).toBe(ok);
    expect(check.ok ? check.text : check.reason).toBe(said);
  });

  it("is exact where floating point is not", () => {
    expect(checkExpression("8 / (3 - 8 / 3)", [3, 3, 8, 8]).ok).toBe(true);
    expect(checkExpression("1 / 3 * 9 * 8", [1, 3, 9, 8]).ok).toBe(true);
  });

  it("says no to anything, and never throws", () => {
    for (const text of ["(".repeat(10_000), "9".repeat(400), "1/0", "((1)", "1 2", "𝟚", "= 24", "1==1", "\u0000", "()"])
      expect(checkExpression(text, [1, 2, 3, 4]).ok).toBe(false);
  });
});

it("moves that lead to the same numbers are one, and differences of negative numbers go both ways", () => {
  expect(movesFrom(positionOf([2, 2])).map(({next}) => positionText(next))).toEqual(["4", "0", "1"]);
  expect(movesFrom(positionOf([-1, 25])).map(({next}) => positionText(next))).toEqual(["24", "26", "−26", "−25", "−1/25"]);
  expect(canReach(positionOf([-1, 25]))).toBe(true);
});
