/** Text, a character at a time: at every step, which comes next? */
import {below} from "./task.js";
import type {Task} from "./task.js";

export interface TextTask extends Task {
  /** A class for each; the last stands for all that are too rare, if any are. */
  readonly alphabet: readonly string[];
  /** What is learned, in the alphabet's characters. */
  readonly text: string;
}

/** Characters of their own, at most. */
const mostKinds = 48;
/** What stands for the others. */
const rare = "□";
/** A text shorter than this has too few sequences to draw from. */
export const leastCharacters = 300;

/** A text as it is learned: in lower case, with plain quotation marks, a paragraph's line breaks as spaces. */
export function plainText(raw: string): string {
  return raw
    .replace(/\r\n?/g, "\n").replace(/[“”„«»]/g, '"').replace(/[‘’]/g, "'").replace(/_/g, "")
    .replace(/[^\S\n]+/g, " ").replace(/ ?\n ?/g, "\n").replace(/\n\n+/g, "\u2029").replace(/\n/g, " ").replace(/\u2029/g, "\n")
    .toLowerCase().trim();
}

/** @throws RangeError if the text, made plain, is too short */
export function textTask(raw: string): TextTask {
  const plain = [...plainText(raw)];
  if (plain.length < leastCharacters)
    throw new RangeError(`The text has ${plain.length} characters; it needs at least ${leastCharacters}.`);
  const alphabet = alphabetOf(plain);
  const places = new Map(alphabet.map((character, place) => [character, place]));
  const classes = plain.map((character) => places.get(character) ?? alphabet.length - 1);
  const text = classes.map((place) => alphabet[place]!);
  const tracks = tracksOf(text);
  const inputs = alphabet.length;
  return {
    inputs, outputs: inputs, loss: "softmax", everyStep: true, baseline: entropy(classes, inputs), alphabet, text: text.join(""),
    example(random, steps) {
      const start = below(random, text.length - steps);
      const x = new Float32Array(steps * inputs);
      for (let t = 0; t < steps; t++) x[t * inputs + classes[start + t]!] = 1;
      return {
        x,
        targets: Float32Array.from(classes.slice(start + 1, start + steps + 1)),
        symbols: text.slice(start, start + steps).map(visible),
        tracks: Object.fromEntries(Object.entries(tracks).map(([name, track]) => [name, track.slice(start, start + steps)]))
      };
    }
  };
}

const visible = (character: string): string => (character === " " ? "␣" : character === "\n" ? "⏎" : character);

/** The characters in their order of frequency, the rare ones as one. */
function alphabetOf(text: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([character]) => character);
  return sorted.length > mostKinds ? [...sorted.slice(0, mostKinds - 1), rare] : sorted;
}

/** The loss of who knows how frequent the characters are and nothing else, in nats. */
function entropy(classes: readonly number[], kinds: number): number {
  const counts = new Float64Array(kinds);
  for (const place of classes) counts[place]! += 1;
  return -counts.reduce((sum, count) => sum + (count > 0 ? (count / classes.length) * Math.log(count / classes.length) : 0), 0);
}

/** After each character: whether a quotation is open, how many letters the word has, how many characters the sentence. */
function tracksOf(text: readonly string[]): Readonly<Record<string, readonly number[]>> {
  let [quote, word, sentence] = [0, 0, 0];
  const rows = text.map((character) => {
    if (character === '"') quote = 1 - quote;
    // A paragraph that ends inside a quotation opens it again with its own mark.
    if (character === "\n") quote = 0;
    word = /[\p{L}\p{N}'-]/u.test(character) ? word + 1 : 0;
    sentence = /[.!?\n]/.test(character) ? 0 : sentence + 1;
    return {quote, word, sentence, vowel: /[aeiou]/.test(character) ? 1 : 0};
  });
  return {
    quote: rows.map((row) => row.quote), word: rows.map((row) => row.word),
    sentence: rows.map((row) => row.sentence), vowel: rows.map((row) => row.vowel)
  };
}
