/** GPT-4's released runs as searches: the same events as ours, and every candidate held against exact arithmetic. */
import {apply, compare, equals, valueOf} from "./fraction.js";
import type {Fraction, Operator} from "./fraction.js";
import {checkExpression} from "./game24.js";
import {canReach, goal, positionOf} from "./position.js";
import type {Position} from "./position.js";
import type {SearchEvent, SearchNews, Verdict} from "./search-events.js";

/** Parent among the lines kept before, text, value, place among the kept or −1. */
export type LoggedCandidate = readonly [number, string, number, number];

export interface LoggedTree {
  readonly rank: number;
  /** Such as "4 5 6 10". */
  readonly numbers: string;
  readonly steps: readonly (readonly LoggedCandidate[])[];
}

export interface LoggedAnswers {
  readonly rank: number;
  readonly numbers: string;
  readonly cot: readonly (readonly [string, number])[];
  readonly standard: readonly (readonly [string, number])[];
}

/** Right ones among a puzzle's hundred samples. */
export interface AnswerCounts {
  readonly rank: number;
  readonly cot: number;
  readonly standard: number;
}

/** A line of GPT-4's: what it wrote, and what is true of it. */
export interface LoggedState {
  /** The numbers left, by its own account. */
  readonly left: string;
  /** The numbers left, exactly; null once a line is no legal move. */
  readonly exact: Position | null;
  /** Whether the line is a finished answer, and a right one. */
  readonly answer: "right" | "wrong" | null;
}

const numbersOf = (text: string): readonly number[] => text.split(" ").map(Number);

/** As the paper's program counts: what stands before the first equals sign has to make 24; what is claimed does not matter. */
export const isRight = (answer: string, numbers: readonly number[]): boolean => checkExpression(answer.split("=")[0]!, numbers).ok;

export function countAnswers({rank, numbers, cot, standard}: LoggedAnswers): AnswerCounts {
  const given = numbersOf(numbers);
  const right = (list: LoggedAnswers["cot"]) => list.reduce((sum, [answer, count]) => sum + (isRight(answer, given) ? count : 0), 0);
  return {rank, cot: right(cot), standard: right(standard)};
}

/** A value of three samples taken apart: 20 for each sure, 1 for each likely, 0.001 for each impossible. */
export function votesOf(value: number): readonly [number, number, number] {
  const sure = Math.floor((value + 1e-9) / 20);
  const likely = Math.floor(value - 20 * sure + 1e-9);
  return [sure, likely, Math.round((value - 20 * sure - likely) * 1000)];
}

function verdictOf(value: number): Verdict {
  const votes = votesOf(value);
  const samples = votes[0] + votes[1] + votes[2];
  // No log-odds in the log: the value's place on the way from all impossible to all sure stands in.
  const share = Math.min(0.999, Math.max(0.001, value / (20 * Math.max(1, samples))));
  const chances: [number, number, number] = samples ? [votes[0] / samples, votes[1] / samples, votes[2] / samples] : [0, 0, 0];
  return {value, votes, chances, logit: Math.log(share / (1 - share))};
}

const operators: Readonly<Record<string, Operator>> = {"+": "+", "-": "−", "*": "×", "/": "÷"};
const token = "\\(?(-?[\\d.]+(?:/[\\d.]+)?)\\)?";
const equation = new RegExp(`^${token} ([-+*/]) ${token} (?:=|≈) ${token}.*?\\(?left: ([^)]*)\\)?`);

/** "2/3" or "1.666", as near as it is written. */
const readNumber = (text: string): number => {
  const [n, d = "1"] = text.split("/");
  return Number(n) / Number(d);
};

/** A written number and an exact one, when decimals were cut. */
const near = (written: number, exact: Fraction): boolean => Math.abs(written - valueOf(exact)) <= 0.02 + 0.005 * Math.abs(written);

/** The state after a line, given the exact one before. */
export function stateAfter(before: LoggedState, line: string, numbers: readonly number[]): LoggedState {
  const answer = /^answer:\s*(.*)$/i.exec(line);
  if (answer) return {left: before.left, exact: before.exact, answer: isRight(answer[1]!.toLowerCase(), numbers) ? "right" : "wrong"};
  const parts = equation.exec(line);
  if (!parts || !before.exact) return {left: parts?.[5] ?? "?", exact: null, answer: null};
  const [, a, sign, b, , left] = parts as unknown as [string, string, string, string, string, string];
  const operator = operators[sign]!;
  const wanted = left.trim().split(/[\s,]+/).map(readNumber);
  const next = nextPositions(before.exact, readNumber(a), operator, readNumber(b))
    .find((position) => position.length === wanted.length && sameNumbers(wanted, position));
  return {left, exact: next ?? null, answer: null};
}

