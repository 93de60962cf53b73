/** Figure: the DIoU paper's simulation, up to 1,715,000 boxes regressed at once, as it runs. */
import {html} from "htl";
import {colorBar} from "../../notebook/color-scale.js";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {runBar} from "../../notebook/run-bar.js";
import {choiceField, flagField, numberField, setField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {casesPerPoint, experimentKinds} from "../experiment.js";
import type {ExperimentKind} from "../experiment.js";
import type {KindResult} from "../experiment.training.js";
import type {Sign} from "../regression.js";
import {experimentChart} from "./experiment-chart.js";
import {errorRange, experimentDiscs} from "./experiment-discs.js";
import {laneName} from "./experiment-look.js";
import {experimentRunner} from "./experiment-runs.js";
import type {LaneId, RunView} from "./experiment-runs.js";
import {experimentTable} from "./experiment-table.js";
import {kindColors, lossNames} from "./loss-look.js";

const count = new Intl.NumberFormat("en");

const labels = {
  title: "1,715,000 boxes, regressed at once",
  caption:
    "At every anchor point 343 boxes (7 scales × 7 aspect ratios × 7 targets) descend for 200 steps. Left, the mean " +
    "error |x − xᵗ| + |y − yᵗ| + |w − wᵗ| + |h − hᵗ| of a box; right, what is left of it at each anchor point, the " +
    "targets being in the middle. Dashed: the gradient with the sign of the authors' script.",
  points: "Anchor points",
  pointChoices: {
    auto: "what takes a second a loss here",
    "100": "100",
    "500": "500",
    "2000": "2,000",
    "5000": "5,000, all 1,715,000 boxes"
  },
  losses: "Losses",
  sign: "Gradient of DIoU and CIoU",
  signs: {both: "both", true: "true", published: "as published"},
  log: "Logarithmic",
  seed: "Seed",
  full: "Run all 1,715,000 boxes",
  preparing: "Preparing…",
  none: "Choose at least one loss to run.",
  running: (name: string, step: number) => `${name}, step ${step} of 200`,
  boxes: (boxes: number, seconds: number, rate: number) =>
    `${count.format(boxes)} boxes a loss, ${seconds.toFixed(1)} s, ${numberText(rate / 1e6, 3)} million box steps a second`,
  recovering: "The GPU was lost; restarting.",
  recovered: "The GPU was lost; the run went on from its last snapshot.",
  failed: "The run failed: ",
  verdict: (how: string, side: string, diou: string, giou: string) =>
    `With ${how}, DIoU ends ${side} GIoU: ${diou} against ${giou}.`,
  how: {true: "the true gradient", published: "the script's sign"},
  behind: "behind",
  ahead: "ahead of"
};

const schema = {
  points: choiceField({label: labels.points, default: "auto", options: labels.pointChoices}),
  losses: setField({
    label: labels.losses,
    default: experimentKinds,
    options: Object.fromEntries(experimentKinds.map((kind) => [kind, lossNames[kind]])) as Record<ExperimentKind, string>,
    colors: kindColors
  }),
  sign: choiceField({label: labels.sign, default: "both", options: labels.signs}),
  log: flagField({label: labels.log, default: true}),
  seed: numberField({label: labels.seed, default: 1, min: 1, max: 9999, step: 1})
};
type State = StateOf<typeof schema>;

const configOf = ({points, losses, sign, seed}: State) => ({
  kinds: losses,
  signs: (sign === "both" ? ["true", "published"] : [sign]) as readonly Sign[],
  points: points === "auto" ? 0 : Number(points),
  seed
});

export const regressionExperiment = defineFigure({
  id: "iou/regression-experiment",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    const runner = experimentRunner({signal: context.signal, visible: context.onVisible, onChange: context.redraw});
    const start = () => runner.start(configOf(context.state()));
    const bar = runBar({onStart: start, onPause: runner.pause, onResume: runner.resume, onCancel: runner.cancel});
    const full = html`<button type="button">${labels.full}</button>`;
    full.addEventListener("click", () => {
      context.change({points: "5000"});
      start();
    });
    bar.element.firstElementChild!.after(full);
    const chart = experimentChart();
    const table = experimentTable();
    const discs = experimentDiscs();
    const scale = colorBar();
    scale.show(String(errorRange[1]), String(errorRange[0]));
    const verdict = html`<p class="experiment-verdict" role="status"></p>`;
    const body = html`<div>${bar.element}<div class="experiment-panels"><div>${chart.element}${table.element}</div><div>${
      scale.element
    }${discs.element}</div></div>${verdict}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    // A figure that is looked at is never empty: it runs by itself once, as much as this machine does in a moment.
    let begun = false;
    context.onVisible((visible) => {
      if (!visible || begun) return;
      begun = true;
      if (context.state().points === "auto") start();
    });
    return {
      body,
      update(state) {
        const {view} = runner;
        const wide = width > 760;
        const left = wide ? Math.floor(width * 0.52) : width;
        const right = wide ? width - left - 24 : width;
        chart.show(view.lanes, state.log, left, wide ? 300 : 260);
        table.show(view.lanes);
        discs.show(view.lanes, view.points, Math.floor((right - 2 * 14) / 3));
        bar.show(view.state, view.share, messageOf(view));
        verdict.textContent = verdictOf(view.lanes);
      },
      data: () => experimentData(runner.view)
    };
  }
});

function messageOf({state, lane, step, points, seconds, moves, incident}: RunView): string {
  if (incident?.kind === "failed") return labels.failed + incident.text;
  if (incident?.kind === "recovering") return labels.recovering;
  if (state === "idle") return "";
  if (!lane) return state === "done" ? labels.none : labels.preparing;
  const where = state === "done" ? "" : `${labels.running(laneName(lane), step)}: `;
  const lost = incident?.kind === "recovered" ? ` ${labels.recovered}` : "";
  return where + labels.boxes(points.length * casesPerPoint, seconds, moves / Math.max(seconds, 0.01)) + lost;
}

/** Who ends ahead, DIoU or GIoU, with either gradient: as far as the runs that are done say. */
function verdictOf(lanes: ReadonlyMap<LaneId, KindResult>): string {
  const end = (id: LaneId) => (lanes.get(id)?.curve.length === 201 ? lanes.get(id)!.curve[200]! : null);
  const giou = end("giou");
  const sentences = (["true", "published"] as const).map((sign) => {
    const diou = end(sign === "true" ? "diou" : "diou-published");
    if (giou === null || diou === null) return "";
    return labels.verdict(labels.how[sign], diou < giou ? labels.ahead : labels.behind, numberText(diou), numberText(giou));
  });
  return sentences.filter(Boolean).join(" ");
}

function experimentData({lanes}: RunView): readonly Row[] {
  return [...lanes].flatMap(([lane, {curve}]) => curve.map((error, step) => ({loss: lane, step, meanError: error})));
}
