/** Reads an arithmetic expression: whole numbers, + - * /, parentheses; the signs − × · ÷ : mean the same. */
import {fraction} from "./fraction.js";
import type {Operator} from "./fraction.js";
import {combine} from "./expression.js";
import type {Expression} from "./expression.js";

export interface Refusal {
  /** Where in the text, counted from 1, and why. */
  readonly place: number;
  readonly reason: string;
}

const signs: Readonly<Record<string, Operator>> = {
  "+": "+", "-": "−", "−": "−", "–": "−", "*": "×", "×": "×", "·": "×", x: "×", "/": "÷", "÷": "÷", ":": "÷"
};
const deepest = 100;

class Refused extends Error {
  constructor(readonly place: number, reason: string) {
    super(reason);
  }
}

/** The expression and the numbers used, in order, or where the text stops making sense. */
export function parseExpression(text: string): {readonly expression: Expression; readonly numbers: readonly number[]} | Refusal {
  const numbers: number[] = [];
  let at = 0;
  const space = () => {
    while (/\s/.test(text[at] ?? "")) at++;
  };
  const peek = (): string => (space(), text[at] ?? "");
  const refuse = (reason: string): never => {
    throw new Refused(at + 1, reason);
  };
  const primary = (depth: number): Expression => {
    if (depth > deepest) refuse("too many parentheses");
    const next = peek();
    if (next === "(") {
      at++;
      const inner = chain(1, depth + 1);
      if (peek() !== ")") refuse("a closing parenthesis is missing");
      at++;
      return inner;
    }
    const [digits] = /^\d+/.exec(text.slice(at)) ?? [];
    if (digits === undefined) return refuse(next === "" ? "a number is missing at the end" : `a number is wanted, not “${next}”`);
    const number = Number(digits);
    if (!Number.isSafeInteger(number)) refuse("a number is too large");
    at += digits.length;
    numbers.push(number);
    return {value: fraction(number)};
  };
  const chain = (level: 1 | 2, depth: number): Expression => {
    const operand = () => (level === 1 ? chain(2, depth) : primary(depth));
    let left = operand();
    for (;;) {
      const operator = signs[peek()];
      if (!operator || (operator === "+" || operator === "−") !== (level === 1)) return left;
      const sign = at++;
      const right = operand();
      try {
        left = combine(operator, left, right);
      } catch (error) {
        at = sign;
        refuse((error as Error).message);
      }
    }
  };
  try {
    const expression = chain(1, 0);
    if (peek() !== "") refuse(`“${peek()}” does not belong here`);
    return {expression, numbers};
  } catch (error) {
    if (error instanceof Refused) return {place: error.place, reason: error.message};
    throw error;
  }
}
