/** Installs Chromium on a machine that has none: Debian's package where apt may be used, else Playwright's download. */
import {spawnSync} from "node:child_process";

/** Tries, and says what it tries; whether it worked is for the caller to see. */
export function installChromium(): void {
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const hasApt = succeeds([...sudo, "apt-get", "--version"], true);
  // Ubuntu has no such package, only a snap that does not run in containers: there, apt fails and Playwright is next.
  if (hasApt && succeeds([...sudo, "apt-get", "update", "-qq"]) && succeeds([...sudo, ...aptInstall])) return;
  const withLibraries = hasApt ? ["--with-deps"] : [];
  succeeds([process.execPath, "node_modules/playwright-core/cli.js", "install", ...withLibraries, "chromium"]);
}

// Without recommended packages (printers, power, sandbox) it is half the size; a page needs one font to fall back on.
const aptInstall = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"];

function succeeds(command: readonly string[], quiet = false): boolean {
  if (!quiet) console.log(`  ${command.join(" ")}`);
  const [program, ...args] = command as [string, ...string[]];
  const {status} = spawnSync(program, args, {
    stdio: ["ignore", "ignore", quiet ? "ignore" : "inherit"],
    timeout: 5 * 60_000,
    env: {...process.env, DEBIAN_FRONTEND: "noninteractive"}
  });
  return status === 0;
}
