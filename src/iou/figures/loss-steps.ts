/** The stepper's words and formulas for each term of a loss; the numbers are the trace's. */
import type {Step} from "../../notebook/step.js";
import type {Box, LossKind, LossOptions} from "../iou.js";
import {traceLoss} from "../trace.js";
import type {Term} from "../trace.js";
import {lossNames} from "./loss-look.js";

/** Formulas under one another, aligned at their &: a narrow column holds them, too. */
const lines = (...formulas: readonly string[]) => `\\begin{aligned} ${formulas.join(" \\\\ ")} \\end{aligned}`;

/** TeX slots are `[[value|symbol]]`; the target's coordinates carry a t, as in the papers' "ground truth". */
const formulas: Readonly<Record<Exclude<Term, "loss">, Omit<Step, "values">>> = {
  intersection: {
    title: "Intersection",
    formula: lines(
      "[[intersection|I]] &= [[overlapWidth|w_I]] \\cdot [[overlapHeight|h_I]]",
      "[[overlapWidth|w_I]] &= \\big(\\min([[x2|x_2]], [[tx2|x_2^t]]) - \\max([[x1|x_1]], [[tx1|x_1^t]])\\big)_{+}",
      "[[overlapHeight|h_I]] &= \\big(\\min([[y2|y_2]], [[ty2|y_2^t]]) - \\max([[y1|y_1]], [[ty1|y_1^t]])\\big)_{+}"
    ),
    focus: ["I"],
    note: "The area both boxes cover. The + cuts negative extents to 0: boxes that do not meet share nothing."
  },
  union: {
    title: "Union",
    formula: "[[union|U]] = [[predictionArea|w h]] + [[targetArea|w^t h^t]] - [[intersection|I]]",
    focus: ["U"],
    note: "Both areas; the shared part, counted twice, is taken off once."
  },
  iou: {
    title: "Intersection over union",
    formula: "[[iou|\\mathrm{IoU}]] = \\frac{[[intersection|I]]}{[[union|U]]}",
    focus: ["I", "U"],
    note: "Between 0 and 1, and the same at every scale: units cancel."
  },
  enclosing: {
    title: "Enclosing box",
    formula: "[[enclosingArea|C]] = [[enclosingWidth|C_w]] \\cdot [[enclosingHeight|C_h]]",
    focus: ["C"],
    note: "The smallest box around both."
  },
  "empty-share": {
    title: "Empty share of the enclosing box",
    formula: "[[emptyShare|\\varepsilon]] = \\frac{[[enclosingArea|C]] - [[union|U]]}{[[enclosingArea|C]]}",
    focus: ["C", "U"],
    note: "What neither box fills. It grows as the boxes part, so there is a slope even where IoU is flat."
  },
  "center-distance": {
    title: "Distance of the centres",
    formula: "[[centerDistance2|\\rho^2]] = [[dx|\\Delta x]]^2 + [[dy|\\Delta y]]^2",
    focus: ["rho"]
  },
  diagonal: {
    title: "Diagonal of the enclosing box",
    formula: "[[diagonal2|c^2]] = [[enclosingWidth|C_w]]^2 + [[enclosingHeight|C_h]]^2",
    focus: ["c"],
    note: "Dividing by it makes the distance a pure number, whatever the scale."
  },
  "distance-term": {
    title: "Distance term",
    formula: "[[distanceTerm|d]] = \\frac{[[centerDistance2|\\rho^2]]}{[[diagonal2|c^2]]}",
    focus: ["rho", "c"],
    note: "0 where the centres meet, towards 1 far away."
  },
  "aspect-angles": {
    title: "Aspect ratios as angles",
    formula: lines(
      "[[targetAngle|\\theta^t]] &= \\arctan [[targetAspect|(w^t / h^t)]]",
      "[[predictionAngle|\\theta]] &= \\arctan [[predictionAspect|(w / h)]]"
    ),
    focus: ["aspect-p", "aspect-t"],
    note: "The arctangent keeps very long boxes from dominating."
  },
  v: {
    title: "Aspect term",
    formula: "[[v]] = \\frac{4}{\\pi^2} \\big([[targetAngle|\\theta^t]] - [[predictionAngle|\\theta]]\\big)^2",
    focus: ["aspect-p", "aspect-t"],
    note: "0 for any box of the target's aspect ratio, however large or small."
  },
  alpha: {
    title: "Weight of the aspect term",
    formula: "[[alpha|\\alpha]] = \\frac{[[v]]}{(1 - [[iou|\\mathrm{IoU}]]) + [[v]]}",
    focus: ["I", "U"],
    note: "Overlap first, shape later: the weight grows with IoU. It is held constant in the gradient."
  },
  "size-terms": {
    title: "Width and height terms",
    formula: lines(
      "[[widthTerm|s_w]] &= [[dw|\\Delta w]]^2 \\,/\\, [[enclosingWidth|C_w]]^2",
      "[[heightTerm|s_h]] &= [[dh|\\Delta h]]^2 \\,/\\, [[enclosingHeight|C_h]]^2"
    ),
    focus: ["Cw", "Ch"],
    note: "Width against width, height against height: no ratio that two wrong sizes can satisfy."
  },
  "angle-cost": {
    title: "Angle cost",
    formula:
      "[[angleCost|\\Lambda]] = \\sin 2\\alpha = \\frac{2\\,|[[dx|\\Delta x]]|\\,|[[dy|\\Delta y]]|}" +
      "{[[dx|\\Delta x]]^2 + [[dy|\\Delta y]]^2}",
    focus: ["rho"],
    note: "0 when the centres lie level or plumb, 1 on the diagonal."
  },
  "distance-cost": {
    title: "Distance cost",
    formula: lines(
      "[[distanceCost|\\Delta]] &= (1 - e^{-[[gamma|\\gamma]] \\cdot [[rhoX|\\rho_x]]}) + " +
        "(1 - e^{-[[gamma|\\gamma]] \\cdot [[rhoY|\\rho_y]]})",
      "[[gamma|\\gamma]] &= 2 - [[angleCost|\\Lambda]]",
      "[[rhoX|\\rho_x]] &= ([[dx|\\Delta x]] / [[enclosingWidth|C_w]])^2",
      "[[rhoY|\\rho_y]] &= ([[dy|\\Delta y]] / [[enclosingHeight|C_h]])^2"
    ),
    focus: ["rho", "Cw", "Ch"]
  },
  "shape-cost": {
    title: "Shape cost",
    formula: lines(
      "[[shapeCost|\\Omega]] &= (1 - e^{-[[omegaW|\\omega_w]]})^4 + (1 - e^{-[[omegaH|\\omega_h]]})^4",
      "[[omegaW|\\omega_w]] &= \\frac{|[[width|w]] - [[targetWidth|w^t]]|}{\\max([[width|w]], [[targetWidth|w^t]])}",
      "[[omegaH|\\omega_h]] &= \\frac{|[[height|h]] - [[targetHeight|h^t]]|}{\\max([[height|h]], [[targetHeight|h^t]])}"
    ),
    focus: []
  },
  power: {
    title: "Power of IoU",
    formula: "[[raisedIou|\\mathrm{IoU}^{\\alpha}]] = [[iou|\\mathrm{IoU}]]^{[[power|\\alpha]]}",
    focus: ["I", "U"],
    note: "Weighs boxes that already fit well more. Where IoU is 0 it is as blind as IoU."
  },
  "corner-distances": {
    title: "Corner distances",
    formula: lines(
      "[[upperLeft2|d_1^2]] &= ([[x1|x_1]] - [[tx1|x_1^t]])^2 + ([[y1|y_1]] - [[ty1|y_1^t]])^2",
      "[[lowerRight2|d_2^2]] &= ([[x2|x_2]] - [[tx2|x_2^t]])^2 + ([[y2|y_2]] - [[ty2|y_2^t]])^2",
      "[[image2|D^2]] &= [[imageWidth|W]]^2 + [[imageHeight|H]]^2"
    ),
    focus: ["d1", "d2"],
    note: "Two corners fix a box. The distances are measured by the image's diagonal, not the boxes'."
  }
};

