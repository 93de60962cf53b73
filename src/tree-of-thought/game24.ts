/**
 * The Game of 24: make 24 of four numbers with + − × ÷, each number once. Exact solver, checker, and the game as a
 * problem to search (search.ts).
 */
import {byValue, combine, expressionKey, expressionText} from "./expression.js";
import type {Expression} from "./expression.js";
import {equals, fraction, fractionText} from "./fraction.js";
import type {Operator} from "./fraction.js";
import {parseExpression} from "./parse-expression.js";
import {goal, movesFrom, moveText, positionKey} from "./position.js";
import type {Position} from "./position.js";
import type {Problem, Thought} from "./search-events.js";

/** What remains, and what each number was made of, ascending by value. */
export type Hand = readonly Expression[];

export const positionIn = (hand: Hand): Position => hand.map(({value}) => value);

/** The game as a problem: a thought is an equation that makes two of the numbers into one. */
export function game24(numbers: readonly number[]): Problem<Hand> {
  return {
    start: numbers.map((number) => ({value: fraction(number)})).sort(byValue),
    steps: numbers.length - 1,
    propose: handThoughts,
    isSolved: (hand) => hand.length === 1 && equals(hand[0]!.value, goal),
    key: (hand) => positionKey(positionIn(hand)),
    answer: (hand) => hand.map(expressionKey).join(" ")
  };
}

/** Every move of a hand, those that lead to the same numbers once. */
export function handThoughts(hand: Hand): readonly Thought<Hand>[] {
  return movesFrom(positionIn(hand)).map((move) => ({
    text: moveText(move),
    state: [
      ...hand.filter((_, k) => !move.used.includes(k)),
      combine(move.operator, hand[move.used[0]]!, hand[move.used[1]]!)
    ].sort(byValue)
  }));
}

const most = 1000;

/**
 * Every way to 24, once each: ways that differ only in the order or grouping of a sum or a product are one, and so are
 * ways that differ only in signs (differences are taken larger − smaller). Each entry's text verifies exactly.
 * @param numbers one to five whole numbers from 0 to 1000
 * @throws RangeError for other numbers
 */
export function solve24(numbers: readonly number[]): readonly string[] {
  if (numbers.length < 1 || numbers.length > 5 || numbers.some((number) => !Number.isInteger(number) || number < 0 || number > most))
    throw new RangeError(`one to five whole numbers from 0 to ${most} are wanted, not ${numbers.join(", ")}`);
  const found = new Map<string, string>();
  const seen = new Set<string>();
  const visit = (parts: readonly Expression[]): void => {
    const [only] = parts;
    if (parts.length === 1 && equals(only!.value, goal)) found.set(expressionKey(only!), expressionText(only!));
    const key = parts.map(expressionKey).join(" ");
    if (parts.length < 2 || seen.has(key)) return;
    seen.add(key);
    for (let i = 0; i < parts.length; i++)
      for (let j = i + 1; j < parts.length; j++)
        for (const made of pairs(parts[i]!, parts[j]!))
          visit([...parts.filter((_, k) => k !== i && k !== j), made].sort(byValue));
  };
  visit(numbers.map((number) => ({value: fraction(number)})).sort(byValue));
  return [...found.values()];
}

function pairs(low: Expression, high: Expression): readonly Expression[] {
  const made = (operator: Operator, a: Expression, b: Expression) => combine(operator, a, b);
  return [
    made("+", low, high),
    made("−", high, low),
    made("×", low, high),
    ...(low.value.n === 0 ? [] : [made("÷", high, low)]),
    ...(high.value.n === 0 ? [] : [made("÷", low, high)])
  ];
}

export type Check = {readonly ok: true; readonly text: string} | {readonly ok: false; readonly reason: string};

/**
 * Whether an expression uses exactly these numbers and is exactly 24; if not, why not. A trailing "= 24" is allowed.
 * @param text such as "(10 - 4) * (13 - 9)"; − × ÷ are read as well
 */
export function checkExpression(text: string, numbers: readonly number[]): Check {
  const [left = "", ...claims] = text.split("=");
  if (claims.length > 1 || (claims[0] !== undefined && claims[0].trim() !== String(goal)))
    return {ok: false, reason: `only “= ${goal}” may follow the expression`};
  const parsed = parseExpression(left);
  if ("reason" in parsed) return {ok: false, reason: `at character ${parsed.place}: ${parsed.reason}`};
  const [used, given] = [parsed.numbers, numbers].map((list) => [...list].sort((a, b) => a - b).join(" "));
  if (used !== given) return {ok: false, reason: `it uses ${used}, not ${given}`};
  const {expression} = parsed;
  if (!equals(expression.value, goal)) return {ok: false, reason: `it makes ${fractionText(expression.value)}, not ${goal}`};
  return {ok: true, text: expressionText(expression)};
}
