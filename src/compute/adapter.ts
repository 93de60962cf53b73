/** Opens the machine's WebGPU device, as TensorFlow.js wants it, and names its adapter for the reader. */

export interface OpenDevice {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo;
  /** What the reader is told, such as "NVIDIA Ada Lovelace" or "SwiftShader". */
  readonly name: string;
  /** Whether a processor plays the GPU. */
  readonly software: boolean;
}

// TensorFlow.js uses these when they are there, and a device has them only when it was asked for them.
const features = ["timestamp-query", "bgra8unorm-storage"] as const;
const limits = [
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxStorageBufferBindingSize",
  "maxBufferSize",
  "maxComputeWorkgroupSizeX",
  "maxComputeInvocationsPerWorkgroup"
] as const;

/** Opens a device with all the adapter offers. Throws an Error whose message says why there is none. */
export async function openDevice(): Promise<OpenDevice> {
  const gpu = (globalThis.navigator as Partial<Navigator> | undefined)?.gpu;
  if (!gpu) throw new Error("this browser has no WebGPU");
  const adapter = await gpu.requestAdapter({powerPreference: "high-performance"});
  if (!adapter) throw new Error("WebGPU found no adapter on this machine");
  const device = await adapter.requestDevice({
    requiredFeatures: features.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(limits.map((limit) => [limit, adapter.limits[limit]]))
  });
  return {device, info: adapter.info, name: adapterName(adapter.info), software: isSoftware(adapter.info)};
}

const softwareAdapters = /swiftshader|llvmpipe|lavapipe|basic render/i;

/** Whether a processor plays the GPU, as the browser or the driver's names tell. */
export function isSoftware(info: Pick<GPUAdapterInfo, "architecture" | "description"> & {readonly isFallbackAdapter?: boolean}): boolean {
  return info.isFallbackAdapter === true || softwareAdapters.test(`${info.architecture} ${info.description}`);
}

const vendors: Readonly<Record<string, string>> = {
  amd: "AMD",
  apple: "Apple",
  arm: "Arm",
  google: "Google",
  img: "Imagination",
  intel: "Intel",
  microsoft: "Microsoft",
  mesa: "Mesa",
  nvidia: "NVIDIA",
  qualcomm: "Qualcomm"
};

/**
 * The adapter's name for a reader: the driver's own description where the browser gives one, else vendor and
 * architecture, which is all most browsers tell.
 */
export function adapterName(info: Pick<GPUAdapterInfo, "vendor" | "architecture" | "description">): string {
  if (/swiftshader/i.test(`${info.architecture} ${info.description}`)) return "SwiftShader";
  if (info.description) return info.description;
  const vendor = vendors[info.vendor] ?? capitalised(info.vendor);
  const name = `${vendor} ${capitalised(info.architecture)}`.trim();
  return name || "unnamed adapter";
}

/** "ada-lovelace" as "Ada Lovelace"; names with digits, such as "gen-12lp" and "rdna-3", as "Gen 12LP" and "RDNA 3". */
function capitalised(slug: string): string {
  return slug
    .split("-")
    .map((word) => word.replace(/^rdna$|^\d.*|^./, (letters) => letters.toUpperCase()))
    .join(" ");
}
