/** The stages of `npm test`, in order. */
import {mkdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {findOrInstallChromium} from "./chromium.js";
import {command} from "./command.js";

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Stage {
  readonly name: string;
  /** Minutes after which it is taken to hang. */
  readonly minutes: number;
  /** @param limit milliseconds it may take */
  run(limit: number): Promise<Count>;
}

export const stages: readonly Stage[] = [
  {name: "typecheck", minutes: 4, run: check("tsc", "--noEmit")},
  {name: "lint", minutes: 4, run: check("eslint", ".")},
  {name: "unit", minutes: 4, run: suite("unit")},
  {name: "webgpu", minutes: 8, run: inChromium(suite("webgpu"))},
  {name: "build", minutes: 4, run: check("tsx", "build/run.ts")},
  {name: "site", minutes: 20, run: inChromium(suite("site"))}
];

const results = "test/.results";
const bin = (program: string): string => join("node_modules", ".bin", program);

/** A command that is one check. */
function check(program: string, ...args: string[]): Stage["run"] {
  return async (limit) => {
    const ok = await command(bin(program), args, {limit, env: {OBSERVABLE_TELEMETRY_DISABLE: "true"}});
    return {passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0};
  };
}

/** A vitest project; a run that dies without a report counts as one failure. */
function suite(project: string): Stage["run"] {
  return async (limit) => {
    mkdirSync(results, {recursive: true});
    const report = join(results, `${project}.json`);
    rmSync(report, {force: true});
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const args = ["run", "--config=test/vitest.config.ts", `--project=${project}`, ...reporters];
    const ok = await command(bin("vitest"), args, {limit});
    return readReport(report, ok);
  };
}

function readReport(path: string, ok: boolean): Count {
  try {
    const report = JSON.parse(readFileSync(path, "utf8")) as Readonly<Record<string, number | undefined>>;
    const {numPassedTests: passed = 0, numFailedTests: failed = 0, numPendingTests: skipped = 0} = report;
    // A file that does not load has no failed tests, and an error outside a test fails none: both fail the run.
    return {passed, failed: ok ? failed : Math.max(1, failed), skipped};
  } catch {
    return {passed: 0, failed: 1, skipped: 0};
  }
}

function inChromium(run: Stage["run"]): Stage["run"] {
  return async (limit) => {
    try {
      const {executablePath, source, version} = findOrInstallChromium();
      console.log(`${version} (${source}: ${executablePath})`);
    } catch (error) {
      console.error(String(error));
      return {passed: 0, failed: 1, skipped: 0};
    }
    return run(limit);
  };
}
