/**
 * `addRows` of histogram.ts as a WebAssembly module, made here byte by byte. One SIMD instruction adds a row's gradient
 * and hessian to a bin, in double precision and in the same order, so the sums are the same to the last bit. Rows of a
 * node lie scattered in the table, and each would be waited for: so those of a batch are touched before they are added,
 * and come from memory many at a time.
 */

export interface AddRows {
  readonly memory: WebAssembly.Memory;
  /** Adds the rows (at least one) whose numbers stand at `order…end`; all are places in the memory, in bytes. */
  add(order: number, end: number, codes: number, pairs: number, histogram: number): void;
}

const pageBytes = 65_536;
const rowsAtOnce = 32;

/**
 * The module for a table whose columns start at these bins of a histogram, with a memory of `bytes`. Throws where the
 * browser has no SIMD.
 */
export function addRowsInWasm(slots: readonly number[], codeBytes: number, bytes: number): AddRows {
  // A row's ends are touched by four bytes each, which may reach beyond the table.
  const memory = new WebAssembly.Memory({initial: Math.ceil((bytes + 8) / pageBytes)});
  const module = new WebAssembly.Module(moduleOf(slots, codeBytes));
  const {exports} = new WebAssembly.Instance(module, {in: {memory}});
  return {memory, add: exports.add as AddRows["add"]};
}

type Code = readonly number[];

const [i32, v128, noValue] = [0x7f, 0x7b, 0x40];
const [order, end, codes, pairs, histogram, stop, ahead, row, at, touched, bin, pair] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const get = (local: number): Code => [0x20, local];
const set = (local: number): Code => [0x21, local];
const tee = (local: number): Code => [0x22, local];
const constant = (value: number): Code => [0x41, ...signed(value)];
const [add, multiply, shiftLeft, or, isBelow] = [0x6a, 0x6c, 0x74, 0x72, 0x49];
const [select, close] = [0x1b, 0x0b];
/** The body again while the address `counter`, moved on to the next row's number, is below `last`. */
const loopRows = (counter: number, last: number, ...body: Code): Code => [
  0x03, noValue, ...body, ...get(counter), ...constant(4), add, ...tee(counter), ...get(last), isBelow, 0x0d, 0, close
];
/** Loads from the address on the stack plus an offset; the first number says to which power of 2 they are aligned. */
const load = (offset: number): Code => [0x28, 0, ...unsigned(offset)];
const loadByte = (offset: number): Code => [0x2d, 0, ...unsigned(offset)];
const loadShort = (offset: number): Code => [0x2f, 1, ...unsigned(offset)];
const vector = (instruction: number, ...rest: Code): Code => [0xfd, ...unsigned(instruction), ...rest];
const loadDoubles = (offset: number): Code => vector(0, 3, ...unsigned(offset));
const storeDoubles = (offset: number): Code => vector(11, 3, ...unsigned(offset));
const [loadTwoFloats, addDoubles, floatsToDoubles] = [vector(93, 2, 0), vector(0xf0), vector(95)];

function moduleOf(slots: readonly number[], codeBytes: number): Uint8Array<ArrayBuffer> {
  const rowBytes = slots.length * codeBytes;
  const findRow = (counter: number): Code => [
    ...get(counter), ...load(0), ...tee(row), ...constant(rowBytes), multiply, ...get(codes), add, ...set(at)
  ];
  const pairPlace = [...get(row), ...constant(3), shiftLeft, ...get(pairs), add];
  const touch = (...address: Code): Code => [...address, ...get(touched), or, ...set(touched)];
  const touchRow = [
    ...findRow(ahead), ...touch(...get(at), ...load(0)), ...touch(...get(at), ...load(Math.max(0, rowBytes - 4))),
    ...touch(...pairPlace, ...load(0))
  ];
  // The bin's place: histogram + 16 · (slot + code), where the slot is part of the instruction.
  const addColumn = (slot: number, column: number): Code => [
    ...get(at), ...(codeBytes === 1 ? loadByte(column) : loadShort(2 * column)), ...constant(4), shiftLeft,
    ...get(histogram), add, ...tee(bin),
    ...get(bin), ...loadDoubles(16 * slot), ...get(pair), ...addDoubles, ...storeDoubles(16 * slot)
  ];
  const addRow = [...findRow(order), ...pairPlace, ...loadTwoFloats, ...floatsToDoubles, ...set(pair), ...slots.flatMap(addColumn)];
  const batchEnd = [...get(order), ...constant(4 * rowsAtOnce), add];
  const body = [
    0x03, noValue,
    ...batchEnd, ...get(end), ...batchEnd, ...get(end), isBelow, select, ...set(stop),
    ...get(order), ...set(ahead),
    ...loopRows(ahead, stop, ...touchRow),
    ...loopRows(order, stop, ...addRow),
    ...get(order), ...get(end), isBelow, 0x0d, 0,
    close,
    // What was touched is returned, or it would not be.
    ...get(touched), close
  ];
  return Uint8Array.from([
    ...[0x00, ...text("asm"), 1, 0, 0, 0],
    ...section(1, [1, 0x60, 5, i32, i32, i32, i32, i32, 1, i32]),
    ...section(2, [1, ...name("in"), ...name("memory"), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name("add"), 0, 0]),
    ...section(10, [1, ...sized([2, 6, i32, 1, v128, ...body])])
  ]);
}

const section = (id: number, content: Code): Code => [id, ...sized(content)];
const sized = (content: Code): Code => [...unsigned(content.length), ...content];
const text = (letters: string): Code => [...letters].map((letter) => letter.charCodeAt(0));
const name = (letters: string): Code => sized(text(letters));

/** LEB128: seven bits a byte, the lowest first. */
function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

function signed(value: number): Code {
  return value < 64 ? [value] : [(value & 127) | 128, ...signed(value >>> 7)];
}
