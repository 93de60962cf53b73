/** IoU, its variants and their losses against torchvision; later losses against their papers' formulas under autograd. */
import {boxLoss, ciou, diou, giou, iou} from "../iou/iou.js";
import type {Box, LossKind} from "../iou/iou.js";
import {versionsIn} from "./check.js";
import type {Check, Compared} from "./check.js";

interface Loss {
  readonly value: number;
  readonly gradient: readonly number[];
}
type Case<M extends string, L extends string> = {readonly prediction: Box; readonly target: Box} & Readonly<
  Record<M, number | null>
> & {readonly loss: Readonly<Record<L, Loss>>};

const measures = {iou, giou, diou, ciou};
type Measure = keyof typeof measures;

const casesOf = <T>(fixture: unknown): readonly T[] => (fixture as {cases: readonly T[]}).cases;

function* lossesOf(cases: readonly Case<never, string>[], kinds: readonly LossKind[]): Generator<Compared> {
  for (const {prediction, target, loss} of cases) {
    for (const kind of kinds) {
      const {value, gradient} = boxLoss(kind, prediction, target);
      yield {ours: [value, ...gradient], theirs: [loss[kind]!.value, ...loss[kind]!.gradient]};
    }
  }
}

const torchvision = {torchvision: "torchvision", torch: "PyTorch"};

export const checks: readonly Check[] = [
  {
    id: "iou-measures",
    algorithm: "IoU, GIoU, DIoU, CIoU",
    room: "/iou/",
    fixtures: ["iou/boxes"],
    reference: (fixtures) => versionsIn(fixtures["iou/boxes"], torchvision),
    tolerance: 1e-9,
    *compare(fixtures) {
      for (const c of casesOf<Case<Measure, never>>(fixtures["iou/boxes"])) {
        const names = Object.keys(measures) as Measure[];
        yield {ours: names.map((name) => measures[name](c.prediction, c.target)), theirs: names.map((name) => c[name])};
      }
    }
  },
  {
    id: "iou-losses",
    algorithm: "GIoU, DIoU and CIoU loss, value and gradient",
    room: "/iou/",
    fixtures: ["iou/boxes"],
    reference: (fixtures) => versionsIn(fixtures["iou/boxes"], torchvision),
    tolerance: 1e-9,
    compare: (fixtures) => lossesOf(casesOf(fixtures["iou/boxes"]), ["giou", "diou", "ciou"])
  },
  {
    id: "iou-later-losses",
    algorithm: "EIoU, SIoU, α-IoU and MPDIoU loss, value and gradient",
    room: "/iou/",
    fixtures: ["iou/more-losses"],
    reference: (fixtures) => `the papers' formulas under PyTorch ${(fixtures["iou/more-losses"] as {torch: string}).torch}`,
    tolerance: 1e-6,
    compare: (fixtures) => lossesOf(casesOf(fixtures["iou/more-losses"]), ["eiou", "siou", "alpha-iou", "mpdiou"])
  }
];
