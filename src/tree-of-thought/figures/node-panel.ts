/** What there is to say about one state: its equation, what remains, chances, votes, fate, and what exact arithmetic says. */
import {html} from "htl";
import {numberText} from "../../notebook/number-text.js";
import type {Hand} from "../game24.js";
import {positionIn} from "../game24.js";
import {canReach, positionText} from "../position.js";
import type {TraceNode} from "../trace.js";
import {labelColors, labelNames, reasonTexts} from "./tree-look.js";

const labels = {
  start: "The start",
  remains: (text: string) => `What remains: ${text}.`,
  notJudged: "Not judged yet.",
  probability: (p: string) => `The judge's probability that 24 can be reached: ${p}.`,
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

export function nodePanel(onFold: (id: number) => void) {
  let shown = -1;
  const fold = html`<button type="button"></button>`;
  fold.addEventListener("click", () => onFold(shown));
  const text = html`<div class="thought-words"></div>`;
  const element = html`<div class="thought-panel" role="group">${text}${fold}</div>`;
  return {
    element,
    show(node: TraceNode<Hand>, upTo: number, folded: boolean) {
      shown = node.id;
      fold.textContent = folded ? labels.unfold : labels.fold;
      fold.hidden = !folded && node.children.length === 0;
      const position = positionIn(node.state);
      const verdict = node.valued < upTo ? node.verdict : undefined;
      const truth = canReach(position);
      const hopeful = verdict && verdict.votes[0] > verdict.votes[2] ? true : verdict && verdict.votes[2] > verdict.votes[0] ? false : undefined;
      const sentences = [
        labels.remains(positionText(position)),
        verdict ? labels.probability(numberText(1 / (1 + Math.exp(-verdict.logit)), 3)) : node.parent < 0 ? "" : labels.notJudged,
        node.pruned < upTo && node.reason ? labels.leftOut(reasonTexts[node.reason]) : "",
        node.chance !== undefined && node.kept < upTo ? labels.policy(numberText(node.chance, 3)) : "",
        truth ? labels.can : labels.cannot,
        hopeful === true && !truth ? labels.wrongYes : hopeful === false && truth ? labels.wrongNo : ""
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
