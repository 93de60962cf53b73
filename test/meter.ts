/** What a page holds on to: counted by the browser, after a garbage collection, and by watching its GPU devices. */
import type {CDPSession, Page} from "playwright-core";

export interface Holdings {
  readonly listeners: number;
  /** DOM nodes, detached ones that something still points to included. */
  readonly nodes: number;
  /** Bytes of the JavaScript heap. */
  readonly heap: number;
  /** GPU buffers made and not destroyed: TensorFlow.js's tensors live in these. */
  readonly buffers: number;
}

export interface Meter {
  read(): Promise<Holdings>;
}

interface Metered {
  workingsDevices: GPUDevice[];
  workingsBuffers: number;
}

/** Watches the page from its next load on; `loseDevice` then destroys its GPU device as a crashing driver would. */
export async function meter(page: Page): Promise<Meter> {
  await page.addInitScript(watchDevices);
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return {
    async read() {
      // Twice: what the first sweep frees may have held more.
      for (let i = 0; i < 2; i++) await session.send("HeapProfiler.collectGarbage");
      const {metrics} = await session.send("Performance.getMetrics");
      const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
      const buffers = await page.evaluate(() => (globalThis as unknown as Metered).workingsBuffers);
      return {listeners: of("JSEventListeners"), nodes: of("Nodes"), heap: of("JSHeapUsedSize"), buffers};
    }
  };
}

/** @returns whether there was a device to lose */
export const loseDevice = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const device = (globalThis as unknown as Metered).workingsDevices.at(-1);
    device?.destroy();
    return device !== undefined;
  });

function watchDevices(): void {
  const metered = globalThis as unknown as Metered;
  metered.workingsDevices = [];
  metered.workingsBuffers = 0;
  if (!("gpu" in navigator)) return;
  const {requestDevice} = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (...args) {
    const device = await requestDevice.apply(this, args);
    metered.workingsDevices.push(device);
    return device;
  };
  const {createBuffer} = GPUDevice.prototype;
  const live = new WeakSet<GPUBuffer>();
  GPUDevice.prototype.createBuffer = function (...args) {
    const buffer = createBuffer.apply(this, args);
    live.add(buffer);
    metered.workingsBuffers++;
    return buffer;
  };
  const {destroy} = GPUBuffer.prototype;
  GPUBuffer.prototype.destroy = function () {
    if (live.delete(this)) metered.workingsBuffers--;
    return destroy.apply(this);
  };
}
