import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {readPixelLines, readYolo} from "../../src/map/box-lines.js";
import {readCocoDataset, readCocoResults} from "../../src/map/coco-json.js";
import {evaluateCoco} from "../../src/map/coco.js";
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

/** A small seeded generator: the same mutations in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

const scraps = ["", "null", "-1", "1e999", "NaN", "[]", "{}", '"', ",", "]", "}", "\n", "999999999", "1e308", "\u0000", "é"];

function mutate(text: string, random: () => number): string {
  let changed = text;
  for (let i = Math.floor(random() * 3); i >= 0; i--) {
    const at = Math.floor(random() * changed.length);
    // Half of the time only a digit changes: a file that still reads, with other numbers for the evaluator.
    if (random() < 0.5) {
      changed = changed.slice(0, at) + changed.slice(at).replace(/\d/, String(Math.floor(random() * 10)));
      continue;
    }
    const end = at + Math.floor(random() * 12);
    changed = changed.slice(0, at) + scraps[Math.floor(random() * scraps.length)]! + changed.slice(end);
  }
  return changed;
}

it("1,000 mutated files each evaluate or are refused with file and reason", () => {
  const random = randomFrom(7);
  const sources = [JSON.stringify(groundTruth), JSON.stringify(detections), "0 0.5 0.5 0.2 0.4 0.9\n1 0.2 0.3 0.1 0.1 0.4", "cat .8 1 2 3 4"];
  const readers: readonly ((text: string) => Reading<unknown>)[] = [
    (text) => {
      const reading = readCocoDataset(text, "file");
      if (!reading.ok) return reading;
      const results = readCocoResults(sources[1]!, "file", reading.value);
      return results.ok ? {ok: true, value: evaluateCoco(reading.value, results.value).stats} : results;
    },
    (text) => {
      const reading = readCocoResults(text, "file", groundTruth);
      return reading.ok ? {ok: true, value: evaluateCoco(groundTruth, reading.value).stats} : reading;
    },
    (text) => readYolo(text, "file", {width: 640, height: 480}),
    (text) => readPixelLines(text, "file")
  ];
  let evaluated = 0;
  for (let i = 0; i < 1000; i++) {
    const reading = readers[i % 4]!(mutate(sources[i % 4]!, random));
    if (reading.ok) evaluated++;
    else expect(refusalText(reading.refusal)).toMatch(/^file(, .+)?: .+/);
    if (reading.ok && i % 4 < 2) expect((reading.value as number[]).every((v) => v === -1 || (v >= 0 && v <= 1))).toBe(true);
  }
  expect(evaluated).toBeGreaterThan(100);
  expect(evaluated).toBeLessThan(950);
});
