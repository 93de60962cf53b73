import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {readPixelLines, readYolo} from "../../src/map/box-lines.js";
import {readCocoDataset, readCocoResults} from "../../src/map/coco-json.js";
import type {CocoDataset, CocoResult} from "../../src/map/coco.js";
import {refusalText} from "../../src/map/refusal.js";
import type {Reading} from "../../src/map/refusal.js";

const fixture = JSON.parse(readFileSync(new URL("../fixtures/map/more-coco.json", import.meta.url), "utf8")) as {
  cases: {groundTruth: CocoDataset; detections: CocoResult[]}[];
};
const {groundTruth, detections} = fixture.cases[0]!;
const reason = (reading: Reading<unknown>) => (reading.ok ? "" : refusalText(reading.refusal));

describe("readCocoDataset and readCocoResults", () => {
  it("name the file, the record and the reason", () => {
    const bad = structuredClone(groundTruth) as unknown as {annotations: {bbox: unknown}[]};
    bad.annotations[2]!.bbox = [1, 2, "3", 4];
    expect(reason(readCocoDataset(JSON.stringify(bad), "gt.json"))).toMatch(/^gt\.json, annotations\[2\]: bbox/);
    expect(reason(readCocoDataset("{", "gt.json"))).toMatch(/^gt\.json.*not valid JSON/);
    expect(reason(readCocoDataset("{}", "gt.json"))).toBe("gt.json, images: is missing");
    const stray = [{...detections[0]!, image_id: -5}];
    expect(reason(readCocoResults(JSON.stringify(stray), "r.json", groundTruth))).toMatch(/^r\.json, \[0\]: image_id -5/);
  });
});

describe("readYolo and readPixelLines", () => {
  it("read boxes in pixels, and name the line that they cannot", () => {
    const yolo = readYolo("0 0.5 0.5 0.2 0.4 0.9\n\n3 0.1 0.1 0.1 0.1", "a.txt", {width: 100, height: 50});
    expect(yolo.ok && yolo.value[0]).toEqual({label: "0", bbox: [40, 15, 20, 20], score: 0.9});
    expect(reason(readYolo("0 0.5 0.5 0.2 0.4\n0 1 2", "a.txt", {width: 9, height: 9}))).toMatch(/^a\.txt, line 2: has 3/);
    expect(reason(readPixelLines("cat 1 2 x 4", "b.txt"))).toBe('b.txt, line 1: "x" is not a number');
  });
});
