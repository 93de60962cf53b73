import {readFileSync, readdirSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {readPixelLines} from "../../src/map/box-lines.js";
import type {BoxLine} from "../../src/map/box-lines.js";
import {evaluateVoc} from "../../src/map/voc.js";

const folder = new URL("../../data/padilla-sample-2/", import.meta.url);

function load(kind: string): readonly (BoxLine & {image: string; score: number})[] {
  return readdirSync(new URL(`${kind}/`, folder)).sort().flatMap((image) => {
    const reading = readPixelLines(readFileSync(new URL(`${kind}/${image}`, folder), "utf8"), image);
    if (!reading.ok) throw new Error(reading.refusal.reason);
    return reading.value.map((line) => ({...line, image, score: line.score ?? 1}));
  });
}

describe("evaluateVoc", () => {
  it("gives Padilla's published APs for his sample: 26.84 % by 11 points, 24.56 % by every point", () => {
    const [truths, detections] = [load("groundtruths"), load("detections")];
    expect(truths.length).toBe(15);
    expect(detections.length).toBe(24);
    const ap = (interpolation: "voc11" | "all-point") =>
      100 * evaluateVoc(truths, detections, {threshold: 0.3, interpolation}).ap;
    expect(ap("voc11")).toBeCloseTo(26.84, 2);
    // 24.5687: the published figure is this one cut to two places, not rounded.
    expect(Math.floor(ap("all-point") * 100) / 100).toBe(24.56);
  });
});
