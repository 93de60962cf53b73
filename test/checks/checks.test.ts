import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {runCheck, tallied, nothing} from "../../src/checks/check.js";
import {allChecks} from "../../src/checks/checks.js";

const read = (name: string) => [name, JSON.parse(readFileSync(`test/fixtures/${name}.json`, "utf8")) as unknown] as const;

const checks = await allChecks();

describe("a reader's check", () => {
  it.each(checks.map((check) => [check.algorithm, check] as const))("%s: within its tolerance", {timeout: 60_000}, async (_, check) => {
    const fixtures = Object.fromEntries(check.fixtures.map(read));
    const {cases, numbers, error} = await runCheck(check, fixtures);
    expect(cases).toBeGreaterThan(3);
    expect(numbers).toBeGreaterThan(20);
    expect(error).toBeLessThanOrEqual(check.tolerance);
    expect(check.reference(fixtures)).toMatch(/\d/);
  });

  it("fails what is wrong, missing or not a number", () => {
    expect(tallied(nothing, {ours: [1, 2], theirs: [1, 2.5]}).error).toBe(0.2);
    expect(tallied(nothing, {ours: [1], theirs: [1, 2]}).error).toBe(Infinity);
    expect(tallied(nothing, {ours: [NaN], theirs: [1]}).error).toBe(Infinity);
    expect(tallied(nothing, {ours: [1], theirs: [null]}).error).toBe(Infinity);
    expect(tallied(nothing, {ours: [NaN], theirs: [null]})).toEqual({cases: 1, numbers: 1, error: 0});
  });
});
