/** What the stepper says: each detection's verdict and why, then the interpolation and the area. */
import {numberText} from "../../notebook/number-text.js";
import type {Step} from "../../notebook/step.js";
import type {Interpolation} from "../average-precision.js";
import type {RowDetection, RowTruth, Rules, WorkedClass} from "../step-through.js";
import {backgroundIou} from "../trace.js";
import type {Candidate, MatchStep} from "../trace.js";
import {shortNumber, verdictNames} from "./step-look.js";

export interface StepSubject {
  readonly work: WorkedClass;
  readonly name: string;
  readonly images: readonly string[];
  readonly rules: Rules;
  readonly threshold: number;
  readonly interpolation: Interpolation;
}

type Match = MatchStep<RowDetection, RowTruth>;
const iouText = (value: number) => numberText(value, 3);
const object = (name: string, {truth}: {readonly truth: RowTruth}) => `${name} ${truth.row + 1}`;

const labels = {
  detection: (rank: number, verdict: string) => `Detection ${rank}: ${verdict}`,
  envelope: "Interpolation",
  area: {voc11: "Mean of 11 precisions", "all-point": "The whole area", coco101: "Mean of 101 precisions"},
  where: (score: string, image: string) => `Score ${score}, image ${image}. `,
  hit: (object: string, iou: string) => `It overlaps ${object} by ${iou}, and nothing had taken that object yet.`,
  duplicate: (object: string, iou: string, rank: number) =>
    `It overlaps ${object} by ${iou}, but detection ${rank} has taken that object: one object counts once.`,
  vocDuplicate: (object: string, iou: string) =>
    ` VOC’s rule looks only at the largest overlap, though ${object} is free and would fit (${iou}).`,
  localisation: (object: string, iou: string, threshold: string) =>
    `The nearest, ${object}, overlaps by ${iou}, less than ${threshold}: the object is there, the box is too far off.`,
  background: (name: string) => `No ${name} overlaps it by as much as ${backgroundIou}.`,
  crowd: (share: string) => `A share of ${share} of it lies in a crowd: it counts neither way, and so may others.`,
  difficult: (iou: string) => `It overlaps a ground truth that does not count by ${iou}: neither hit nor miss.`,
  idZero: "It takes an annotation of id 0, which pycocotools reads as no match.",
  noTruth: "There is no ground truth of this class: recall is 0/0, and COCO leaves the class out of the mean.",
  flat: "Here no later precision is higher: the envelope is the curve itself.",
  lifted: (rank: number) => `At detection ${rank}, for instance, a later point has the higher precision, so it counts there as well.`,
  sum: {
    voc11: "The envelope at the recalls 0, 0.1, …, 1, equal ones taken together; beyond the last recall reached it is 0.",
    "all-point": "Each gain of recall times the envelope's precision there, equal ones taken together.",
    coco101: "The envelope at the recalls 0, 0.01, …, 1, equal ones taken together; beyond the last recall reached it is 0."
  }
};

export function stepsOf(subject: StepSubject): readonly Step[] {
  const {work} = subject;
  return [...work.steps.map((step, i) => detectionStep(subject, step, i)), envelopeStep(work), areaStep(subject)];
}

const lines = (formulas: readonly string[]) => `\\begin{aligned} ${formulas.join(" \\\\ ")} \\end{aligned}`;

function detectionStep(subject: StepSubject, step: Match, index: number): Step {
  const {work, images, threshold} = subject;
  const {verdict, detection, hits, misses, recall, precision} = step;
  const nearest = decisive(step);
  const formulas = [
    verdictFormulas[verdict],
    "[[precision|P]] &= \\frac{[[hits|\\mathrm{TP}]]}{[[hits|\\mathrm{TP}]] + [[misses|\\mathrm{FP}]]}",
    ...(work.positives > 0 ? ["[[recall|R]] &= \\frac{[[hits|\\mathrm{TP}]]}{[[positives|n]]}"] : [])
  ];
  const precisionLine = hits + misses > 0;
  return {
    title: labels.detection(index + 1, verdictNames[verdict]),
    formula: lines(precisionLine ? formulas : [formulas[0]!, "[[precision|P]] &= [[hits|\\mathrm{TP}]]"]),
    values: {iou: nearest?.iou ?? 0, threshold, background: backgroundIou, hits, misses, recall, precision, positives: work.positives},
    focus: ["detection", "candidates"],
    note: labels.where(shortNumber(detection.score), images[detection.image_id] ?? "") + why(subject, step, nearest) +
      (work.positives === 0 ? ` ${labels.noTruth}` : "")
  };
}

