import {createServer} from "node:http";
import type {IncomingMessage, Server} from "node:http";
import type {AddressInfo} from "node:net";
import {afterAll, beforeAll, beforeEach, describe, expect, it} from "vitest";
import {connect, labelOf, legalThoughts, modelJudge, proposedByModel, verdictOfLabels} from "../../src/tree-of-thought/endpoint.js";
import type {Endpoint} from "../../src/tree-of-thought/endpoint.js";
import {game24} from "../../src/tree-of-thought/game24.js";
import {canReach, movesFrom, moveText, positionOf, positionText} from "../../src/tree-of-thought/position.js";
import {search} from "../../src/tree-of-thought/search.js";

interface Asked {
  readonly model: string;
  readonly n: number;
  readonly temperature: number;
  readonly messages: readonly {readonly content: string}[];
}

/** A model server that knows the game, or behaves as `manner` says. */
let manner: "well" | "one choice" | "401" | "html" | "empty" | "silent" = "well";
let seen: {readonly asked: Asked; readonly authorization: string | undefined}[] = [];
let server: Server;
let endpoint: Endpoint;

function answerTo(prompt: string): string {
  const numbers = /(?:Hand|Numbers): ([^\n]*)\n$/.exec(prompt)![1]!.split(" ");
  // Fractions are beyond this model.
  if (numbers.some((number) => number.includes("/"))) return "impossible";
  const position = positionOf(numbers.map(Number).sort((a, b) => a - b));
  if (!prompt.startsWith("We play")) return `Let me see.\n${canReach(position) ? "sure" : "impossible"}`;
  const moves = movesFrom(position).map((move) => `${moveText(move)} (left: ${positionText(move.next)})`.replaceAll("−", "-").replaceAll("×", "*").replaceAll("÷", "/"));
  return ["Some ideas:", ...moves, "1 + 100 = 101 (left: 101)"].join("\n");
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const asked = JSON.parse(body) as Asked;
      seen.push({asked, authorization: request.headers.authorization});
      if (manner === "silent") return;
      response.setHeader("Content-Type", "application/json");
      if (manner === "401") return response.writeHead(401).end("bad key");
      if (manner === "html") return response.end("<html>");
      if (manner === "empty") return response.end("{}");
      const count = manner === "one choice" ? 1 : asked.n;
      const choices = Array.from({length: count}, () => ({message: {content: answerTo(asked.messages[0]!.content)}}));
      return response.end(JSON.stringify({choices, ...(manner === "well" && {usage: {prompt_tokens: 100, completion_tokens: 10 * count}})}));
    });
  }).listen(0);
  await new Promise((resolve) => server.once("listening", resolve));
  endpoint = {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`, model: "mock", key: "", temperature: 0.7, timeout: 5000};
});
beforeEach(() => {
  [manner, seen] = ["well", []];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it("a model proposes and judges a whole tree, and its tokens are counted", async () => {
  const model = connect({...endpoint, key: "secret"});
  const problem = proposedByModel(game24([4, 9, 10, 13]), model);
  let last;
  for await (const event of search(problem, {strategy: "bfs", breadth: 2, judge: modelJudge(model, 3)})) last = event;
  expect(last).toMatchObject({kind: "solve"});
  expect(model.cost()).toMatchObject({requests: seen.length, promptTokens: 100 * seen.length, uncounted: 0});
  expect(seen[0]).toMatchObject({authorization: "Bearer secret", asked: {model: "mock", temperature: 0.7}});
});

it("a server that gives one choice at a time is asked again, and without usage its requests are counted", async () => {
  manner = "one choice";
  const model = connect(endpoint);
  expect(await model.ask("Numbers: 4 6\n", 3)).toHaveLength(3);
  expect(model.cost()).toMatchObject({requests: 3, uncounted: 3});
  expect(seen[0]!.authorization).toBe(undefined);
});

describe("what goes wrong is said in words", () => {
  it.each([["401", /401 \(the key was refused\): bad key/], ["html", /no JSON/], ["empty", /no text/]] as const)("%s", async (how, words) => {
    manner = how;
    await expect(connect(endpoint).ask("Numbers: 4 6\n", 1)).rejects.toThrow(words);
  });

  it("a silent server is given up", async () => {
    manner = "silent";
    await expect(connect({...endpoint, timeout: 150}).ask("Numbers: 4 6\n", 1)).rejects.toThrow("No answer within 0.15 s.");
  });

  it("a server that is not there, an address that is none, a model without a name", async () => {
    await expect(connect({...endpoint, url: "http://127.0.0.1:9/v1"}).ask("Numbers: 4 6\n", 1)).rejects.toThrow(/was not reached/);
    expect(() => connect({...endpoint, url: "nonsense"})).toThrow(/no address/);
    expect(() => connect({...endpoint, url: "file:///etc/passwd"})).toThrow(/http/);
    expect(() => connect({...endpoint, model: " "})).toThrow(/name/);
  });
});

it("the last label counts, a sample without one counts for nothing", () => {
  expect(["It is not impossible\nsure", "IMPOSSIBLE", "dunno"].map(labelOf)).toEqual([0, 2, -1]);
  expect(verdictOfLabels([0, 1, -1])).toMatchObject({votes: [1, 1, 0], value: 21});
});

it("only legal moves of the hand are taken, each once", () => {
  const hand = game24([4, 9, 10, 13]).start;
  const text = "1. 13 - 9 = 4 (left: 4 4 10)\n- 9 + 4 = 13\n4 + 9 = 13\n9 - 13 = -4\n2 + 2 = 4\nrm -rf / = 0\n10 / 4 = 2.5";
  expect(legalThoughts(hand, text).map((thought) => thought.text)).toEqual(["13 − 9 = 4", "4 + 9 = 13", "10 ÷ 4 = 5/2"]);
});
