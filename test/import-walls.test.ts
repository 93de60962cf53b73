/** The house's walls stand: each import that design.md forbids fails the linter, and so CI. */
import {ESLint} from "eslint";
import {expect, it} from "vitest";

const eslint = new ESLint();

async function faults(filePath: string, code: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(code, {filePath});
  return result!.messages.map(({ruleId}) => ruleId);
}

it.each([
  ["an algorithm imports compute", "src/iou/x.ts", "../compute/random.js"],
  ["an algorithm imports the notebook", "src/iou/penalties/x.ts", "../../notebook/number-text.js"],
  ["an algorithm imports a figure", "src/iou/x.ts", "./figures/box-drag.js"],
  ["an algorithm imports a kernel", "src/iou/x.ts", "./matrix.kernel.js"],
  ["a kernel imports the notebook", "src/iou/x.kernel.ts", "../notebook/number-text.js"],
  ["a figure imports compute", "src/iou/figures/x.ts", "../../compute/backend.js"],
  ["the notebook imports a room", "src/notebook/x.ts", "../iou/iou.js"],
  ["the notebook imports more of compute than its status", "src/notebook/x.ts", "../compute/backend.js"],
  ["compute imports the notebook", "src/compute/x.ts", "../notebook/number-text.js"],
  ["compute imports a room", "src/compute/x.ts", "../iou/iou.js"]
])("fails the linter when %s", {timeout: 60_000}, async (_, file, specifier) => {
  const code = `import * as module from "${specifier}";\nexport const used = module;\n`;
  expect(await faults(file, code)).toContain("import-x/no-restricted-paths");
});

it.each([
  ["a figure imports an algorithm, a kernel and the notebook", "src/iou/figures/x.ts", "../matrix.kernel.js"],
  ["a kernel imports compute", "src/iou/x.kernel.ts", "../compute/kernel.js"],
  ["the notebook asks which backend runs", "src/notebook/x.ts", "../compute/status.js"]
])("lets pass that %s", {timeout: 60_000}, async (_, file, specifier) => {
  const code = `import * as module from "${specifier}";\nexport const used = module;\n`;
  expect(await faults(file, code)).toEqual([]);
});
