/** LSTM, GRU and RNN against PyTorch: every hidden state, and the gradient of every weight, input and first state. */
import {lstmBackward, lstmForward} from "../lstm/cell.js";
import {gruBackward, gruForward} from "../lstm/gru.js";
import type {CellWeights, Matrix, Vector} from "../lstm/layer.js";
import {rnnBackward, rnnForward} from "../lstm/rnn.js";
import {flat, versionsIn} from "./check.js";
import type {Check} from "./check.js";

interface Case extends CellWeights {
  readonly kind: string;
  readonly inputs: Matrix;
  readonly h0: Vector;
  readonly c0?: Vector;
  readonly lossWeights: Matrix;
  readonly hidden: Matrix;
  readonly gradient: Readonly<Record<string, unknown>>;
}

function run(c: Case): {readonly hidden: Matrix; readonly gradient: Readonly<Record<string, unknown>>} {
  const {kind, inputs, h0, lossWeights} = c;
  const slopes = {hidden: lossWeights};
  if (kind === "lstm") {
    const forward = lstmForward(c, inputs, {h0, c0: c.c0!});
    return {hidden: forward.hidden, gradient: {...lstmBackward(forward, slopes)}};
  }
  const forward = kind === "gru" ? gruForward(c, inputs, {h0}) : rnnForward(c, inputs, {h0});
  return {hidden: forward.hidden, gradient: {...(kind === "gru" ? gruBackward : rnnBackward)(forward, slopes)}};
}

export const checks: readonly Check[] = [
  {
    id: "recurrent",
    algorithm: "LSTM, GRU and RNN: states, and gradients through time",
    room: "/lstm/",
    fixtures: ["lstm/recurrent"],
    reference: (fixtures) => versionsIn(fixtures["lstm/recurrent"], {torch: "PyTorch"}),
    tolerance: 1e-10,
    *compare(fixtures) {
      for (const c of (fixtures["lstm/recurrent"] as {cases: readonly Case[]}).cases) {
        const {hidden, gradient} = run(c);
        yield {ours: flat(hidden), theirs: flat(c.hidden)};
        for (const [name, theirs] of Object.entries(c.gradient)) {
          if (theirs) yield {ours: flat(gradient[name]), theirs: flat(theirs)};
        }
      }
    }
  }
];
