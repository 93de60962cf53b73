/** Numbers as readers see them: a true minus sign, four significant digits, words for what has no value. */

const minus = "−";

/** A number in running text or a label; NaN, which readers never see as such, reads "undefined". */
export function numberText(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "undefined";
  if (!Number.isFinite(value)) return value < 0 ? `${minus}∞` : "∞";
  const magnitude = Math.abs(value);
  const text = magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e6)
    ? scientific(magnitude, digits)
    : fixed(magnitude, digits);
  return value < 0 && Number(text) !== 0 ? minus + text : text;
}

/** Enough decimals for `digits` significant ones from 0.1 up, never more than `digits` decimals. */
function fixed(magnitude: number, digits: number): string {
  const whole = magnitude < 1 ? 0 : Math.floor(Math.log10(magnitude)) + 1;
  return magnitude.toFixed(Math.max(0, Math.min(digits, digits - whole)));
}

function scientific(magnitude: number, digits: number): string {
  const [mantissa, exponent] = magnitude.toExponential(Math.max(0, digits - 2)).split("e");
  return `${mantissa}e${Number(exponent) < 0 ? minus : ""}${Math.abs(Number(exponent))}`;
}

/** The same number as TeX. */
export function numberTex(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "\\text{undefined}";
  if (!Number.isFinite(value)) return value < 0 ? "-\\infty" : "\\infty";
  // In a formula 140 is 140, not 140.0; in a column the digits stand under each other.
  const text = Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : numberText(value, digits).replaceAll(minus, "-");
  const [mantissa, exponent] = text.split("e");
  return exponent === undefined ? text : `${mantissa}\\times 10^{${exponent}}`;
}
