/**
 * What the reader brought, kept where the work is done (a worker): files are read and tried here, and only what reads
 * well takes the place of what was loaded before.
 */
import {analyse, evaluateOwn} from "./analysis.js";
import type {Analysis, AnalysisSettings, Evaluated} from "./analysis.js";
import type {ImageSize} from "./box-lines.js";
import {readOwnFound} from "./own-found.js";
import {sideOf} from "./own-format.js";
import type {OwnText, SideInformation} from "./own-format.js";
import {readOwnTruth} from "./own-truth.js";
import type {OwnTruth} from "./own-truth.js";
import {pauses} from "./pauses.js";
import {refusalText} from "./refusal.js";
import {readClassNames, readImageSizes, stemOf} from "./side-files.js";

/** A file as the browser has it, or one that a test makes. */
export interface OwnFile {
  readonly name: string;
  text(): Promise<string>;
}

export interface OpenRequest {
  readonly kind: "open";
  readonly truth: readonly OwnFile[];
  readonly found: readonly OwnFile[];
  /** The size that the reader gave for all images. */
  readonly size: ImageSize | null;
}
export interface AnalyseRequest {
  readonly kind: "analyse";
  /** Comes back with each reply; a later request ends an earlier one. */
  readonly run: number;
  readonly settings: AnalysisSettings;
}
export type OwnRequest = OpenRequest | AnalyseRequest | {readonly kind: "cancel"};

export interface Opened {
  readonly kind: "opened";
  readonly images: number;
  readonly classes: number;
  readonly truths: number;
  readonly detections: number;
  readonly warnings: readonly string[];
}
/** Why the files were not taken; `truthReads` where it is only the detections that do not go with them. */
export interface NotOpened {
  readonly kind: "refused";
  readonly reason: string;
  readonly truthReads: boolean;
  readonly asks: "sizes" | null;
}
export type OwnReply =
  | Opened
  | NotOpened
  | {readonly kind: "share"; readonly run: number; readonly share: number}
  | {readonly kind: "analysis"; readonly run: number; readonly analysis: Analysis}
  | {readonly kind: "failed"; readonly run: number; readonly reason: string};

type Loaded = Pick<Evaluated, "groundTruth" | "detections">;

/** @param imageSize the size of an image file, where the browser can tell */
export function ownSession(
  post: (reply: OwnReply) => void,
  imageSize: (file: OwnFile) => Promise<ImageSize | null>
): (request: OwnRequest) => Promise<void> {
  let loaded: Loaded | undefined;
  let evaluated: Evaluated | undefined;
  let current = -1;

  async function open(request: OpenRequest): Promise<void> {
    const outcome = await readAll(request, imageSize);
    if (outcome.kind === "refused") {
      post(outcome);
      return;
    }
    const {truth, detections, warnings} = outcome;
    const {groundTruth} = truth;
    loaded = {groundTruth, detections};
    evaluated = undefined;
    current = -1;
    const truths = groundTruth.annotations.length;
    post({kind: "opened", images: groundTruth.images.length, classes: groundTruth.categories.length, truths, detections: detections.length, warnings});
  }

  async function run({run: mine, settings}: AnalyseRequest): Promise<void> {
    if (!loaded) return;
    const own = loaded;
    current = mine;
    const pause = pauses(20);
    const drain = async <R>(steps: Generator<number, R>, from: number, to: number): Promise<R | undefined> => {
      for (;;) {
        const next = steps.next();
        if (next.done) return next.value;
        post({kind: "share", run: mine, share: from + (to - from) * next.value});
        await pause();
        if (current !== mine) return undefined;
      }
    };
    evaluated ??= await drain(evaluateOwn(own.groundTruth, own.detections), 0, 0.6);
    if (!evaluated || current !== mine) return;
    const analysis = await drain(analyse(evaluated, settings), 0.6, 1);
    if (analysis) post({kind: "analysis", run: mine, analysis});
  }

  return async (request) => {
    try {
      if (request.kind === "open") await open(request);
      else if (request.kind === "analyse") await run(request);
      else current = -1;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (request.kind === "analyse") post({kind: "failed", run: request.run, reason});
      else post({kind: "refused", reason, truthReads: false, asks: null});
    }
  };
}

type Outcome = NotOpened | {readonly kind: "read"; readonly truth: OwnTruth; readonly detections: Loaded["detections"]; readonly warnings: readonly string[]};

async function readAll({truth: truthFiles, found: foundFiles, size}: OpenRequest, imageSize: (file: OwnFile) => Promise<ImageSize | null>): Promise<Outcome> {
  const side = await readSides([...truthFiles, ...foundFiles], size, imageSize);
  if (typeof side === "string") return {kind: "refused", reason: side, truthReads: false, asks: null};
  const truth = readOwnTruth(await textsOf(truthFiles), side);
  if (!truth.ok) return {kind: "refused", reason: refusalText(truth.refusal), truthReads: false, asks: "asks" in truth ? truth.asks : null};
  const found = readOwnFound(await textsOf(foundFiles), truth.value, side);
  if (!found.ok) return {kind: "refused", reason: refusalText(found.refusal), truthReads: true, asks: null};
  return {kind: "read", truth: truth.value, detections: found.value.detections, warnings: [...truth.value.warnings, ...found.value.warnings]};
}

/** The box files' texts. */
async function textsOf(files: readonly OwnFile[]): Promise<readonly OwnText[]> {
  const boxes = files.filter(({name}) => sideOf(name) === null);
  return Promise.all(boxes.map(async (file) => ({name: file.name, text: await file.text()})));
}

/** What the files beside them say, or why one of those cannot be read. */
async function readSides(
  files: readonly OwnFile[],
  size: ImageSize | null,
  imageSize: (file: OwnFile) => Promise<ImageSize | null>
): Promise<SideInformation | string> {
  let names: readonly string[] = [];
  const sizes = new Map<string, ImageSize>();
  for (const file of files) {
    const side = sideOf(file.name);
    if (side === "image") {
      const measured = await imageSize(file);
      if (measured) sizes.set(stemOf(file.name), measured);
    } else if (side === "names") {
      const reading = readClassNames(await file.text(), file.name);
      if (!reading.ok) return refusalText(reading.refusal);
      names = reading.value;
    } else if (side === "sizes") {
      const reading = readImageSizes(await file.text(), file.name);
      if (!reading.ok) return refusalText(reading.refusal);
      for (const [image, each] of reading.value) sizes.set(image, each);
    }
  }
  return {names, sizes, size};
}
