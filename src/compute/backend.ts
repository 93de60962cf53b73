/**
 * The one place that starts TensorFlow.js: on WebGPU, else on the CPU with the reason, again after the device was lost.
 * What runs is reported through status.ts, which the notebook's badge shows.
 */
import {backend, engine, registerBackend, removeBackend, setBackend} from "@tensorflow/tfjs-core";
import type {WebGPUBackend as Gpu} from "@tensorflow/tfjs-backend-webgpu";
import {openDevice} from "./adapter.js";
import {countDeviceLoss} from "./device-loss.js";
import {keepsSpareBuffers} from "./spare-buffers.js";
import {backendStatus, reportBackend} from "./status.js";
import type {BackendStatus} from "./status.js";

export type BackendName = "webgpu" | "cpu";

export interface BackendOptions {
  /** The backend to run on. Default: WebGPU if it starts, unless the page's address says `?backend=cpu`. */
  readonly prefer?: BackendName;
}

// A driver that loses the device again and again would otherwise restart for ever.
const mostLosses = 3;

let current: Promise<BackendStatus> | undefined;
let device: GPUDevice | undefined;
let losses = 0;

/**
 * Starts the backend, or resolves to the one that runs. With `prefer` it moves to that backend; tensors do not move
 * along, so only do so between computations. Never rejects: without WebGPU the CPU runs, and the status says why.
 */
export function startBackend({prefer}: BackendOptions = {}): Promise<BackendStatus> {
  const running = backendStatus().state;
  const moving = prefer !== undefined && (running === "webgpu" || running === "cpu") && running !== prefer;
  if (!current || moving) current = start(prefer ?? preferenceInAddress());
  return current;
}

/** Destroys the GPU device as a crashing driver would, so that tests can see what follows. */
export function loseDevice(): void {
  device?.destroy();
}

async function start(prefer: BackendName, lossReason?: string): Promise<BackendStatus> {
  reportBackend({state: "starting"});
  const status = await (prefer === "cpu" ? startCpu(lossReason ?? "asked for") : startGpu(lossReason));
  reportBackend(status);
  return status;
}

async function startGpu(lossReason?: string): Promise<BackendStatus> {
  try {
    const opened = await openDevice();
    const {WebGPUBackend} = await import("@tensorflow/tfjs-backend-webgpu");
    closeGpu();
    registerBackend("webgpu", () => new WebGPUBackend(opened.device, opened.info));
    if (!(await setBackend("webgpu"))) throw new Error("TensorFlow.js did not start on WebGPU");
    device = opened.device;
    const running = backend() as Gpu as unknown as PoolingBackend;
    keepsSpareBuffers(() => emptyPool(running));
    // A kernel whose WGSL does not compile computes zeros, and says so nowhere else.
    device.addEventListener("uncapturederror", ({error}) => console.error(`WebGPU: ${error.message}`));
    void opened.device.lost.then(({reason, message}) => restart(opened.device, message || reason));
    return {state: "webgpu", adapter: opened.name, software: opened.software};
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return startCpu(lossReason ? `the GPU was lost (${lossReason}), then ${why}` : why);
  }
}

async function startCpu(reason: string): Promise<BackendStatus> {
  await import("@tensorflow/tfjs-backend-cpu");
  closeGpu();
  await setBackend("cpu");
  return {state: "cpu", reason};
}

/** What TensorFlow.js 4 keeps to itself: commands not yet submitted, and buffers by size and use that await a tensor. */
interface PoolingBackend {
  readonly commandEncoder: GPUCommandEncoder | null;
  readonly bufferManager: {
    readonly freeBuffers: ReadonlyMap<string, GPUBuffer[]>;
    numFreeBuffers: number;
    numBytesAllocated: number;
  };
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/**
 * Commands that wait may still name a buffer of the pool: an upload does, for a kernel that was compiled only. They are
 * submitted first; what is submitted runs, whatever becomes of its buffers.
 */
function emptyPool(running: PoolingBackend): void {
  if (running.commandEncoder) {
    running.endComputePassEncoder();
    running.submitQueue();
  }
  const pool = running.bufferManager;
  for (const buffers of pool.freeBuffers.values()) {
    for (const buffer of buffers.splice(0)) {
      pool.numFreeBuffers--;
      pool.numBytesAllocated -= buffer.size;
      buffer.destroy();
    }
  }
}

/** Removes TensorFlow.js's WebGPU backend (at its import it registers one of its own) and gives our device back. */
function closeGpu(): void {
  const closed = device;
  device = undefined;
  keepsSpareBuffers(undefined);
  if ("webgpu" in engine().registryFactory) removeBackend("webgpu");
  closed?.destroy();
}

/** After a loss: WebGPU again, or the CPU. A device that we gave back ourselves is no loss. */
function restart(lost: GPUDevice, reason: string): void {
  if (lost !== device) return;
  losses++;
  reportBackend({state: "lost", reason});
  closeGpu();
  current = losses > mostLosses ? start("cpu", `the GPU was lost ${losses} times`) : start("webgpu", reason);
  countDeviceLoss();
}

function preferenceInAddress(): BackendName {
  const search = (globalThis.location as Location | undefined)?.search;
  return new URLSearchParams(search ?? "").get("backend") === "cpu" ? "cpu" : "webgpu";
}