/** 1 − IoU and what each loss adds to it. */
const lossFormulas: Readonly<Record<LossKind, string>> = {
  iou: "[[loss|L]] = 1 - [[iou|\\mathrm{IoU}]]",
  giou: "[[loss|L]] = 1 - [[iou|\\mathrm{IoU}]] + [[emptyShare|\\varepsilon]]",
  diou: "[[loss|L]] = 1 - [[iou|\\mathrm{IoU}]] + [[distanceTerm|d]]",
  ciou: "[[loss|L]] = 1 - [[iou|\\mathrm{IoU}]] + [[distanceTerm|d]] + [[alpha|\\alpha]] \\cdot [[v]]",
  eiou:
    "[[loss|L]] = 1 - [[iou|\\mathrm{IoU}]] + [[distanceTerm|d]] + [[widthTerm|s_w]] + [[heightTerm|s_h]]",
  siou: "[[loss|L]] = 1 - [[iou|\\mathrm{IoU}]] + \\frac{[[distanceCost|\\Delta]] + [[shapeCost|\\Omega]]}{2}",
  "alpha-iou": "[[loss|L]] = 1 - [[raisedIou|\\mathrm{IoU}^{\\alpha}]]",
  mpdiou:
    "[[loss|L]] = 1 - [[iou|\\mathrm{IoU}]] + \\frac{[[upperLeft2|d_1^2]]}{[[image2|D^2]]} + " +
    "\\frac{[[lowerRight2|d_2^2]]}{[[image2|D^2]]}"
};

const partsOfLoss: Readonly<Record<LossKind, readonly string[]>> = {
  iou: ["I", "U"],
  giou: ["I", "U", "C"],
  diou: ["I", "U", "rho", "c"],
  ciou: ["I", "U", "rho", "c", "aspect-p", "aspect-t"],
  eiou: ["I", "U", "rho", "c", "Cw", "Ch"],
  siou: ["I", "U", "rho", "Cw", "Ch"],
  "alpha-iou": ["I", "U"],
  mpdiou: ["I", "U", "d1", "d2"]
};

/** The steps from corners to loss for these boxes. */
export function lossSteps(kind: LossKind, prediction: Box, target: Box, options: LossOptions): readonly Step[] {
  return [...traceLoss(kind, prediction, target, options)].map(({term, values}) =>
    term === "loss"
      ? {title: `${lossNames[kind]} loss`, formula: lossFormulas[kind], values, focus: partsOfLoss[kind]}
      : {...formulas[term], values}
  );
}

/** The part of the drawing that a formula's symbol stands for, where it has one. */
export const partOfSlot: Readonly<Record<string, string>> = {
  intersection: "I",
  union: "U",
  enclosingArea: "C",
  enclosingWidth: "Cw",
  enclosingHeight: "Ch",
  centerDistance2: "rho",
  diagonal2: "c",
  predictionAngle: "aspect-p",
  predictionAspect: "aspect-p",
  targetAngle: "aspect-t",
  targetAspect: "aspect-t",
  upperLeft2: "d1",
  lowerRight2: "d2"
};
