/** The opcodes of MicroPython's bytecode, version 6: name → code and what follows it. */

/** What follows an opcode. */
export type Operand =
  | 'none'
  /** The index of a name; `quoted` is listed in quotes. */
  | 'name'
  | 'quoted'
  | 'number'
  | 'signed'
  /** The index of a constant object. */
  | 'object'
  /** The index of a function made here; of a closure, and how many variables it takes. */
  | 'function'
  | 'closure'
  /** How far to jump: only forward, or either way; `unwind` has a byte of its own behind it. */
  | 'forward'
  | 'jump'
  | 'unwind'
  /** Positional arguments, and in the second byte keywords. */
  | 'call';

const table = {
  LOAD_CONST_STRING: [0x10, 'quoted'],
  LOAD_NAME: [0x11, 'name'],
  LOAD_GLOBAL: [0x12, 'name'],
  LOAD_ATTR: [0x13, 'name'],
  LOAD_METHOD: [0x14, 'name'],
  LOAD_SUPER_METHOD: [0x15, 'name'],
  STORE_NAME: [0x16, 'name'],
  STORE_GLOBAL: [0x17, 'name'],
  STORE_ATTR: [0x18, 'name'],
  DELETE_NAME: [0x19, 'name'],
  DELETE_GLOBAL: [0x1a, 'name'],
  IMPORT_NAME: [0x1b, 'quoted'],
  IMPORT_FROM: [0x1c, 'quoted'],
  MAKE_CLOSURE: [0x20, 'closure'],
  MAKE_CLOSURE_DEFARGS: [0x21, 'closure'],
  LOAD_CONST_SMALL_INT: [0x22, 'signed'],
  LOAD_CONST_OBJ: [0x23, 'object'],
  LOAD_FAST_N: [0x24, 'number'],
  LOAD_DEREF: [0x25, 'number'],
  STORE_FAST_N: [0x26, 'number'],
  STORE_DEREF: [0x27, 'number'],
  DELETE_FAST: [0x28, 'number'],
  DELETE_DEREF: [0x29, 'number'],
  BUILD_TUPLE: [0x2a, 'number'],
  BUILD_LIST: [0x2b, 'number'],
  BUILD_MAP: [0x2c, 'number'],
  BUILD_SET: [0x2d, 'number'],
  BUILD_SLICE: [0x2e, 'number'],
  STORE_COMP: [0x2f, 'number'],
  UNPACK_SEQUENCE: [0x30, 'number'],
  UNPACK_EX: [0x31, 'number'],
  MAKE_FUNCTION: [0x32, 'function'],
  MAKE_FUNCTION_DEFARGS: [0x33, 'function'],
  CALL_FUNCTION: [0x34, 'call'],
  CALL_FUNCTION_VAR_KW: [0x35, 'call'],
  CALL_METHOD: [0x36, 'call'],
  CALL_METHOD_VAR_KW: [0x37, 'call'],
  UNWIND_JUMP: [0x40, 'unwind'],
  JUMP: [0x42, 'jump'],
  POP_JUMP_IF_TRUE: [0x43, 'jump'],
  POP_JUMP_IF_FALSE: [0x44, 'jump'],
  JUMP_IF_TRUE_OR_POP: [0x45, 'forward'],
  JUMP_IF_FALSE_OR_POP: [0x46, 'forward'],
  SETUP_WITH: [0x47, 'forward'],
  SETUP_EXCEPT: [0x48, 'forward'],
  SETUP_FINALLY: [0x49, 'forward'],
  POP_EXCEPT_JUMP: [0x4a, 'forward'],
  FOR_ITER: [0x4b, 'forward'],
  LOAD_CONST_FALSE: [0x50, 'none'],
  LOAD_CONST_NONE: [0x51, 'none'],
  LOAD_CONST_TRUE: [0x52, 'none'],
  LOAD_NULL: [0x53, 'none'],
  LOAD_BUILD_CLASS: [0x54, 'none'],
  LOAD_SUBSCR: [0x55, 'none'],
  STORE_SUBSCR: [0x56, 'none'],
  DUP_TOP: [0x57, 'none'],
  DUP_TOP_TWO: [0x58, 'none'],
  POP_TOP: [0x59, 'none'],
  ROT_TWO: [0x5a, 'none'],
  ROT_THREE: [0x5b, 'none'],
  WITH_CLEANUP: [0x5c, 'none'],
  END_FINALLY: [0x5d, 'none'],
  GET_ITER: [0x5e, 'none'],
  GET_ITER_STACK: [0x5f, 'none'],
  STORE_MAP: [0x62, 'none'],
  RETURN_VALUE: [0x63, 'none'],
  RAISE_LAST: [0x64, 'none'],
  RAISE_OBJ: [0x65, 'none'],
  RAISE_FROM: [0x66, 'none'],
  YIELD_VALUE: [0x67, 'none'],
  YIELD_FROM: [0x68, 'none'],
  IMPORT_STAR: [0x69, 'none'],
} as const satisfies Readonly<Record<string, readonly [code: number, operand: Operand]>>;

export type OpcodeName = keyof typeof table;

/** The codes by name. */
export const Op = Object.fromEntries(Object.entries(table).map(([name, [code]]) => [name, code])) as Readonly<
  Record<OpcodeName, number>
>;

/** What a code is. */
export const opcodes: ReadonlyMap<number, { name: string; operand: Operand }> = new Map(
  Object.entries(table).map(([name, [code, operand]]) => [code, { name, operand }]),
);

/** Opcodes that hold a small operand themselves: the first code, how many there are, and the operand of the first. */
export const multiple = {
  smallInt: { first: 0x70, count: 64, from: -16 },
  loadFast: { first: 0xb0, count: 16, from: 0 },
  storeFast: { first: 0xc0, count: 16, from: 0 },
  unary: { first: 0xd0, count: 4, from: 0 },
  binary: { first: 0xd7, count: 35, from: 0 },
} as const;

/** The unary operators in the order of their numbers, with the method that a listing shows. */
export const unaryOperators = [
  ['+', '__pos__'],
  ['-', '__neg__'],
  ['~', '__invert__'],
  ['not', ''],
] as const;

/** The arithmetic operators in the order of their numbers: in place from 9 on, otherwise from 22 on. */
const arithmetic = [
  ['|', '__or__'],
  ['^', '__xor__'],
  ['&', '__and__'],
  ['<<', '__lshift__'],
  ['>>', '__rshift__'],
  ['+', '__add__'],
  ['-', '__sub__'],
  ['*', '__mul__'],
  ['@', '__matmul__'],
  ['//', '__floordiv__'],
  ['/', '__truediv__'],
  ['%', '__mod__'],
  ['**', '__pow__'],
] as const;

/** In-place operators whose method MicroPython looks for. */
const inPlaceMethods: Readonly<Record<string, string>> = { '+': '__iadd__', '-': '__isub__' };

/** The binary operators in the order of their numbers; `match` is that of `except`. */
export const binaryOperators: readonly (readonly [symbol: string, method: string])[] = [
  ['<', '__lt__'],
  ['>', '__gt__'],
  ['==', '__eq__'],
  ['<=', '__le__'],
  ['>=', '__ge__'],
  ['!=', '__ne__'],
  ['in', ''],
  ['is', ''],
  ['match', ''],
  ...arithmetic.map(([symbol]) => [`${symbol}=`, inPlaceMethods[symbol] ?? ''] as const),
  ...arithmetic,
];
