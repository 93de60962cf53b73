/** Accessibility faults of a page, by axe-core. */
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import type {Page} from "playwright-core";

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly {readonly html: string; readonly failureSummary: string}[];
  }[];
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Violations of impact serious or critical, in words, with the first element that has each. */
export async function axeFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  const {violations} = (await page.evaluate("axe.run()")) as AxeResult;
  return violations
    .filter(({impact}) => impact === "serious" || impact === "critical")
    .map(({id, nodes}) => `${id}: ${nodes[0]!.html}\n${nodes[0]!.failureSummary}`);
}
