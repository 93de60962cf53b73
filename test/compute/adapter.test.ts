import {expect, test} from "vitest";
import {adapterName, isSoftware} from "../../src/compute/adapter.js";

test("adapterName(info) is the driver's description where there is one", () => {
  expect(adapterName({vendor: "nvidia", architecture: "ampere", description: "NVIDIA GeForce RTX 3070"})).toBe(
    "NVIDIA GeForce RTX 3070"
  );
});

test("adapterName(info) reads vendor and architecture as words otherwise", () => {
  const name = (vendor: string, architecture: string) => adapterName({vendor, architecture, description: ""});
  expect(name("nvidia", "lovelace")).toBe("NVIDIA Lovelace");
  expect(name("intel", "gen-12lp")).toBe("Intel Gen 12LP");
  expect(name("amd", "rdna-3")).toBe("AMD RDNA 3");
  expect(name("apple", "metal-3")).toBe("Apple Metal 3");
  expect(name("acme", "")).toBe("Acme");
  expect(name("", "")).toBe("unnamed adapter");
});

test("adapterName(info) calls the software adapter SwiftShader", () => {
  expect(adapterName({vendor: "google", architecture: "swiftshader", description: ""})).toBe("SwiftShader");
});

test("isSoftware(info) knows a processor that plays GPU, by the browser's word or by name", () => {
  expect(isSoftware({architecture: "swiftshader", description: ""})).toBe(true);
  expect(isSoftware({architecture: "", description: "llvmpipe (LLVM 15.0.6, 256 bits)"})).toBe(true);
  expect(isSoftware({architecture: "warp", description: "", isFallbackAdapter: true})).toBe(true);
  expect(isSoftware({architecture: "ampere", description: "NVIDIA GeForce RTX 3070"})).toBe(false);
});
