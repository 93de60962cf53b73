import {readFileSync} from "node:fs";
import {expect, it} from "vitest";
import {evaluateCoco} from "../../src/map/coco.js";
import type {CocoDataset, CocoResult} from "../../src/map/coco.js";
import {readOwnFound} from "../../src/map/own-found.js";
import type {OwnText, SideInformation} from "../../src/map/own-format.js";
import {readOwnTruth} from "../../src/map/own-truth.js";
import {refusalText} from "../../src/map/refusal.js";
import type {Reading} from "../../src/map/refusal.js";
import {readClassNames, readImageSizes} from "../../src/map/side-files.js";
import {tide} from "../../src/map/tide.js";

const fixture = JSON.parse(readFileSync(new URL("../fixtures/map/more-coco.json", import.meta.url), "utf8")) as {
  cases: {groundTruth: CocoDataset; detections: CocoResult[]}[];
};
const {groundTruth, detections} = fixture.cases[0]!;

/** A small seeded generator: the same mutations in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

const scraps = ["", "null", "-1", "1e999", "NaN", "[]", "{}", '"', ",", "]", "}", "\n", "999999999", "1e308", "\u0000", "é", "<", "</a>", "&", "<!--"];

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

interface Pair {
  readonly truth: OwnText;
  readonly found: OwnText;
}

const xml =
  '<?xml version="1.0"?>\n<annotation><filename>a.jpg</filename><size><width>640</width><height>480</height></size>\n' +
  [[1, 2, 30, 40], [100, 120, 200, 180], [5, 5, 90, 70]].map((box, i) =>
    `<object><name>${i === 1 ? "dog" : "cat"}</name><difficult>${i === 2 ? 1 : 0}</difficult><bndbox>${["xmin", "ymin", "xmax", "ymax"]
      .map((side, j) => `<${side}>${box[j]}</${side}>`).join("")}</bndbox></object>`).join("\n") + "\n</annotation>";

const pairs: readonly Pair[] = [
  {truth: {name: "gt.json", text: JSON.stringify(groundTruth)}, found: {name: "dt.json", text: JSON.stringify(detections)}},
  {truth: {name: "a.txt", text: "0 0.5 0.5 0.2 0.4\n1 0.2 0.3 0.1 0.1\n"}, found: {name: "a.txt", text: "0 0.5 0.5 0.2 0.3 0.9\n1 0.2 0.3 0.1 0.1 0.4\n"}},
  {truth: {name: "a.xml", text: xml}, found: {name: "comp4_det_test_cat.txt", text: "a 0.9 1 2 31 40\na 0.4 100 110 200 180\n"}},
  {truth: {name: "a.txt", text: "cat 1 2 30 40\ndog 7 8 90 100\n"}, found: {name: "a.txt", text: "cat .8 1 2 30 40\ndog .3 9 9 80 90\n"}}
];
const side: SideInformation = {names: ["cat", "dog"], sizes: new Map(), size: {width: 640, height: 480}};

function judge({truth, found}: Pair): Reading<readonly number[]> {
  const truths = readOwnTruth([truth], side);
  if (!truths.ok) return truths;
  const results = readOwnFound([found], truths.value, side);
  if (!results.ok) return results;
  const report = tide(truths.value.groundTruth, results.value.detections);
  return {ok: true, value: [...evaluateCoco(truths.value.groundTruth, results.value.detections).stats, report.ap]};
}

// Long on a busy machine.
it("1,000 mutated JSON, text and XML files each evaluate or are refused with file and reason", {timeout: 60_000}, () => {
  const random = randomFrom(7);
  let evaluated = 0;
  for (let i = 0; i < 1000; i++) {
    const pair = pairs[i % pairs.length]!;
    const which = random() < 0.5 ? "truth" : "found";
    const reading = judge({...pair, [which]: {...pair[which], text: mutate(pair[which].text, random)}});
    if (reading.ok) {
      evaluated++;
      expect(reading.value.every((v) => v === -1 || (v >= 0 && v <= 1))).toBe(true);
    } else {
      expect(refusalText(reading.refusal)).toMatch(/^[\w.]+(, .+)?: .+/);
    }
  }
  expect(evaluated).toBeGreaterThan(200);
  expect(evaluated).toBeLessThan(950);
});

it("mutated class names and sizes are read or refused, too", () => {
  const random = randomFrom(3);
  for (let i = 0; i < 300; i++) {
    for (const reading of [
      readClassNames(mutate("cat\ndog\n", random), "classes.txt"),
      readClassNames(mutate("nc: 2\nnames:\n  0: cat\n  1: dog\n", random), "data.yaml"),
      readImageSizes(mutate("image,width,height\na.jpg,640,480\nb.jpg,320,240\n", random), "sizes.csv")
    ]) {
      if (!reading.ok) expect(refusalText(reading.refusal)).toMatch(/^[\w.]+(, .+)?: .+/);
    }
  }
});
