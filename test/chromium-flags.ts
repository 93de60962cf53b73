/** How Chromium is started for tests and benches: WebGPU without a screen, and no calls home. */
import {existsSync, readdirSync} from "node:fs";

/** `WEBGPU_ADAPTER=swiftshader` asks for the software adapter, `=default` for the machine's own. */
export function chromiumFlags(): string[] {
  const adapter = process.env.WEBGPU_ADAPTER ?? (mayHaveGpu() ? "default" : "swiftshader");
  return [
    "--no-sandbox",
    "--enable-unsafe-webgpu",
    ...(adapter === "default" ? ["--enable-features=Vulkan"] : [`--use-webgpu-adapter=${adapter}`]),
    // From a closed network, Chromium would otherwise call home many times.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync"
  ];
}

/** A guess that may be wrong without harm: where no GPU can be used, Chromium falls back to its software adapter. */
function mayHaveGpu(): boolean {
  if (process.platform !== "linux") return true;
  const renders = (name: string) => name.startsWith("render");
  return existsSync("/dev/nvidia0") || (existsSync("/dev/dri") && readdirSync("/dev/dri").some(renders));
}
