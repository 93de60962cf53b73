/** Text from a character model: each character drawn from what the model says of the next, and read by it in turn. */
import {forward} from "./forward.js";
import {answer} from "./loss.js";
import {traceSize} from "./shape.js";
import type {Numbers, Run, Shape} from "./shape.js";
import type {Random} from "./tasks/task.js";

export interface GenerateOptions {
  readonly alphabet: readonly string[];
  /** What the model reads first; characters that it does not know are passed over. */
  readonly opening: string;
  /** Characters to draw. */
  readonly length: number;
  /** Divides the logits: below 1 the likely becomes likelier, above 1 all come nearer; 0 always takes the likeliest. */
  readonly temperature: number;
  readonly random: Random;
}

/** Yields the characters drawn, one at a time. */
export function* generateCharacters(shape: Shape, params: Numbers, options: GenerateOptions): Generator<string, void> {
  const {alphabet, opening, length, temperature, random} = options;
  const run: Run = {shape, steps: 1, batch: 1};
  const trace = new Float64Array(traceSize(run));
  const block = trace.length / 2;
  const logits = new Float64Array(shape.outputs);
  const read = (place: number) => {
    const x = new Float64Array(shape.inputs);
    x[place] = 1;
    forward(run, params, x, trace);
    answer(run, params, trace, 1, 0, logits);
    trace.copyWithin(0, block);
  };
  for (const character of opening) {
    const place = alphabet.indexOf(character);
    if (place >= 0) read(place);
  }
  for (let n = 0; n < length; n++) {
    const place = draw(logits, temperature, random);
    read(place);
    yield alphabet[place]!;
  }
}

/** A class drawn from softmax(logits / temperature). */
export function draw(logits: Numbers, temperature: number, random: Random): number {
  const most = Math.max(...logits);
  if (temperature <= 0) return logits.indexOf(most);
  const shares = Array.from(logits, (logit) => Math.exp((logit - most) / temperature));
  let left = random() * shares.reduce((sum, share) => sum + share, 0);
  for (const [place, share] of shares.entries()) if ((left -= share) < 0) return place;
  return logits.indexOf(most);
}
