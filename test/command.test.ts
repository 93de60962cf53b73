import {existsSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as wait} from "node:timers/promises";
import {expect, it} from "vitest";
import {command} from "./command.js";

const node = (code: string, limit: number) => command(process.execPath, ["--eval", code], {limit});

it("says whether a program ended well", async () => {
  expect(await node("", 10_000)).toBe(true);
  expect(await node("process.exitCode = 3", 10_000)).toBe(false);
  expect(await command("there-is-no-such-program", [], {limit: 10_000})).toBe(false);
});

it("kills a program that runs too long, with everything it started", async () => {
  const folder = mkdtempSync(join(tmpdir(), "workings-"));
  const file = JSON.stringify(join(folder, "outlived"));
  const child = `setTimeout(() => require("fs").writeFileSync(${file}, ""), 1500)`;
  const parent = `require("child_process").spawnSync(process.execPath, ["--eval", ${JSON.stringify(child)}])`;
  expect(await node(parent, 500)).toBe(false);
  await wait(1800);
  expect(existsSync(join(folder, "outlived"))).toBe(false);
  rmSync(folder, {recursive: true});
});
