/** Figure: the tree of thoughts on four numbers of the reader's, step by step. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {choiceField, numberField, vectorField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import type {Step} from "../../notebook/step.js";
import {expressionText} from "../expression.js";
import {checkExpression, positionIn, solve24} from "../game24.js";
import type {Hand} from "../game24.js";
import {usualSampling} from "../methods.js";
import {canReach, isSolved, positionText} from "../position.js";
import type {Trace, TraceNode} from "../trace.js";
import {endpointPanel} from "./endpoint-panel.js";
import {currentJudge} from "./judge-store.js";
import {nodePanel} from "./node-panel.js";
import {litAt, stepsOfTrace} from "./trace-steps.js";
import {strategyNames} from "./tree-look.js";
import {tracer} from "./tree-tracer.js";
import {treeView} from "./tree-view.js";

const labels = {
  title: "The tree, step by step",
  caption:
    "A box is a state the search went into: the thought's equation, and what remains. The bar along its foot is the judge's " +
    "chance of saying sure (green), likely (yellow) or impossible (red), the dots are its samples. Small dots are thoughts " +
    "that were left out, faded; press a patch of them for the list, a box for its numbers and its reason.",
  judge: "Judge",
  judges: {network: "the network", endpoint: "a model server of yours"},
  asked: "Judge and proposer: your model server.",
  notAsked: "Your model server has not been asked yet.",
  numbers: "Numbers",
  strategy: "Search",
  breadth: "b",
  samples: "Samples a state",
  temperature: "Temperature",
  seed: "Seed",
  step: "Step",
  start: "The four numbers",
  chosen: "State looked at",
  probability: (p: string) => `The judge gives it ${p} on balanced examples.`,
  working: "Searching…",
  failed: "The search failed: ",
  shipped: "Judge: the shipped network.",
  trained: (steps: number) => `Judge: your network, ${steps} steps.`,
  ways: (count: number) => (count === 0 ? "Exact solver: there is no way to 24." : `Exact solver: ${count} ${count === 1 ? "way" : "ways"} to 24.`),
  found: (text: string) => `Found: ${text} = 24. Read again and computed with exact fractions: right, each number used once.`,
  wrong: (text: string, reason: string) => `Found ${text}, but ${reason}.`,
  notFound: (ways: readonly string[]) => (ways.length ? `Not found. One way would be ${ways[0]} = 24.` : "Not found, and there is none."),
  rounded: "Whole numbers are played: the fractions were rounded."
};

const schema = {
  judge: choiceField({label: labels.judge, default: "network", options: labels.judges}),
  numbers: vectorField({label: labels.numbers, default: [4, 9, 10, 13], min: 1, max: 99}),
  strategy: choiceField({label: labels.strategy, default: "bfs", options: strategyNames}),
  breadth: numberField({
    label: labels.breadth, default: 5, min: 1, max: 10, step: 1,
    when: ({strategy}) => strategy === "bfs" || strategy === "beam" || strategy === "dfs"
  }),
  samples: numberField({label: labels.samples, default: 3, min: 1, max: 10, step: 1}),
  temperature: numberField({label: labels.temperature, default: 0.7, min: 0, max: 3, step: 0.1}),
  seed: numberField({label: labels.seed, default: 1, min: 1, max: 999, step: 1}),
  chosen: numberField({label: labels.chosen, default: 0, min: 0, max: 10_000, step: 1, control: false}),
  step: numberField({label: labels.step, default: 4, min: 0, max: 10_000, step: 1, control: false})
};
type State = StateOf<typeof schema>;

const askOf = (state: State) => ({
  numbers: handOf(state), method: {strategy: state.strategy, breadth: state.breadth}, samples: state.samples, temperature: state.temperature
});

const handOf = ({numbers}: State): readonly number[] => numbers.map(Math.round);

export const tree = defineFigure({
  id: "tree-of-thought/tree",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    const search = tracer(context.redraw, context.signal);
    const view = treeView<Hand>({
      start: labels.start, remains: (node) => positionText(positionIn(node.state)), solved: (node) => isSolved(positionIn(node.state)),
      onChoose: (chosen) => context.change({chosen})
    });
    const panel = nodePanel<Hand>((id) => {
      view.fold(id);
      context.redraw();
    }, ({state, verdict, valued}) => ({
      remains: positionText(positionIn(state)), truth: canReach(positionIn(state)),
      more: verdict && valued < Infinity ? labels.probability(numberText(1 / (1 + Math.exp(-verdict.logit)), 3)) : ""
    }));
    const verdict = html`<p class="thought-verdict" role="status"></p>`;
    const endpoint = endpointPanel(
      () => askOf(context.state()), (grown) => context.settle({step: grown.steps.length - 1, chosen: 0}), context.signal
    );
    const body = html`<div>${endpoint.element}${view.element}<div class="thought-below"><div data-stepper></div>${panel.element}</div>${verdict}</div>`;
    let steps: {readonly trace: Trace<Hand>; readonly steps: readonly Step[]} | undefined;
    const stepsFor = (trace: Trace<Hand>) => {
      if (steps?.trace !== trace) steps = {trace, steps: stepsOfTrace(trace, wordsOf(trace))};
      return steps.steps;
    };
    /** The network's tree stays in sight until the server's begins. */
    const shown = () => (context.state().judge === "endpoint" ? (endpoint.trace ?? search.trace) : search.trace);
    return {
      body,
      update(state) {
        const {numbers, method, samples, temperature} = askOf(state);
        search.ask({numbers, method, temperature, sampling: {...usualSampling, samples, temperature, seed: state.seed}});
        endpoint.element.hidden = state.judge !== "endpoint";
        const trace = shown();
        const problem = state.judge === "network" ? search.problem : "";
        verdict.textContent = problem ? labels.failed + problem : trace ? summaryOf(state, trace, endpoint.trace !== undefined) : labels.working;
        if (!trace) return;
        const step = Math.min(state.step, trace.steps.length - 1);
        const upTo = trace.steps[step]!;
        const lit = litAt(trace, step);
        const chosen = shownNode(trace, upTo, state.chosen, lit);
        view.show({trace, upTo, chosen: chosen.id, lit});
        panel.show(chosen, upTo, view.isFolded(chosen.id));
      },
      data: () => rowsOf(shown()),
      steps: () => {
        const trace = shown();
        return trace ? stepsFor(trace) : [];
      }
    };
  }
});

