/** What there is to say about one state: its equation, what remains, chances, votes, fate, and what exact arithmetic says. */
import {html} from "htl";
import {numberText} from "../../notebook/number-text.js";
import type {TraceNode} from "../trace.js";
import {labelColors, labelNames, reasonTexts} from "./tree-look.js";

const labels = {
  start: "The start",
  remains: (text: string) => `What remains: ${text}.`,
  notJudged: "Not judged yet.",
  chances: "Chances of one sample",
  votes: (samples: number) => `Votes of ${samples}`,
  worth: (value: string) => `worth ${value}`,
  leftOut: (reason: string) => `Left out: ${reason}.`,
  policy: (p: string) => `The policy chose it with probability ${p}.`,
  can: "Exact arithmetic: 24 can be reached from here.",
  cannot: "Exact arithmetic: 24 cannot be reached from here.",
  wrongYes: "The judge is too hopeful here.",
  wrongNo: "The judge gives up too early here.",
  fold: "Fold the branch",
  unfold: "Unfold the branch"
};

/** What only the figure knows of a state. */
export interface NodeFacts {
  readonly remains: string;
  /** Whether the goal can be reached; null where the question makes no sense. */
  readonly truth: boolean | null;
  /** The figure's own words on it. */
  readonly more?: string;
}

export function nodePanel<S>(onFold: (id: number) => void, factsOf: (node: TraceNode<S>) => NodeFacts) {
  let shown = -1;
  const fold = html`<button type="button"></button>`;
  fold.addEventListener("click", () => onFold(shown));
  const text = html`<div class="thought-words"></div>`;
  const element = html`<div class="thought-panel" role="group">${text}${fold}</div>`;
  return {
    element,
    show(node: TraceNode<S>, upTo: number, folded: boolean) {
      shown = node.id;
      fold.textContent = folded ? labels.unfold : labels.fold;
      fold.hidden = !folded && node.children.length === 0;
      const {remains, truth, more = ""} = factsOf(node);
      const verdict = node.valued < upTo ? node.verdict : undefined;
      const hopeful = verdict && verdict.votes[0] > verdict.votes[2] ? true : verdict && verdict.votes[2] > verdict.votes[0] ? false : undefined;
      const sentences = [
        labels.remains(remains),
        verdict || node.parent < 0 ? "" : labels.notJudged,
        more,
        node.pruned < upTo && node.reason ? labels.leftOut(reasonTexts[node.reason]) : "",
        node.chance !== undefined && node.kept < upTo ? labels.policy(numberText(node.chance, 3)) : "",
        truth === null ? "" : truth ? labels.can : labels.cannot,
        hopeful === true && truth === false ? labels.wrongYes : hopeful === false && truth === true ? labels.wrongNo : ""
      ];
      text.replaceChildren(
        html`<p><strong>${node.text || labels.start}</strong> ${sentences.filter(Boolean).join(" ")}</p>`,
        ...(verdict ? [table(verdict.chances, verdict.votes, verdict.value)] : [])
      );
    }
  };
}

function table(chances: readonly number[], votes: readonly number[], value: number): HTMLElement {
  const samples = votes.reduce((sum, count) => sum + count, 0);
  return html`<table><thead><tr><td></td>${labelNames.map((name, i) =>
    html`<th scope="col"><span class="swatch" style=${`--swatch: ${labelColors[i]}`}></span> ${name}</th>`)}</tr></thead>
    <tbody><tr><th scope="row">${labels.chances}</th>${chances.map((chance) => html`<td class="number">${numberText(chance, 3)}</td>`)}</tr>
    <tr><th scope="row">${labels.votes(samples)}, ${labels.worth(numberText(value))}</th>${votes.map((count) => html`<td class="number">${count}</td>`)}</tr></tbody></table>`;
}