function sameNumbers(written: readonly number[], exact: Position): boolean {
  const sorted = [...written].sort((x, y) => x - y);
  return exact.every((number, i) => near(sorted[i] ?? NaN, number));
}

/** The state after any two numbers in either order, with negative results: what GPT-4 may write. */
function nextPositions(position: Position, a: number, operator: Operator, b: number): readonly Position[] {
  return position.flatMap((first, i) => position.flatMap((second, j) => {
    if (i === j || !near(a, first) || !near(b, second) || (operator === "÷" && second.n === 0)) return [];
    const rest = position.filter((_, k) => k !== i && k !== j);
    return [[...rest, apply(operator, first, second)].sort(compare)];
  }));
}

/** The run as events, in the order in which the paper's program works: propose for each kept line, value, select. */
export function* loggedEvents({numbers, steps}: LoggedTree): Generator<SearchEvent<LoggedState>, void> {
  const given = numbersOf(numbers);
  const start = startOf(numbers);
  let [made, calls] = [1, 0];
  const tell = (news: SearchNews<LoggedState>): SearchEvent<LoggedState> => ({...news, calls, nodes: made});
  let kept: readonly {readonly id: number; readonly state: LoggedState}[] = [{id: 0, state: start}];
  for (const candidates of steps) {
    const nodes = candidates.map(([parent, text]) => ({id: made++, state: stateAfter(kept[parent]!.state, text, given)}));
    for (const [p, parent] of kept.entries()) {
      const children = candidates.flatMap(([of, text], i) => (of === p ? [{...nodes[i]!, text: text.replace(/\s*\(left:.*$/, "")}] : []));
      if (children.length) yield tell({kind: "propose", node: parent.id, children});
    }
    calls += candidates.length;
    yield tell({kind: "value", verdicts: candidates.map(([, , value], i) => ({node: nodes[i]!.id, verdict: verdictOf(value)}))});
    const chosen = candidates.flatMap(([, , , place], i) => (place >= 0 ? [{place, ...nodes[i]!}] : [])).sort((a, b) => a.place - b.place);
    for (const {id} of chosen) yield tell({kind: "keep", node: id});
    for (const [i, [, , , place]] of candidates.entries()) if (place < 0) yield tell({kind: "prune", node: nodes[i]!.id, reason: "breadth"});
    kept = chosen;
  }
  const right = kept.find(({state}) => state.answer === "right");
  yield tell(right ? {kind: "solve", node: right.id, state: right.state} : {kind: "give up", reason: "wrong"});
}

export const startOf = (numbers: string): LoggedState => ({left: numbers, exact: positionOf(numbersOf(numbers)), answer: null});

/** What the log says of a run: how many of the last five lines are right, and where the judgement was wrong. */
export interface LoggedSummary {
  readonly rank: number;
  readonly right: number;
  readonly judged: number;
  /** More sure than impossible, but 24 is out of reach; more impossible than sure, but it is not; no legal move at all. */
  readonly tooHopeful: number;
  readonly tooGloomy: number;
  readonly illegal: number;
  /** No kept line of some step could still reach 24, though one before could. */
  readonly lostAt: number | null;
}

export function summariseLog(tree: LoggedTree): LoggedSummary {
  let [tooHopeful, tooGloomy, illegal, judged, right] = [0, 0, 0, 0, 0];
  let lostAt: number | null = null;
  const states = new Map<number, LoggedState>();
  let [step, alive] = [0, false];
  for (const event of loggedEvents(tree)) {
    if (event.kind === "propose") for (const {id, state} of event.children) states.set(id, state);
    if (event.kind === "value") {
      if (step > 0 && !alive) lostAt ??= step;
      [step, alive] = [step + 1, false];
      for (const {node, verdict: {votes}} of event.verdicts) {
        const {exact, answer} = states.get(node)!;
        if (answer) continue;
        judged++;
        if (!exact) illegal++;
        else if (votes[0] > votes[2] && !reaches(exact)) tooHopeful++;
        else if (votes[2] > votes[0] && reaches(exact)) tooGloomy++;
      }
    } else if (event.kind === "keep") {
      const {exact, answer} = states.get(event.node)!;
      if (answer === "right") right++;
      alive ||= answer === "right" || (answer === null && exact !== null && reaches(exact));
    }
  }
  if (right === 0 && !alive) lostAt ??= step;
  return {rank: tree.rank, right, judged, tooHopeful, tooGloomy, illegal, lostAt};
}

const reaches = (position: Position): boolean => (position.length === 1 ? equals(position[0]!, goal) : canReach(position));