/** The state that was chosen, or, before one is, the first that the step is about. */
function shownNode(trace: Trace<Hand>, upTo: number, chosen: number, lit: ReadonlySet<number>): TraceNode<Hand> {
  const node = trace.nodes[chosen || ([...lit][0] ?? 0)];
  return node && node.proposed < upTo ? node : trace.nodes[0]!;
}

function wordsOf(trace: Trace<Hand>) {
  const numbers = positionIn(trace.nodes[0]!.state);
  return {
    name: (node: TraceNode<Hand>) => positionText(positionIn(node.state)),
    size: (node: TraceNode<Hand>) => node.state.length,
    solution: (hand: Hand) => `${texOf(hand.map(expressionText).join())} = 24`,
    start: {
      formula: `\\{${numbers.map((_, i) => `[[n${i}|x_${i + 1}]]`).join(", ")}\\} \\overset{?}{\\to} 24`,
      values: Object.fromEntries(numbers.map(({n}, i) => [`n${i}`, n]))
    }
  };
}

export const texOf = (expression: string): string => expression.replaceAll("−", "-").replaceAll("×", "\\times ").replaceAll("÷", "\\div ");

function summaryOf(state: State, trace: Trace<Hand>, asked: boolean): string {
  const numbers = positionIn(trace.nodes[0]!.state).map(({n}) => n);
  const ways = solve24(numbers);
  const {origin, steps} = currentJudge();
  const last = trace.events.at(-1);
  const judge = origin === "shipped" ? labels.shipped : labels.trained(steps);
  const sentences = [state.judge === "network" ? judge : asked ? labels.asked : labels.notAsked, labels.ways(ways.length)];
  if (state.numbers.some((number) => !Number.isInteger(number))) sentences.unshift(labels.rounded);
  if (last?.kind === "solve") {
    const text = last.state.map(expressionText).join();
    const check = checkExpression(text, numbers);
    sentences.push(check.ok ? labels.found(check.text) : labels.wrong(text, check.reason));
  } else if (last?.kind === "give up") sentences.push(labels.notFound(ways));
  return sentences.join(" ");
}

function rowsOf(trace: Trace<Hand> | undefined): readonly Row[] {
  return (trace?.nodes ?? []).map(({id, parent, depth, text, state, verdict, kept, reason}) => {
    const position = positionIn(state);
    const [sure = null, likely = null, impossible = null] = verdict?.votes ?? [];
    return {
      id, parent, depth, thought: text, remains: positionText(position), logit: verdict?.logit ?? null, sure, likely, impossible,
      value: verdict?.value ?? null, kept: kept < Infinity, reason: reason ?? null, reachable: canReach(position)
    };
  });
}
