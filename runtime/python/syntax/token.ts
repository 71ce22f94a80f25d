/** The kinds of token, and all that is true of each of them. */
import type { BinaryOperator, CompareOperator } from './ast';

/**
 * How tightly the operators bind, loosest first. An operator's operands are read with its own precedence plus one,
 * so that chains lean to the left.
 */
export const Precedence = {
  or: 1,
  and: 2,
  not: 3,
  compare: 4,
  bitOr: 5,
  bitXor: 6,
  bitAnd: 7,
  shift: 8,
  sum: 9,
  product: 10,
} as const;

interface TokenTraits {
  precedence?: number;
  binary?: BinaryOperator;
  compare?: CompareOperator;
  augments?: BinaryOperator;
  startsExpression?: boolean;
}

/** A kind of token. There is one object per kind, so kinds are compared by identity. */
export class TokenType {
  /** Precedence in operator position; 0 for what is no operator. */
  readonly precedence: number;
  /** The arithmetic or bitwise operator this is in operator position. */
  readonly binary: BinaryOperator | null;
  /** The comparison this begins; `is not` and `not in` are completed by the parser. */
  readonly compare: CompareOperator | null;
  /** The operator of an augmented assignment: `+` for `+=`. */
  readonly augments: BinaryOperator | null;
  /** Whether an expression can begin with it (a star is not counted). */
  readonly startsExpression: boolean;

  constructor(
    /** The text of a fixed token, a description of a variable one. */
    readonly label: string,
    traits: TokenTraits = {},
  ) {
    this.precedence = traits.precedence ?? 0;
    this.binary = traits.binary ?? null;
    this.compare = traits.compare ?? null;
    this.augments = traits.augments ?? null;
    this.startsExpression = traits.startsExpression ?? false;
  }
}

const starts = { startsExpression: true };

const words = new Map<string, TokenType>();

function word(label: string, traits?: TokenTraits): TokenType {
  const type = new TokenType(label, traits);
  words.set(label, type);
  return type;
}

function binary(operator: BinaryOperator, precedence: number, startsExpression = false): TokenType {
  return new TokenType(operator, { binary: operator, precedence, startsExpression });
}

function compare(operator: CompareOperator): TokenType {
  return new TokenType(operator, { compare: operator, precedence: Precedence.compare });
}

function augments(operator: BinaryOperator): TokenType {
  return new TokenType(`${operator}=`, { augments: operator });
}

/** Every kind of token. */
export const tt = {
  // V8 makes a large literal without a prototype at once, any other property by property.
  __proto__: null as never,

  // Layout.
  end: new TokenType('end of text'),
  newline: new TokenType('newline'),
  indent: new TokenType('indent'),
  dedent: new TokenType('dedent'),
  /** A newline after which the indentation matches no open block. */
  dedentMismatch: new TokenType('inconsistent dedent'),
  /** A character no token begins with, or an unusable literal. */
  invalid: new TokenType('invalid'),

  // Literals and names.
  name: new TokenType('name', starts),
  int: new TokenType('int', starts),
  float: new TokenType('float', starts),
  imaginary: new TokenType('imaginary', starts),
  string: new TokenType('string', starts),
  /** The opening quote of an f-string or t-string; the parser reads on from there. */
  formatString: new TokenType('f-string', starts),
  ellipsis: new TokenType('...', starts),

  // Brackets and separators.
  parenOpen: new TokenType('(', starts),
  parenClose: new TokenType(')'),
  bracketOpen: new TokenType('[', starts),
  bracketClose: new TokenType(']'),
  braceOpen: new TokenType('{', starts),
  braceClose: new TokenType('}'),
  comma: new TokenType(','),
  semicolon: new TokenType(';'),
  colon: new TokenType(':'),
  period: new TokenType('.'),
  arrow: new TokenType('->'),
  /** `!`, which only a format string's field has. */
  bang: new TokenType('!'),

  // Assignment.
  assign: new TokenType('='),
  walrus: new TokenType(':='),
  plusAssign: augments('+'),
  minusAssign: augments('-'),
  starAssign: augments('*'),
  slashAssign: augments('/'),
  doubleSlashAssign: augments('//'),
  percentAssign: augments('%'),
  powerAssign: augments('**'),
  atAssign: augments('@'),
  leftShiftAssign: augments('<<'),
  rightShiftAssign: augments('>>'),
  ampersandAssign: augments('&'),
  pipeAssign: augments('|'),
  caretAssign: augments('^'),

  // Operators.
  plus: binary('+', Precedence.sum, true),
  minus: binary('-', Precedence.sum, true),
  star: binary('*', Precedence.product),
  slash: binary('/', Precedence.product),
  doubleSlash: binary('//', Precedence.product),
  percent: binary('%', Precedence.product),
  at: binary('@', Precedence.product),
  leftShift: binary('<<', Precedence.shift),
  rightShift: binary('>>', Precedence.shift),
  ampersand: binary('&', Precedence.bitAnd),
  caret: binary('^', Precedence.bitXor),
  pipe: binary('|', Precedence.bitOr),
  tilde: new TokenType('~', starts),
  /** Binds to the right and tighter than a sign before it, so the parser treats it apart. */
  power: new TokenType('**'),
  less: compare('<'),
  lessEqual: compare('<='),
  greater: compare('>'),
  greaterEqual: compare('>='),
  equal: compare('=='),
  notEqual: compare('!='),

  // Reserved words.
  _False: word('False', starts),
  _None: word('None', starts),
  _True: word('True', starts),
  _and: word('and', { precedence: Precedence.and }),
  _as: word('as'),
  _assert: word('assert'),
  _async: word('async'),
  _await: word('await', starts),
  _break: word('break'),
  _class: word('class'),
  _continue: word('continue'),
  _def: word('def'),
  _del: word('del'),
  _elif: word('elif'),
  _else: word('else'),
  _except: word('except'),
  _finally: word('finally'),
  _for: word('for'),
  _from: word('from'),
  _global: word('global'),
  _if: word('if'),
  _import: word('import'),
  _in: word('in', { compare: 'in', precedence: Precedence.compare }),
  _is: word('is', { compare: 'is', precedence: Precedence.compare }),
  _lambda: word('lambda', starts),
  _nonlocal: word('nonlocal'),
  _not: word('not', { compare: 'not in', precedence: Precedence.compare, startsExpression: true }),
  _or: word('or', { precedence: Precedence.or }),
  _pass: word('pass'),
  _raise: word('raise'),
  _return: word('return'),
  _try: word('try'),
  _while: word('while'),
  _with: word('with'),
  _yield: word('yield'),
} as const;

/** Reserved words by their text. `__debug__` is `True`, as MicroPython's tokenizer has it. */
export const keywords: ReadonlyMap<string, TokenType> = words.set('__debug__', tt._True);
// Being a prototype makes its properties quick to find.
Object.create(tt);
