/** The Chromium that tests and benches drive: the one the environment names, the system's, or Playwright's. */
import {execFileSync} from "node:child_process";
import {accessSync, constants} from "node:fs";
import {delimiter, join} from "node:path";
import {chromium as playwright} from "playwright-core";
import {installChromium} from "./chromium-install.js";

export interface Chromium {
  readonly executablePath: string;
  /** How it was found, in words. */
  readonly source: string;
  readonly version: string;
}

const variables = ["CHROMIUM_PATH", "CHROME_PATH", "PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH"];
const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "msedge"];
const places = [
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe"
];

/** The Chromium of this machine, if there is one. @throws Error when an environment variable names what cannot run */
export function findChromium(): Chromium | undefined {
  return fromEnvironment() ?? fromSystem() ?? fromPlaywright();
}

/** Installs Chromium where there is none, and says so. @throws Error saying what to do, when that fails too */
export function findOrInstallChromium(): Chromium {
  const found = findChromium();
  if (found) return found;
  console.log("No Chromium on this machine (CHROMIUM_PATH, the system's, Playwright's): installing it");
  installChromium();
  const installed = fromSystem() ?? fromPlaywright();
  if (installed) return {...installed, source: `${installed.source}, just installed`};
  throw new Error("No Chromium, and none could be installed: install Chrome or Chromium, or set CHROMIUM_PATH to one.");
}

function fromEnvironment(): Chromium | undefined {
  const variable = variables.find((name) => process.env[name]);
  if (!variable) return undefined;
  const executablePath = process.env[variable]!;
  const version = versionOf(executablePath);
  if (version === undefined) throw new Error(`${variable} names ${executablePath}, which does not run`);
  return {executablePath, version, source: `environment variable ${variable}`};
}

function fromSystem(): Chromium | undefined {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name + suffix)));
  return firstThatRuns([...onPath, ...places], "the system's");
}

const fromPlaywright = (): Chromium | undefined => firstThatRuns([playwright.executablePath()], "Playwright's");

function firstThatRuns(paths: readonly string[], source: string): Chromium | undefined {
  for (const executablePath of paths) {
    const version = versionOf(executablePath);
    if (version !== undefined) return {executablePath, source, version};
  }
  return undefined;
}

/** Asked, not only looked at: Ubuntu's chromium-browser is a script that tells its reader to install a snap. */
function versionOf(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    // On Windows the question would open a window.
    if (process.platform === "win32") return "Chromium";
    const args = ["--version", "--no-sandbox"];
    return execFileSync(path, args, {encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 30_000}).trim();
  } catch {
    return undefined;
  }
}
