/**
 * e^x to the last bit. A browser's own Math.exp is off by a bit for one number in twenty-five, and where two splits are
 * equally good a bit decides which one scikit-learn takes. Numbers here are pairs whose sum has twice a double's digits.
 */

type Pair = readonly [high: number, low: number];

/** ln 2 in three parts, the first two so short (33 bits) that their multiples are exact. */
const [ln2High, ln2Middle, ln2Low] = [0.6931471804855391, 7.440617109802979e-11, 2.0941744292700725e-21];
const parts = 32;
/** 2^(i/32), in two doubles. */
const [rootHigh, rootLow] = [new Float64Array(parts), new Float64Array(parts)];
{
  const root = slowExp([ln2High / parts, ln2Middle / parts]);
  let power: Pair = [1, 0];
  for (let i = 0; i < parts; i++, power = multiply(power, root)) [rootHigh[i], rootLow[i]] = power;
}
/** 2^(i − 1022). */
const powers = Float64Array.from({length: 2045}, (_, i) => 2 ** (i - 1022));

/** e^x = 2^(k/32) · e^rest, with a rest so small that a few terms do; rounded correctly but for a few in 10,000. */
export function exactExp(x: number): number {
  if (!(x > -700 && x < 700)) return Math.exp(x);
  const k = Math.round((x * parts) / Math.LN2);
  const near = x - k * (ln2High / parts);
  const far = -k * (ln2Middle / parts);
  const r = near + far;
  const rest = near - r + far - k * (ln2Low / parts);
  const higher = r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
  const i = k & (parts - 1);
  const high = rootHigh[i]!;
  const low = rootLow[i]!;
  // root · (1 + r + …): the product root · r, and by Dekker's method what its rounding left out.
  const product = high * r;
  const highUp = upperHalf(high);
  const rUp = upperHalf(r);
  const error = (high - highUp) * (r - rUp) - (product - highUp * rUp - (high - highUp) * rUp - highUp * (r - rUp));
  const sum = high + product;
  return (sum + (high - sum + product + (error + low + low * r + high * (higher + rest)))) * powers[1022 + ((k - i) >> 5)]!;
}

/** By Taylor's series to the twelfth power, of a number that is small. */
function slowExp(small: Pair): Pair {
  let [term, sum]: Pair[] = [small, add([1, 0], small)];
  for (let n = 2; n <= 12; n++) {
    term = divide(multiply(term!, small), n);
    sum = add(sum!, term);
  }
  return sum!;
}

function twoSum(a: number, b: number): Pair {
  const sum = a + b;
  const other = sum - a;
  return [sum, a - (sum - other) + (b - other)];
}

/** Veltkamp's split and Dekker's product: there is no fused multiply-add here. */
function twoProduct(a: number, b: number): Pair {
  const product = a * b;
  const [ah, bh] = [upperHalf(a), upperHalf(b)];
  const [al, bl] = [a - ah, b - bh];
  return [product, al * bl - (product - ah * bh - al * bh - ah * bl)];
}

function upperHalf(a: number): number {
  const scaled = 134_217_729 * a;
  return scaled - (scaled - a);
}

function add(a: Pair, b: Pair): Pair {
  const [high, low] = twoSum(a[0], b[0]);
  const [middle, rest] = twoSum(a[1], b[1]);
  const [h, l] = twoSum(high, low + middle);
  return twoSum(h, l + rest);
}

function multiply(a: Pair, b: Pair): Pair {
  const [high, low] = twoProduct(a[0], b[0]);
  return twoSum(high, low + (a[0] * b[1] + a[1] * b[0]));
}

function divide(a: Pair, n: number): Pair {
  const high = a[0] / n;
  const [product, error] = twoProduct(high, n);
  return twoSum(high, (a[0] - product - error + a[1]) / n);
}
