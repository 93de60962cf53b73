import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {evaluateCoco} from "../../src/map/coco.js";
import type {CocoDataset, CocoResult} from "../../src/map/coco.js";
import {datasetWarnings} from "../../src/map/coco-json.js";
import {ownSession} from "../../src/map/own-session.js";
import type {OwnFile, OwnReply} from "../../src/map/own-session.js";
import {refusalText} from "../../src/map/refusal.js";
import type {Reading} from "../../src/map/refusal.js";
import {readClassNames, readImageSizes} from "../../src/map/side-files.js";
import {readVocResults, readVocXml} from "../../src/map/voc-files.js";
import {parseXml} from "../../src/map/xml.js";

const fixture = JSON.parse(readFileSync(new URL("../fixtures/map/coco.json", import.meta.url), "utf8")) as {
  cases: {groundTruth: CocoDataset; detections: CocoResult[]; stats: number[]}[];
};
const {groundTruth, detections, stats} = fixture.cases[0]!;
const file = (name: string, text: string): OwnFile => ({name, text: () => Promise.resolve(text)});
const reason = (reading: Reading<unknown>) => (reading.ok ? "" : refusalText(reading.refusal));

/** Sends requests to a session, one after the other, and gives all replies. */
async function talk(...requests: Parameters<ReturnType<typeof ownSession>>[0][]): Promise<readonly OwnReply[]> {
  const replies: OwnReply[] = [];
  const handle = ownSession((reply) => replies.push(reply), () => Promise.resolve({width: 100, height: 50}));
  for (const request of requests) await handle(request);
  return replies.filter(({kind}) => kind !== "share");
}
const open = (truth: readonly OwnFile[], found: readonly OwnFile[], size: {width: number; height: number} | null = null) =>
  ({kind: "open", truth, found, size}) as const;
const analyse = {kind: "analyse", run: 1, settings: {threshold: 0.5, score: 0.3}} as const;

const xml = (objects: string, size = "<size><width>100</width><height>50</height></size>") =>
  `<?xml version="1.0"?>\n<!-- made by hand -->\n<annotation>\n<filename>a.jpg</filename>${size}\n${objects}\n</annotation>`;
const object = (name: string, box: readonly number[], more = "") =>
  `<object><name>${name}</name>${more}<part><name>leg</name><bndbox><xmin>1</xmin></bndbox></part><bndbox>${["xmin", "ymin", "xmax", "ymax"]
    .map((side, i) => `<${side}>${box[i]}</${side}>`).join("")}</bndbox></object>`;

describe("parseXml", () => {
  it("reads elements, text and entities, and says the line of a fault", () => {
    expect(parseXml("<a>\n<b c='d'>1 &lt; &#50;</b><e/></a>")).toMatchObject({name: "a", children: [{name: "b", text: "1 < 2", line: 2}, {name: "e"}]});
    expect(parseXml("<a>\n<b>\n</a>")).toEqual({line: 3, reason: "</a> closes <b> of line 2"});
    expect(parseXml("<a>\n<b>")).toEqual({line: 2, reason: "<b> of line 2 is not closed"});
    expect(parseXml("<!DOCTYPE a><a/>")).toMatchObject({reason: expect.stringMatching(/DOCTYPE/) as string});
    expect(parseXml("<a>&who;</a>")).toMatchObject({line: 1});
    expect(parseXml("")).toEqual({line: 1, reason: "no element"});
  });
});

describe("Pascal VOC's files", () => {
  it("count pixels from 1 and both ends in; parts of objects are passed over", () => {
    const reading = readVocXml(xml(object("cat", [1, 1, 10, 20]) + object("dog", [5, 5, 9, 9], "<difficult>1</difficult>")), "a.xml");
    expect(reading).toEqual({ok: true, value: {fileName: "a.jpg", size: {width: 100, height: 50}, objects: [
      {label: "cat", bbox: [0, 0, 10, 20], difficult: false}, {label: "dog", bbox: [4, 4, 5, 5], difficult: true}
    ]}});
    expect(readVocResults("a 0.5 1 1 10 20\n", "comp4_det_test_cat.txt")).toEqual({ok: true, value: [{image: "a", label: "cat", bbox: [0, 0, 10, 20], score: 0.5}]});
  });

  it("are refused with file, record and reason", () => {
    expect(reason(readVocXml(xml(object("cat", [1, 1, 10, 20]) + "\n" + object("dog", [9, 9, 3, 3])), "a.xml")))
      .toBe("a.xml, object 2 at line 6: ends before it begins (9 to 3, 9 to 3)");
    expect(reason(readVocXml("<annotation>\n<object></annotation>", "a.xml"))).toBe("a.xml, line 2: not valid XML (</annotation> closes <object> of line 2)");
    expect(reason(readVocResults("a 0.5 1 1 10 20\na 0.5 1 1 x 20", "cat.txt"))).toBe('cat.txt, line 2: "x" is not a number');
  });
});

