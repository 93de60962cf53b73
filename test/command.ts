/** Runs a program to its end or its time limit; one that hangs is killed with everything it started. */
import {spawn} from "node:child_process";

export interface CommandOptions {
  /** Milliseconds until it is killed. */
  readonly limit: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Whether the program ended well. Its output goes to the terminal. */
export function command(program: string, args: readonly string[], {limit, env}: CommandOptions): Promise<boolean> {
  const windows = process.platform === "win32";
  const child = spawn(program, args, {
    stdio: ["ignore", "inherit", "inherit"],
    shell: windows,
    // A group of its own, so that browsers and workers can be ended with it.
    detached: !windows,
    env: {...process.env, ...env}
  });
  const kill = () => {
    try {
      if (windows) child.kill();
      else process.kill(-child.pid!, "SIGKILL");
    } catch {
      // It had just ended by itself.
    }
  };
  const interrupted = () => {
    kill();
    process.exit(130);
  };
  const timer = setTimeout(() => {
    console.log(`Killed: ${program} ran longer than ${Math.round(limit / 1000)} s`);
    kill();
  }, limit);
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  return new Promise((resolve) => {
    const end = (ok: boolean) => {
      clearTimeout(timer);
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
      resolve(ok);
    };
    child.once("error", () => end(false));
    child.once("exit", (code) => end(code === 0));
  });
}
