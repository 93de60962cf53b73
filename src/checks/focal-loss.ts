/** Focal loss against torchvision, losses of several labels against PyTorch, average precision against scikit-learn. */
import {precisionRecallCurve} from "../focal-loss/average-precision.js";
import {averagePrecision, sigmoidFocalLosses} from "../focal-loss/focal.js";
import {labelLoss, labelLossKinds} from "../focal-loss/label-losses.js";
import type {LabelLossKind, LabelLossOptions} from "../focal-loss/label-losses.js";
import {versionsIn} from "./check.js";
import type {Check} from "./check.js";

interface FocalCase {
  readonly alpha: number;
  readonly gamma: number;
  readonly logits: readonly number[];
  readonly targets: readonly number[];
  readonly loss: readonly number[];
  /** Null where autograd meets 0 · ∞. */
  readonly gradient: readonly (number | null)[];
}
interface CurveCase {
  readonly scores: readonly number[];
  readonly labels: readonly number[];
  readonly averagePrecision: number;
  readonly precision: readonly number[];
  readonly recall: readonly number[];
}
type LabelCase = LabelLossOptions & {readonly logits: readonly number[]; readonly labels: readonly number[]} & Readonly<
  Record<LabelLossKind, {readonly loss: number; readonly gradient: readonly number[]}>
>;

const casesOf = <T>(fixture: unknown): readonly T[] => (fixture as {cases: readonly T[]}).cases;

export const checks: readonly Check[] = [
  {
    id: "focal-loss",
    algorithm: "Focal loss, value and gradient",
    room: "/focal-loss/",
    fixtures: ["focal-loss/focal-loss"],
    reference: (fixtures) => versionsIn(fixtures["focal-loss/focal-loss"], {torchvision: "torchvision", torch: "PyTorch"}),
    tolerance: 1e-12,
    *compare(fixtures) {
      for (const {alpha, gamma, logits, targets, loss, gradient} of casesOf<FocalCase>(fixtures["focal-loss/focal-loss"])) {
        const ours = sigmoidFocalLosses(logits, targets, {alpha, gamma});
        // Where autograd has 0 · ∞ the slope is 0.
        yield {ours: [...ours.loss, ...ours.gradient], theirs: [...loss, ...gradient.map((slope) => slope ?? 0)]};
      }
    }
  },
  {
    id: "label-losses",
    algorithm: "Losses of several labels, value and gradient",
    room: "/focal-loss/",
    fixtures: ["focal-loss/label-losses"],
    reference: (fixtures) => versionsIn(fixtures["focal-loss/label-losses"], {torch: "PyTorch"}),
    tolerance: 1e-12,
    *compare(fixtures) {
      for (const c of casesOf<LabelCase>(fixtures["focal-loss/label-losses"])) {
        for (const kind of labelLossKinds) {
          const {losses, gradient} = labelLoss(kind, c.logits, c.labels, c);
          const sum = losses.reduce((a, b) => a + b, 0);
          yield {ours: [sum, ...gradient], theirs: [c[kind].loss, ...c[kind].gradient]};
        }
      }
    }
  },
  {
    id: "average-precision",
    algorithm: "Average precision and the precision–recall curve",
    room: "/focal-loss/",
    fixtures: ["focal-loss/average-precision"],
    reference: (fixtures) => versionsIn(fixtures["focal-loss/average-precision"], {sklearn: "scikit-learn"}),
    tolerance: 1e-12,
    *compare(fixtures) {
      for (const {scores, labels, ...theirs} of casesOf<CurveCase>(fixtures["focal-loss/average-precision"])) {
        const {precision, recall} = precisionRecallCurve(scores, labels);
        yield {
          ours: [averagePrecision(scores, labels), ...precision, ...recall],
          theirs: [theirs.averagePrecision, ...theirs.precision, ...theirs.recall]
        };
      }
    }
  }
];
