/** `npm test [-- stage …]`: every check there is, in order, all of them even when one fails; the last line counts. */
import {stages} from "./stages.js";

/** CI gives up after 30 minutes; a hang must not keep the count from being printed before that. */
const totalMinutes = 26;

const asked = process.argv.slice(2);
const names = stages.map(({name}) => name);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`No stage ${unknown.join(", ")}; there are ${names.join(", ")}`);
  process.exit(2);
}

const total = {passed: 0, failed: 0, skipped: 0};
const summary: string[] = [];
for (const {name, minutes, run} of stages) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n— ${name}`);
  const start = performance.now();
  const {passed, failed, skipped} = await run(Math.min(minutes, Math.max(0.5, totalMinutes - start / 60_000)) * 60_000);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  const seconds = Math.round((performance.now() - start) / 1000);
  const verdict = failed > 0 ? "FAILED" : "ok";
  summary.push(`${name.padEnd(10)} ${verdict} · ${passed} passed, ${failed} failed · ${seconds} s`);
}
console.log(`\n${summary.join("\n")}\n`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`);
process.exit(total.failed > 0 ? 1 : 0);
