/** The stepper's words and formulas for one time step of a cell; the numbers are the run's. */
import type {Step} from "../../notebook/step.js";
import type {ScalarStep, ScalarVariant} from "../scalar.js";
import type {CellKind} from "../shape.js";

type Words = Omit<Step, "values">;

const sum = (gate: string) =>
  `[[w${gate}|w_${gate}]] \\cdot [[x|x_t]] + [[u${gate}|u_${gate}]] \\cdot [[before|h_{t-1}]] + [[b${gate}|b_${gate}]]`;
const squash = (gate: string, by: string) => `[[${gate}|${gate}_t]] = ${by}\\big(${sum(gate)}\\big) = ${by}([[sum${gate}|s_${gate}]])`;

const words: Readonly<Record<CellKind, readonly Words[]>> = {
  rnn: [
    {
      title: "The sum", formula: `[[sumh|s]] = ${sum("h")}`, focus: ["x", "before"],
      note: "The new input and the whole of the old state, mixed by fixed weights."
    },
    {
      title: "The new state", formula: "[[h|h_t]] = \\tanh([[sumh|s]])", focus: ["h"],
      note: "All of the old state goes through the weight and the tanh at every step. Nothing can be set aside."
    }
  ],
  lstm: [
    {
      title: "Forget gate", formula: squash("f", "\\sigma"), focus: ["f", "x", "before"],
      note: "How much of the cell is kept: 1 keeps all of it, 0 wipes it."
    },
    {title: "Input gate", formula: squash("i", "\\sigma"), focus: ["i", "x", "before"], note: "How much of the candidate is let in."},
    {title: "Candidate", formula: squash("g", "\\tanh"), focus: ["g", "x", "before"], note: "What might be written."},
    {
      title: "Cell state",
      formula: "[[c|c_t]] = [[f|f_t]] \\cdot [[cellBefore|c_{t-1}]] + [[i|i_t]] \\cdot [[g|g_t]]", focus: ["c", "keep", "write", "f", "i", "g"],
      note: "An addition. Along this line the slope from one step to the next is f alone: with f near 1 it survives hundreds of steps."
    },
    {title: "Output gate", formula: squash("o", "\\sigma"), focus: ["o", "x", "before"], note: "How much of the cell is shown to the outside."},
    {
      title: "Hidden state", formula: "[[h|h_t]] = [[o|o_t]] \\cdot \\tanh([[c|c_t]])", focus: ["h", "show", "o"],
      note: "What the next step's gates and the next layer see. The cell itself stays inside."
    }
  ],
  gru: [
    {title: "Reset gate", formula: squash("r", "\\sigma"), focus: ["r", "x", "before"], note: "How much of the old state the candidate may see."},
    {title: "Update gate", formula: squash("z", "\\sigma"), focus: ["z", "x", "before"], note: "How much of the old state is kept. One gate does what input and forget gate do in the LSTM."},
    {
      title: "New state, proposed",
      formula: "[[n|n_t]] = \\tanh\\big([[wn|w_n]] \\cdot [[x|x_t]] + [[r|r_t]] \\cdot [[un|u_n]] \\cdot [[before|h_{t-1}]] + [[bn|b_n]]\\big) = \\tanh([[sumn|s_n]])",
      focus: ["n", "r", "x", "before"]
    },
    {
      title: "Hidden state",
      formula: "[[h|h_t]] = (1 - [[z|z_t]]) \\cdot [[n|n_t]] + [[z|z_t]] \\cdot [[before|h_{t-1}]]", focus: ["h", "keep", "z", "n"],
      note: "A weighted mean of old and new; there is no second, hidden memory."
    }
  ]
};

/** What the older cell says of its forget gate, and what peepholes add. */
const never: Words = {
  title: "No forget gate", formula: "[[f|f_t]] = 1", focus: ["f", "keep"],
  note: "The cell of 1997 adds and never forgets: whatever was written stays, and so does its mistake."
};
const looked = (gate: string, cell: string): Words => ({
  title: gate === "f" ? "Forget gate" : gate === "i" ? "Input gate" : "Output gate",
  formula: `[[${gate}|${gate}_t]] = \\sigma\\big(${sum(gate)} + [[p${gate}|p_${gate}]] \\cdot ${cell}\\big) = \\sigma([[sum${gate}|s_${gate}]])`,
  focus: [gate, "x", "before", `look-${gate}`],
  note: gate === "o" ? "Through its peephole it sees the cell as it has just become." : "Through its peephole it sees the cell as it was, not only what was shown of it."
});

/** The steps of one time step. */
export function cellSteps(kind: CellKind, values: ScalarStep, {forgetGate = true, peephole}: ScalarVariant = {}): readonly Step[] {
  const steps = [...words[kind]];
  if (kind === "lstm" && peephole) {
    steps[0] = looked("f", "[[cellBefore|c_{t-1}]]");
    steps[1] = looked("i", "[[cellBefore|c_{t-1}]]");
    steps[4] = looked("o", "[[c|c_t]]");
  }
  if (kind === "lstm" && !forgetGate) steps[0] = never;
  return steps.map((step) => ({...step, values}));
}

/** The part of the drawing that a formula's symbol stands for, where it is another's. */
export const partOfSlot = (slot: string): string => (/^[wubp]./.test(slot) || slot.startsWith("sum") ? slot.at(-1)! : slot === "cellBefore" ? "cellBefore" : slot);