describe("side files", () => {
  it("give class names from lines or from YAML, and sizes from lines", () => {
    expect(readClassNames("cat\ndog\n\n", "classes.txt")).toEqual({ok: true, value: ["cat", "dog"]});
    for (const yaml of ["nc: 2\nnames: ['cat', \"dog\"]", "names:\n- cat\n- dog\nnc: 2", "names:\n  0: cat\n  1: dog"])
      expect(readClassNames(yaml, "data.yaml")).toEqual({ok: true, value: ["cat", "dog"]});
    expect(reason(readClassNames("cat\n\ndog", "classes.txt"))).toMatch(/line 2: is empty/);
    const sizes = readImageSizes("image,width,height\na.jpg,640,480\n", "sizes.csv");
    expect(sizes.ok && sizes.value.get("a")).toEqual({width: 640, height: 480});
    expect(reason(readImageSizes("a 1 2\nb 3", "sizes.txt"))).toMatch(/line 2: is not/);
  });
});

describe("ownSession", () => {
  it("evaluates COCO files as evaluateCoco does, with errors, confusion and worst images", async () => {
    const [opened, done] = await talk(open([file("gt.json", JSON.stringify(groundTruth))], [file("dt.json", JSON.stringify(detections))]), analyse);
    expect(opened).toMatchObject({kind: "opened", images: 12, classes: 3, truths: groundTruth.annotations.length, warnings: []});
    if (done?.kind !== "analysis") throw new Error(JSON.stringify(done));
    expect(done.analysis.stats).toEqual(evaluateCoco(groundTruth, detections).stats);
    done.analysis.stats.forEach((value, i) => expect(value).toBeCloseTo(stats[i]!, 9));
    expect(done.analysis.curves.length).toBe(3 * 101);
    expect(done.analysis.worst[0]!.trouble).toBeGreaterThanOrEqual(done.analysis.worst.at(-1)!.trouble);
  });

  it("reads the same boxes from YOLO, VOC and pixel files to the same AP50", async () => {
    const boxes = [["a", "cat", 10, 5, 20, 20], ["a", "dog", 50, 10, 30, 30], ["b", "cat", 1, 1, 40, 40]] as const;
    const found = [["a", "cat", 12, 5, 20, 20, 0.9], ["a", "cat", 50, 10, 30, 30, 0.8], ["b", "cat", 2, 2, 40, 40, 0.6]] as const;
    const names = ["cat", "dog"];
    const yolo = ([, label, x, y, w, h]: readonly [string, string, number, number, number, number, ...number[]]) =>
      `${names.indexOf(label)} ${(x + w / 2) / 100} ${(y + h / 2) / 50} ${w / 100} ${h / 50}`;
    const corners = (x: number, y: number, w: number, h: number) => [x + 1, y + 1, x + w, y + h] as const;
    const of = <T extends readonly [string, ...unknown[]]>(list: readonly T[], image: string) => list.filter(([own]) => own === image);
    const sets = {
      yolo: [
        [file("classes.txt", "cat\ndog"), file("a.png", ""), file("b.png", ""), ...["a", "b"].map((i) => file(`${i}.txt`, of(boxes, i).map(yolo).join("\n")))],
        ["a", "b"].map((i) => file(`${i}.txt`, of(found, i).map((line) => `${yolo(line)} ${line[6]}`).join("\n")))
      ],
      voc: [
        ["a", "b"].map((i) => file(`${i}.xml`, xml(of(boxes, i).map(([, label, x, y, w, h]) => object(label, corners(x, y, w, h))).join("")))),
        [file("comp4_det_test_cat.txt", found.map(([i, , x, y, w, h, s]) => [i, s, ...corners(x, y, w, h)].join(" ")).join("\n"))]
      ],
      pixels: [
        ["a", "b"].map((i) => file(`${i}.txt`, of(boxes, i).map(([, ...line]) => line.join(" ")).join("\n"))),
        ["a", "b"].map((i) => file(`${i}.txt`, of(found, i).map(([, label, x, y, w, h, s]) => [label, s, x, y, w, h].join(" ")).join("\n")))
      ]
    } as const;
    const ap50 = await Promise.all(Object.values(sets).map(async ([truth, dets]) => {
      const [opened, done] = await talk(open(truth, dets), analyse);
      expect(opened, JSON.stringify(opened)).toMatchObject({kind: "opened", images: 2, classes: 2, truths: 3, detections: 3});
      return done?.kind === "analysis" ? done.analysis.stats[1] : undefined;
    }));
    // Of the cats 2 of 3 detections are right, the second is a dog's: (1 + … + 2/3 …) / 2 classes.
    expect(ap50[0]).toBeCloseTo((51 + 50 * (2 / 3)) / 101 / 2, 9);
    expect(ap50[1]).toBeCloseTo(ap50[0]!, 9);
    expect(ap50[2]).toBeCloseTo(ap50[0]!, 9);
  });

  it("asks for image sizes that YOLO needs, and takes the one given for all", async () => {
    const truth = [file("a.txt", "0 0.5 0.5 0.2 0.2")];
    const found = [file("a.txt", "0 0.5 0.5 0.2 0.2 0.9")];
    const [asked, opened] = await talk(open(truth, found), open(truth, found, {width: 640, height: 480}));
    expect(asked).toMatchObject({kind: "refused", asks: "sizes"});
    expect(opened).toMatchObject({kind: "opened", warnings: [expect.stringMatching(/classes\.txt/)]});
  });

  it("keeps what was loaded when the next files are refused, and says which of them does not read", async () => {
    const good = open([file("gt.json", JSON.stringify(groundTruth))], [file("dt.json", JSON.stringify(detections))]);
    const replies = await talk(good, open(good.truth, [file("bad.json", "[{}]")]), open([file("x.json", "{")], good.found), analyse);
    expect(replies.map(({kind}) => kind)).toEqual(["opened", "refused", "refused", "analysis"]);
    expect(replies[1]).toMatchObject({truthReads: true, reason: expect.stringMatching(/^bad\.json, \[0\]: image_id/) as string});
    expect(replies[2]).toMatchObject({truthReads: false, reason: expect.stringMatching(/^x\.json.*not valid JSON/) as string});
  });

  it("warns of an annotation with id 0, of difficult objects and of unknown classes", async () => {
    const zero = {...groundTruth, annotations: groundTruth.annotations.map((a, i) => (i === 2 ? {...a, id: 0} : a))};
    expect(datasetWarnings(zero, "gt.json")[0]).toMatch(/^gt\.json, annotations\[2\]: id 0/);
    const truth = [file("a.xml", xml(object("cat", [1, 1, 9, 9], "<difficult>1</difficult>") + object("dog", [1, 1, 9, 9])))];
    const [opened] = await talk(open(truth, [file("comp4_det_test_cow.txt", "a 0.5 1 1 9 9")]));
    expect(opened).toMatchObject({kind: "opened", detections: 0, warnings: [expect.stringMatching(/^1 objects marked difficult/), expect.stringMatching(/class "cow"/)]});
  });

  it("ends a run that is cancelled", async () => {
    const replies: OwnReply[] = [];
    const handle = ownSession((reply) => replies.push(reply), () => Promise.resolve(null));
    await handle(open([file("gt.json", JSON.stringify(groundTruth))], [file("dt.json", JSON.stringify(detections))]));
    const first = handle(analyse);
    await handle({...analyse, run: 2});
    await first;
    expect(replies.filter(({kind}) => kind === "analysis")).toHaveLength(1);
    expect(replies.at(-1)).toMatchObject({kind: "analysis", run: 2});
  });
});
