/**
 * A language model of the reader's own as proposer and judge: any server that speaks OpenAI's chat completions. The
 * style of prompt is the paper's, the words are ours. Nothing is sent unless the reader asks for it.
 */
import {handThoughts, positionIn} from "./game24.js";
import type {Hand} from "./game24.js";
import {isSolved, positionText} from "./position.js";
import type {Judge, Problem, Thought, Verdict} from "./search-events.js";

export interface Endpoint {
  /** Up to and without "/chat/completions", such as http://localhost:11434/v1. */
  readonly url: string;
  readonly model: string;
  /** Sent as a bearer token; "" for none. */
  readonly key: string;
  readonly temperature: number;
  /** Milliseconds for one request. */
  readonly timeout: number;
}

export interface Cost {
  readonly requests: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Requests whose answer did not say what it cost. */
  readonly uncounted: number;
}

/** What went wrong, for the reader. */
export class EndpointError extends Error {}

interface Completion {
  readonly choices?: readonly {readonly message?: {readonly content?: unknown}}[];
  readonly usage?: {readonly prompt_tokens?: unknown; readonly completion_tokens?: unknown};
}

export interface Model {
  /** Answers to one prompt, `samples` of them. @throws EndpointError */
  ask(prompt: string, samples: number, signal?: AbortSignal): Promise<readonly string[]>;
  cost(): Cost;
}

/** @param send `fetch`, or a stand-in for it */
export function connect({url, model, key, temperature, timeout}: Endpoint, send: typeof fetch = fetch): Model {
  const address = addressOf(url);
  if (model.trim() === "") throw new EndpointError("The model needs a name.");
  let cost: Cost = {requests: 0, promptTokens: 0, completionTokens: 0, uncounted: 0};
  const once = async (prompt: string, samples: number, signal?: AbortSignal): Promise<readonly string[]> => {
    const limit = AbortSignal.timeout(timeout);
    const body = {model, temperature, n: samples, messages: [{role: "user", content: prompt}]};
    cost = {...cost, requests: cost.requests + 1};
    try {
      const response = await send(address, {
        method: "POST", body: JSON.stringify(body), credentials: "omit", referrerPolicy: "no-referrer",
        headers: {"Content-Type": "application/json", ...(key && {Authorization: `Bearer ${key}`})},
        signal: signal ? AbortSignal.any([signal, limit]) : limit
      });
      if (!response.ok) throw new EndpointError(await refusalOf(response));
      const completion = (await response.json().catch(() => {
        throw new EndpointError("The server's answer is no JSON.");
      })) as Completion;
      cost = counted(cost, completion);
      return textsOf(completion);
    } catch (error) {
      if (error instanceof EndpointError || signal?.aborted) throw error;
      if (limit.aborted) throw new EndpointError(`No answer within ${timeout / 1000} s.`);
      throw new EndpointError(
        `${address} was not reached. Does the server run, does it allow requests from this page (CORS), and is it https if this page is?`
      );
    }
  };
  return {
    cost: () => cost,
    async ask(prompt, samples, signal) {
      const texts = [...(await once(prompt, samples, signal))];
      // Many local servers ignore `n` and give one choice.
      while (texts.length < samples) texts.push(...(await once(prompt, 1, signal)));
      return texts.slice(0, samples);
    }
  };
}

function addressOf(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new EndpointError(`“${url}” is no address; it should look like http://localhost:11434/v1.`);
  }
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") throw new EndpointError("The address has to begin with http or https.");
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, "").replace(/\/chat\/completions$/, "")}/chat/completions`;
}

async function refusalOf(response: Response): Promise<string> {
  const said = (await response.text().catch(() => "")).slice(0, 200);
  const meaning = {401: "the key was refused", 403: "access was refused", 404: "there is no such address or model", 429: "too many requests"}[response.status];
  return `The server answered ${response.status}${meaning ? ` (${meaning})` : ""}${said ? `: ${said}` : "."}`;
}

function textsOf({choices}: Completion): readonly string[] {
  const texts = (Array.isArray(choices) ? (choices as NonNullable<Completion["choices"]>) : []).flatMap(({message}) =>
    typeof message?.content === "string" ? [message.content] : []);
  if (texts.length === 0) throw new EndpointError("The server's answer holds no text.");
  return texts;
}

function counted(cost: Cost, {usage}: Completion): Cost {
  const {prompt_tokens: prompt, completion_tokens: completion} = usage ?? {};
  if (typeof prompt !== "number" || typeof completion !== "number") return {...cost, uncounted: cost.uncounted + 1};
  return {...cost, promptTokens: cost.promptTokens + prompt, completionTokens: cost.completionTokens + completion};
}

const proposePrompt = (left: string) => `We play the Game of 24: the numbers in hand are made into 24 with + - * /, two at a time.
Name the promising next moves for the hand at the end. One move a line, as in the example; write what is left after it.

