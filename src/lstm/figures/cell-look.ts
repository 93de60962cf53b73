/** Names and colours of cells, gates and states: the same in every figure and in the page's prose. */
import type {CellKind} from "../shape.js";

export const cellNames: Readonly<Record<CellKind, string>> = {rnn: "RNN", gru: "GRU", lstm: "LSTM"};
export const cellColors: Readonly<Record<CellKind, string>> = {rnn: "var(--c6)", gru: "var(--c3)", lstm: "var(--c1)"};
export const attentionColor = "var(--c2)";

/** The rows of a cell's trace (see shape.ts): name, symbol as text, range. */
export interface RowLook {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

const gate = (name: string): RowLook => ({name, low: 0, high: 1});
const state = (name: string, reach = 1): RowLook => ({name, low: -reach, high: reach});

export const rowLooks: Readonly<Record<CellKind, Readonly<Record<number, RowLook>>>> = {
  rnn: {0: state("hidden state h")},
  gru: {4: state("hidden state h"), 0: gate("reset gate r"), 1: gate("update gate z"), 2: state("new state n")},
  lstm: {
    4: state("cell state c", 2), 5: state("hidden state h"), 1: gate("forget gate f"), 0: gate("input gate i"),
    3: gate("output gate o"), 2: state("candidate g")
  }
};
