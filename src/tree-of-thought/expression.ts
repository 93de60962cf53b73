/** Arithmetic expressions over whole numbers: their text, and a form that is the same for expressions that mean the same. */
import {apply, compare} from "./fraction.js";
import type {Fraction, Operator} from "./fraction.js";

export type Expression =
  | {readonly value: Fraction}
  | {readonly value: Fraction; readonly operator: Operator; readonly left: Expression; readonly right: Expression};

/** @throws RangeError for ÷ 0 */
export const combine = (operator: Operator, left: Expression, right: Expression): Expression => ({
  value: apply(operator, left.value, right.value), operator, left, right
});

const rank: Readonly<Record<Operator, number>> = {"+": 1, "−": 1, "×": 2, "÷": 2};

/** With no more parentheses than are needed. */
export function expressionText(expression: Expression): string {
  if (!("operator" in expression)) return String(expression.value.n);
  const {operator, left, right} = expression;
  const within = (part: Expression, second: boolean): string => {
    const text = expressionText(part);
    if (!("operator" in part)) return text;
    const weaker = rank[part.operator] < rank[operator];
    const reversed = second && rank[part.operator] === rank[operator] && (operator === "−" || operator === "÷");
    return weaker || reversed ? `(${text})` : text;
  };
  return `${within(left, false)} ${operator} ${within(right, true)}`;
}

/**
 * A key that ignores order and grouping within sums and within products, so that (4 + 6) + 10 and 4 + (10 + 6) are one;
 * a sum is its terms with their signs, a product its factors and divisors.
 */
export function expressionKey(expression: Expression): string {
  if (!("operator" in expression)) return String(expression.value.n);
  const kind = rank[expression.operator];
  const terms: string[] = [];
  const collect = (part: Expression, inverse: boolean): void => {
    if ("operator" in part && rank[part.operator] === kind) {
      collect(part.left, inverse);
      collect(part.right, inverse !== (part.operator === "−" || part.operator === "÷"));
    } else terms.push(`${inverse ? "~" : ""}${expressionKey(part)}`);
  };
  collect(expression, false);
  return `(${terms.sort().join(kind === 1 ? "+" : "*")})`;
}

/** Ascending by value, as positions are. */
export const byValue = (a: Expression, b: Expression): number => compare(a.value, b.value);
