/** `npm test [-- stage …]`: every check there is, in order, all of them even when one fails; the last line counts. */
import {spawnSync} from "node:child_process";
import {mkdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {chromiumVersion, findOrInstallChromium} from "./chromium.js";

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const results = "test/.results";
const minutes = 60_000;

/** A command that is one check; one that hangs has failed. */
function check(name: string, command: string, ...args: string[]): Count {
  const passed = run(join("node_modules", ".bin", command), args) ? 1 : 0;
  if (!passed) console.log(`FAILED: ${name}`);
  return {passed, failed: 1 - passed, skipped: 0};
}

function run(program: string, args: readonly string[]): boolean {
  const {status} = spawnSync(program, args, {
    stdio: "inherit",
    timeout: 15 * minutes,
    shell: process.platform === "win32",
    env: {...process.env, OBSERVABLE_TELEMETRY_DISABLE: "true"}
  });
  return status === 0;
}

/** A vitest project; a run that dies without a report counts as one failure. */
function suite(project: string): Count {
  const report = join(results, `${project}.json`);
  rmSync(report, {force: true});
  const ok = run(join("node_modules", ".bin", "vitest"), [
    "run",
    "--config=test/vitest.config.ts",
    `--project=${project}`,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`
  ]);
  try {
    const {numPassedTests, numFailedTests, numPendingTests} = JSON.parse(readFileSync(report, "utf8")) as Record<string, number>;
    const failed = numFailedTests ?? 0;
    return {passed: numPassedTests ?? 0, failed: ok ? failed : Math.max(1, failed), skipped: numPendingTests ?? 0};
  } catch {
    return {passed: 0, failed: 1, skipped: 0};
  }
}

const stages: Readonly<Record<string, () => Count>> = {
  typecheck: () => check("type check", "tsc", "--noEmit"),
  lint: () => check("lint", "eslint", "."),
  unit: () => suite("unit"),
  webgpu: () => suite("webgpu"),
  build: () => check("build", "observable", "build"),
  site: () => suite("site")
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in stages));
if (unknown.length > 0) {
  console.error(`No stage ${unknown.join(", ")}; there are ${Object.keys(stages).join(", ")}`);
  process.exit(1);
}
mkdirSync(results, {recursive: true});
const chromium = findOrInstallChromium();
console.log(`${chromiumVersion(chromium)} (${chromium.source})`);

const total = {passed: 0, failed: 0, skipped: 0};
for (const [name, stage] of Object.entries(stages)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const start = Date.now();
  console.log(`\n— ${name}`);
  const count = stage();
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
  console.log(`— ${name}: ${count.passed} passed, ${count.failed} failed (${Math.round((Date.now() - start) / 1000)} s)`);
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);
