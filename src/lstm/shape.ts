/**
 * What a recurrent network is made of, and where its numbers stand.
 *
 * Parameters are one flat vector in PyTorch's order: weightIh [gates·H][I], weightHh [gates·H][H], biasIh [gates·H],
 * biasHh [gates·H], peephole [3][H] (input, forget, output) if any, readout [O][H], readoutBias [O]. Gates in PyTorch's
 * order: LSTM input, forget, candidate, output; GRU reset, update, new.
 */
export type CellKind = "rnn" | "lstm" | "gru";
export const cellKinds: readonly CellKind[] = ["rnn", "gru", "lstm"];

/** Numbers that training keeps in float32 and the public functions in float64. */
export type Numbers = Float32Array | Float64Array;

export interface Shape {
  readonly kind: CellKind;
  readonly inputs: number;
  readonly hidden: number;
  /** Outputs of a linear layer on the hidden state; 0 for none. */
  readonly outputs: number;
  /** False: the LSTM of 1997, whose cell adds and never forgets. The forget gate's rows stand unused. */
  readonly forgetGate?: boolean;
  /** The gates see the cell: input and forget gate c of the step before, the output gate c of this one (Gers 2000). */
  readonly peepholes?: boolean;
}

export const gateCount: Readonly<Record<CellKind, number>> = {rnn: 1, gru: 3, lstm: 4};

/** Sums that a cell's gates are made from. The GRU's new gate keeps W_hn h + b_hn apart, since r multiplies it. */
export const sumCount: Readonly<Record<CellKind, number>> = {rnn: 1, gru: 4, lstm: 4};

/** The sum that a gate's hidden-to-hidden row enters; its input row enters sum `gate`. */
export const hiddenSum = (kind: CellKind, gate: number): number => (kind === "gru" && gate === 2 ? 3 : gate);

/**
 * Rows of H numbers that a time step leaves: RNN h; LSTM i, f, g, o, c, h; GRU r, z, n, q = W_hn h + b_hn, h.
 * The hidden state is always the last.
 */
export const traceRows: Readonly<Record<CellKind, number>> = {rnn: 1, gru: 5, lstm: 6};

/** Rows of H numbers that a time step's gradient has: one for each sum, then ∂L/∂h, then for the LSTM ∂L/∂c. */
export const slopeRows: Readonly<Record<CellKind, number>> = {rnn: 2, gru: 5, lstm: 6};

export interface Places {
  readonly weightIh: number;
  readonly weightHh: number;
  readonly biasIh: number;
  readonly biasHh: number;
  readonly peephole: number;
  readonly readout: number;
  readonly readoutBias: number;
  /** Parameters in all. */
  readonly total: number;
}

/** Where each block of the parameters begins. */
export function placesOf({kind, inputs, hidden, outputs, peepholes}: Shape): Places {
  const rows = gateCount[kind] * hidden;
  const weightHh = rows * inputs;
  const biasIh = weightHh + rows * hidden;
  const biasHh = biasIh + rows;
  const peephole = biasHh + rows;
  const readout = peephole + (peepholes ? 3 * hidden : 0);
  const readoutBias = readout + outputs * hidden;
  return {weightIh: 0, weightHh, biasIh, biasHh, peephole, readout, readoutBias, total: readoutBias + outputs};
}

/**
 * Some sequences through one network. All arrays have the sequence as their last index, so that neighbours in memory
 * are neighbours on the GPU: inputs [steps][I][batch], trace [steps + 1][rows][H][batch], whose first block is the
 * state before the first step, and slopes [steps + 1][rows][H][batch] likewise.
 */
export interface Run {
  readonly shape: Shape;
  readonly steps: number;
  readonly batch: number;
}

export const traceSize = ({shape, steps, batch}: Run) => (steps + 1) * traceRows[shape.kind] * shape.hidden * batch;
export const slopesSize = ({shape, steps, batch}: Run) => (steps + 1) * slopeRows[shape.kind] * shape.hidden * batch;

/** Names a shape's code: all that WGSL is made for. */
export const shapeKey = ({kind, inputs, hidden, outputs, forgetGate = true, peepholes = false}: Shape): string =>
  [kind, inputs, hidden, outputs, forgetGate, peepholes].join(" ");
