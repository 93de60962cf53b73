/** The Chromium that tests and benches drive: found on the machine, or installed, saying so. */
import {execFileSync, spawnSync} from "node:child_process";
import {accessSync, constants, existsSync, readdirSync} from "node:fs";
import {delimiter, join} from "node:path";
import {chromium as playwright} from "playwright-core";

export interface Chromium {
  readonly executablePath: string;
  /** How it was found, in words. */
  readonly source: string;
}

const variables = ["CHROMIUM_PATH", "CHROME_PATH", "PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH"];
const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "msedge"];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe"
];

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** @throws Error saying what to do, when an environment variable misleads or nothing can be found or installed */
export function findOrInstallChromium(): Chromium {
  const found = fromEnvironment() ?? fromSystem() ?? fromPlaywright();
  if (found) return found;
  install();
  const installed = fromSystem() ?? fromPlaywright();
  if (installed) return {...installed, source: `${installed.source}, just installed`};
  throw new Error("no Chromium: install Chrome or Chromium, or set CHROMIUM_PATH to its executable");
}

function fromEnvironment(): Chromium | undefined {
  for (const variable of variables) {
    const path = process.env[variable];
    if (!path) continue;
    if (!isExecutable(path)) throw new Error(`${variable} names ${path}, which cannot be run`);
    return {executablePath: path, source: `environment variable ${variable}`};
  }
  return undefined;
}

function fromSystem(): Chromium | undefined {
  const onPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) =>
    names.map((name) => join(folder, process.platform === "win32" ? `${name}.exe` : name))
  );
  const executablePath = [...onPath, ...places].find(isExecutable);
  return executablePath ? {executablePath, source: "the system's"} : undefined;
}

function fromPlaywright(): Chromium | undefined {
  const executablePath = playwright.executablePath();
  return existsSync(executablePath) ? {executablePath, source: "Playwright's"} : undefined;
}

/** Debian's package where apt may be used, else Playwright's download. */
function install(): void {
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const run = (...command: string[]) => {
    console.log(`No Chromium found: ${command.join(" ")}`);
    const [program, ...args] = command as [string, ...string[]];
    return spawnSync(program, args, {stdio: ["ignore", "ignore", "inherit"], env: {...process.env, DEBIAN_FRONTEND: "noninteractive"}}).status === 0;
  };
  const hasApt = spawnSync("apt-get", ["--version"]).status === 0;
  if (hasApt && run(...sudo, "apt-get", "update", "-qq") && run(...sudo, "apt-get", "install", "-y", "-qq", "chromium")) return;
  run(process.execPath, "node_modules/playwright-core/cli.js", "install", "chromium");
}

/** Whether a GPU can be had: then tests run on it, else on Chromium's software adapter. */
function hasGpu(): boolean {
  if (process.platform === "darwin") return true;
  if (process.platform === "win32") return spawnSync("nvidia-smi").status === 0;
  return existsSync("/dev/nvidia0") || (existsSync("/dev/dri") && readdirSync("/dev/dri").some((f) => f.startsWith("render")));
}

/** Flags for WebGPU without a screen. `WEBGPU_ADAPTER=swiftshader` or `=default` overrides the choice of adapter. */
export function chromiumFlags(): string[] {
  const adapter = process.env.WEBGPU_ADAPTER ?? (hasGpu() ? "default" : "swiftshader");
  return [
    "--no-sandbox",
    "--enable-unsafe-webgpu",
    ...(adapter === "default" ? ["--enable-features=Vulkan"] : [`--use-webgpu-adapter=${adapter}`]),
    // Chromium would otherwise call home, many times, from a closed network.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync"
  ];
}

/** For messages: what runs. */
export function chromiumVersion({executablePath}: Chromium): string {
  return execFileSync(executablePath, ["--version", "--no-sandbox"], {encoding: "utf8"}).trim();
}
