/** Data loader: what each check says where the site is built. */
import {readFileSync} from "node:fs";
import {runCheck} from "./check.js";
import {allChecks} from "./checks.js";
import type {CheckSummary} from "./summary.js";

const summaries: CheckSummary[] = [];
for (const check of await allChecks()) {
  const {id, algorithm, room, tolerance} = check;
  const read = (name: string) => [name, JSON.parse(readFileSync(`test/fixtures/${name}.json`, "utf8"))] as const;
  const fixtures = Object.fromEntries(check.fixtures.map(read));
  summaries.push({id, algorithm, room, tolerance, reference: check.reference(fixtures), built: await runCheck(check, fixtures)});
}
process.stdout.write(JSON.stringify(summaries));