const verdictFormulas: Readonly<Record<Match["verdict"], string>> = {
  "true-positive": "[[iou|\\mathrm{IoU}]] &\\ge [[threshold|t]]",
  duplicate: "[[iou|\\mathrm{IoU}]] &\\ge [[threshold|t]],\\ \\text{taken}",
  localisation: "[[background|0.1]] \\le [[iou|\\mathrm{IoU}]] &< [[threshold|t]]",
  background: "[[iou|\\mathrm{IoU}]] &< [[background|0.1]]",
  ignored: "[[iou|\\mathrm{IoU}]] &\\ge [[threshold|t]],\\ \\text{not counted}"
};

/** The ground truth on which the verdict turns: the one taken, else the one overlapped most. */
function decisive({candidates, match, verdict}: Match): Candidate<RowTruth> | null {
  if (match) return candidates.find(({truth}) => truth === match) ?? null;
  const counted = candidates.filter(({state}) => state !== "ignored" || verdict === "ignored");
  return counted.reduce<Candidate<RowTruth> | null>((best, each) => (each.iou > (best?.iou ?? 0) ? each : best), null);
}

function why({name, rules, threshold}: StepSubject, {verdict, candidates}: Match, nearest: Candidate<RowTruth> | null): string {
  if (verdict === "background" || !nearest) return labels.background(name);
  const iou = iouText(nearest.iou);
  switch (verdict) {
    case "true-positive":
      return labels.hit(object(name, nearest), iou);
    case "localisation":
      return labels.localisation(object(name, nearest), iou, iouText(threshold));
    case "ignored":
      return rules === "coco" ? labels.crowd(iou) : labels.difficult(iou);
    case "duplicate": {
      if (nearest.takenAt === null) return labels.idZero;
      const other = candidates.find(({state, iou: each}) => state === "free" && each >= threshold);
      const rest = other ? labels.vocDuplicate(object(name, other), iouText(other.iou)) : "";
      return labels.duplicate(object(name, nearest), iou, nearest.takenAt + 1) + rest;
    }
  }
}

function envelopeStep({precision, envelope, recall}: WorkedClass): Step {
  const lifted = precision.findIndex((p, i) => envelope[i]! > p + 1e-12);
  const at = lifted >= 0 ? lifted : precision.length - 1;
  const values = {recall: recall[at] ?? 0, raw: precision[at] ?? 0, envelope: envelope[at] ?? 0};
  return {
    title: labels.envelope,
    formula: lines([
      "[[envelope|p_{\\mathrm{interp}}(r)]] &= \\max_{r' \\ge r} p(r') \\ge [[raw|p(r)]]",
      "\\text{at } [[recall|r]] &"
    ]),
    values,
    focus: ["envelope"],
    note: lifted >= 0 ? labels.lifted(lifted + 1) : labels.flat
  };
}

function areaStep({work, interpolation}: StepSubject): Step {
  const {levels, ap, positives} = work;
  const counts = {voc11: "11", "all-point": "", coco101: "101"}[interpolation];
  const amount = interpolation === "all-point" ? "\\Delta r" : "n";
  const terms = levels.filter(({precision}) => precision > 0).map((_, i) => `[[n${i}|${amount}_{${i + 1}}]] \\cdot [[p${i}|p_{${i + 1}}]]`);
  const rows = Array.from({length: Math.ceil(terms.length / 3)}, (_, i) => terms.slice(3 * i, 3 * i + 3).join(" + "));
  const sum = rows.length === 0 ? ["0"] : rows;
  const open = counts ? `\\frac{1}{${counts}} \\big(` : "";
  const body = sum.map((row, i) => `${i === 0 ? `&= ${open}` : "&\\quad + "}${row}${i === sum.length - 1 && counts ? "\\big)" : ""}`);
  body[0] = `[[ap|\\mathrm{AP}]] ${body[0]!}`;
  const values: Record<string, number> = {ap: positives === 0 ? 0 : ap};
  levels.forEach((level, i) => {
    values[`n${i}`] = Number(level.amount.toPrecision(12));
    values[`p${i}`] = level.precision;
  });
  return {
    title: labels.area[interpolation],
    formula: positives === 0 ? "[[ap|\\mathrm{AP}]] = \\text{none}" : lines(body),
    values: positives === 0 ? {} : values,
    focus: ["area"],
    note: positives === 0 ? labels.noTruth : labels.sum[interpolation]
  };
}