Hand: 3 5 9
3 + 5 = 8 (left: 8 9)
9 - 5 = 4 (left: 3 4)
9 / 3 = 3 (left: 3 5)
3 * 5 = 15 (left: 9 15)
9 - 3 = 6 (left: 5 6)

Hand: ${left}
`;

const valuePrompt = (left: string) => `Can 24 be made of these numbers with + - * /, each used exactly once?
Try one or two ways in a few words, then end with one word on a line of its own: sure, likely or impossible.

Numbers: 11 13
11 + 13 = 24
sure
Numbers: 2 9
2 * 9 = 18, 2 + 9 = 11, both far off
impossible
Numbers: 5 6 7
(7 - 5) * 6 = 12, 5 + 6 + 7 = 18; too small so far, but close enough
likely
Numbers: ${left}
`;

const labels = ["sure", "likely", "impossible"] as const;

/** The last of the three words that a text says, −1 for none. */
export function labelOf(text: string): number {
  const words = text.toLowerCase().match(/\b(sure|likely|impossible)\b/g);
  return words ? labels.indexOf(words[words.length - 1] as (typeof labels)[number]) : -1;
}

/** A verdict from what the samples say; a sample without a label counts for nothing. */
export function verdictOfLabels(said: readonly number[]): Verdict {
  const votes: [number, number, number] = [0, 0, 0];
  for (const label of said) if (label >= 0) votes[label]!++;
  const total = votes[0] + votes[1] + votes[2];
  const share = (votes[0] + 0.5 * votes[1] + 0.5) / (total + 1);
  const chances: [number, number, number] = total ? [votes[0] / total, votes[1] / total, votes[2] / total] : [0, 1, 0];
  return {votes, chances, value: 20 * votes[0] + votes[1] + 0.001 * votes[2], logit: Math.log(share / (1 - share + 1e-3))};
}

/** The model as judge, `samples` answers a hand; a last number is looked at instead. */
export const modelJudge = (model: Model, samples: number): Judge<Hand> => async (hands, signal) => {
  const verdicts: Verdict[] = [];
  for (const hand of hands) {
    const position = positionIn(hand);
    if (position.length < 2) verdicts.push(verdictOfLabels(Array.from({length: samples}, () => (isSolved(position) ? 0 : 2))));
    else verdicts.push(verdictOfLabels((await model.ask(valuePrompt(asciiOf(hand)), samples, signal)).map(labelOf)));
  }
  return verdicts;
};

/** The game with the model's proposals; lines that are no legal move of the hand are dropped. */
export function proposedByModel(problem: Problem<Hand>, model: Model, signal?: AbortSignal): Problem<Hand> {
  return {
    ...problem,
    async propose(hand) {
      if (hand.length < 2) return [];
      const [text = ""] = await model.ask(proposePrompt(asciiOf(hand)), 1, signal);
      return legalThoughts(hand, text);
    }
  };
}

/** The moves of a hand that a text names, each once. */
export function legalThoughts(hand: Hand, text: string): readonly Thought<Hand>[] {
  const possible = handThoughts(hand);
  const found = new Set<Thought<Hand>>();
  for (const line of text.split("\n")) {
    const equation = /^[\s\-*•\d.)]*?(\(?-?[\d./]+\)?\s*[-+*/×÷−]\s*\(?-?[\d./]+\)?)\s*=/.exec(line)?.[1];
    if (!equation) continue;
    const [a, sign, b] = (/^\(?(-?[\d./]+)\)?\s*([-+*/×÷−])\s*\(?(-?[\d./]+)\)?$/.exec(equation) ?? []).slice(1) as [string, string, string];
    const operator = {"-": "−", "*": "×", "/": "÷"}[sign] ?? sign;
    const same = possible.find((thought) => {
      const written = thought.text.replace(/ = .*/, "");
      return written === `${a} ${operator} ${b}` || ((operator === "+" || operator === "×") && written === `${b} ${operator} ${a}`);
    });
    if (same) found.add(same);
  }
  return [...found];
}

const asciiOf = (hand: Hand): string => positionText(positionIn(hand)).replaceAll("−", "-");
