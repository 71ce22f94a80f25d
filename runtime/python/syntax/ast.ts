/**
 * The syntax tree: one interface per kind of node, told apart by `type`.
 *
 * Names and fields follow Python's own `ast` module where one exists. Every node carries the line and
 * column (both from 1) where it begins. Later stages only read it; the resolver keeps its scopes in a map
 * from the nodes that open one.
 */

export interface NodeBase {
  /** Line of the first character, from 1. */
  line: number;
  /** Column of the first character, from 1, in UTF-16 units. */
  column: number;
}

// ---- expressions

export interface Name extends NodeBase {
  type: 'Name';
  id: string;
}

/** An int literal: a JS number while a safe integer, BigInt beyond. */
export interface IntLiteral extends NodeBase {
  type: 'Int';
  value: number | bigint;
}

export interface FloatLiteral extends NodeBase {
  type: 'Float';
  value: number;
}

/** `2.5j`: the imaginary part. */
export interface ImaginaryLiteral extends NodeBase {
  type: 'Imaginary';
  value: number;
}

/** A str literal; adjacent literals are joined. Lone surrogates stand as themselves, astral characters as pairs. */
export interface StrLiteral extends NodeBase {
  type: 'Str';
  value: string;
}

export interface BytesLiteral extends NodeBase {
  type: 'Bytes';
  value: Uint8Array;
}

/** `None`, `True`, `False`, `...` (null, true, false, 'Ellipsis'). */
export interface Singleton extends NodeBase {
  type: 'Singleton';
  value: null | true | false | 'Ellipsis';
}

/** An f-string: `values` are the literal pieces and the fields in order; `template` marks a t-string. */
export interface JoinedStr extends NodeBase {
  type: 'JoinedStr';
  template: boolean;
  values: (StrLiteral | FormattedValue)[];
}

/** `{value!conversion:formatSpec}`. `source` is the text of the expression as written (for `=` and for t-strings). */
export interface FormattedValue extends NodeBase {
  type: 'FormattedValue';
  value: Expr;
  conversion: '' | 'r' | 's' | 'a';
  formatSpec: JoinedStr | null;
  source: string;
}

export interface TupleExpr extends NodeBase {
  type: 'Tuple';
  elts: Expr[];
  /** Whether it stood in parentheses of its own. */
  parenthesised: boolean;
}

export interface ListExpr extends NodeBase {
  type: 'List';
  elts: Expr[];
}

export interface SetExpr extends NodeBase {
  type: 'Set';
  elts: Expr[];
}

/** A null key is `**mapping`. */
export interface DictExpr extends NodeBase {
  type: 'Dict';
  keys: (Expr | null)[];
  values: Expr[];
}

export type UnaryOperator = '-' | '+' | '~' | 'not';
export interface UnaryOp extends NodeBase {
  type: 'UnaryOp';
  op: UnaryOperator;
  operand: Expr;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '&' | '|' | '^';
export interface BinOp extends NodeBase {
  type: 'BinOp';
  op: BinaryOperator;
  left: Expr;
  right: Expr;
}

/** `a and b and c` is one node with three values. */
export interface BoolOp extends NodeBase {
  type: 'BoolOp';
  op: 'and' | 'or';
  values: Expr[];
}

export type CompareOperator = '<' | '<=' | '>' | '>=' | '==' | '!=' | 'is' | 'is not' | 'in' | 'not in';
export interface Compare extends NodeBase {
  type: 'Compare';
  left: Expr;
  ops: CompareOperator[];
  comparators: Expr[];
}

export interface IfExp extends NodeBase {
  type: 'IfExp';
  test: Expr;
  body: Expr;
  orelse: Expr;
}

export interface NamedExpr extends NodeBase {
  type: 'NamedExpr';
  target: Name;
  value: Expr;
}

export interface Attribute extends NodeBase {
  type: 'Attribute';
  value: Expr;
  attr: string;
}

export interface Subscript extends NodeBase {
  type: 'Subscript';
  value: Expr;
  /** A `Slice`, or a `Tuple` that may hold slices, or any expression. */
  slice: Expr;
}

/** Only inside a subscript. */
export interface Slice extends NodeBase {
  type: 'Slice';
  lower: Expr | null;
  upper: Expr | null;
  step: Expr | null;
}

/** `*value` in a call, a display or a target. */
export interface Starred extends NodeBase {
  type: 'Starred';
  value: Expr;
}

/** A null `arg` is `**value`. */
export interface Keyword extends NodeBase {
  type: 'Keyword';
  arg: string | null;
  value: Expr;
}

export interface Call extends NodeBase {
  type: 'Call';
  func: Expr;
  /** Positional arguments; `*x` is a `Starred`. */
  args: Expr[];
  keywords: Keyword[];
}

export interface Lambda extends NodeBase {
  type: 'Lambda';
  args: Arguments;
  body: Expr;
}

export interface Comprehension {
  target: Expr;
  iter: Expr;
  ifs: Expr[];
  isAsync: boolean;
}

export interface ListComp extends NodeBase {
  type: 'ListComp';
  elt: Expr;
  generators: Comprehension[];
}

export interface SetComp extends NodeBase {
  type: 'SetComp';
  elt: Expr;
  generators: Comprehension[];
}

export interface DictComp extends NodeBase {
  type: 'DictComp';
  key: Expr;
  value: Expr;
  generators: Comprehension[];
}

export interface GeneratorExp extends NodeBase {
  type: 'GeneratorExp';
  elt: Expr;
  generators: Comprehension[];
}

export interface Yield extends NodeBase {
  type: 'Yield';
  value: Expr | null;
}

export interface YieldFrom extends NodeBase {
  type: 'YieldFrom';
  value: Expr;
}

export interface Await extends NodeBase {
  type: 'Await';
  value: Expr;
}

export type Expr =
  | Name
  | IntLiteral
  | FloatLiteral
  | ImaginaryLiteral
  | StrLiteral
  | BytesLiteral
  | Singleton
  | JoinedStr
  | FormattedValue
  | TupleExpr
  | ListExpr
  | SetExpr
  | DictExpr
  | UnaryOp
  | BinOp
  | BoolOp
  | Compare
  | IfExp
  | NamedExpr
  | Attribute
  | Subscript
  | Slice
  | Starred
  | Call
  | Lambda
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Yield
  | YieldFrom
  | Await;

// ---- parameters

export interface Parameter extends NodeBase {
  name: string;
  annotation: Expr | null;
  /** The default's expression, or null when the parameter is required. */
  default: Expr | null;
}

export interface Arguments {
  /** Before `/`. */
  posonly: Parameter[];
  /** Ordinary ones. */
  args: Parameter[];
  /** `*args`, or null. */
  vararg: Parameter | null;
  /** After `*` or `*args`. */
  kwonly: Parameter[];
  /** `**kwargs`, or null. */
  kwarg: Parameter | null;
}

// ---- statements

export interface ExprStmt extends NodeBase {
  type: 'Expr';
  value: Expr;
}

/** `a = b = value` has two targets. */
export interface Assign extends NodeBase {
  type: 'Assign';
  targets: Expr[];
  value: Expr;
}

export interface AugAssign extends NodeBase {
  type: 'AugAssign';
  target: Name | Attribute | Subscript;
  op: BinaryOperator;
  value: Expr;
}

export interface AnnAssign extends NodeBase {
  type: 'AnnAssign';
  target: Expr;
  annotation: Expr;
  value: Expr | null;
}

export interface Return extends NodeBase {
  type: 'Return';
  value: Expr | null;
}

export interface Delete extends NodeBase {
  type: 'Delete';
  targets: Expr[];
}

export interface Pass extends NodeBase {
  type: 'Pass';
}
export interface Break extends NodeBase {
  type: 'Break';
}
export interface Continue extends NodeBase {
  type: 'Continue';
}

export interface Raise extends NodeBase {
  type: 'Raise';
  exc: Expr | null;
  cause: Expr | null;
}

export interface Global extends NodeBase {
  type: 'Global';
  names: string[];
}

export interface Nonlocal extends NodeBase {
  type: 'Nonlocal';
  names: string[];
}

export interface Assert extends NodeBase {
  type: 'Assert';
  test: Expr;
  msg: Expr | null;
}

export interface Alias extends NodeBase {
  /** Dotted name, or `*`. */
  name: string;
  asname: string | null;
}

export interface Import extends NodeBase {
  type: 'Import';
  names: Alias[];
}

export interface ImportFrom extends NodeBase {
  type: 'ImportFrom';
  /** Dotted name without its leading dots; may be empty when `level` > 0. */
  module: string;
  names: Alias[];
  /** Number of leading dots. */
  level: number;
}

export interface If extends NodeBase {
  type: 'If';
  test: Expr;
  body: Stmt[];
  orelse: Stmt[];
}

export interface While extends NodeBase {
  type: 'While';
  test: Expr;
  body: Stmt[];
  orelse: Stmt[];
}

export interface For extends NodeBase {
  type: 'For';
  target: Expr;
  iter: Expr;
  body: Stmt[];
  orelse: Stmt[];
  isAsync: boolean;
}

export interface ExceptHandler extends NodeBase {
  /** Null for a bare `except:`. */
  excType: Expr | null;
  name: string | null;
  body: Stmt[];
}

export interface Try extends NodeBase {
  type: 'Try';
  body: Stmt[];
  handlers: ExceptHandler[];
  orelse: Stmt[];
  finalbody: Stmt[];
  /** `except*`, which only the host grammar has. */
  isStar: boolean;
}

export interface WithItem {
  context: Expr;
  target: Expr | null;
}

export interface With extends NodeBase {
  type: 'With';
  items: WithItem[];
  body: Stmt[];
  isAsync: boolean;
}

export interface FunctionDef extends NodeBase {
  type: 'FunctionDef';
  name: string;
  args: Arguments;
  returns: Expr | null;
  body: Stmt[];
  decorators: Expr[];
  isAsync: boolean;
  /** `async def` with `yield`, in the host's grammar. */
  isAsyncGenerator: boolean;
}

export interface ClassDef extends NodeBase {
  type: 'ClassDef';
  name: string;
  bases: Expr[];
  keywords: Keyword[];
  body: Stmt[];
  decorators: Expr[];
}

/** Only the host grammar has it. */
export interface Match extends NodeBase {
  type: 'Match';
  subject: Expr;
  cases: MatchCase[];
}

export interface MatchCase {
  pattern: Pattern;
  guard: Expr | null;
  body: Stmt[];
}

export interface MatchValue extends NodeBase {
  type: 'MatchValue';
  value: Expr;
}
export interface MatchSingleton extends NodeBase {
  type: 'MatchSingleton';
  value: null | true | false;
}
export interface MatchSequence extends NodeBase {
  type: 'MatchSequence';
  patterns: Pattern[];
}
/** `**rest` is `rest`. */
export interface MatchMapping extends NodeBase {
  type: 'MatchMapping';
  keys: Expr[];
  patterns: Pattern[];
  rest: string | null;
}
export interface MatchClass extends NodeBase {
  type: 'MatchClass';
  cls: Expr;
  patterns: Pattern[];
  kwdAttrs: string[];
  kwdPatterns: Pattern[];
}
/** `*name` in a sequence; a null name is `*_`. */
export interface MatchStar extends NodeBase {
  type: 'MatchStar';
  name: string | null;
}
/** `pattern as name`; both null is the wildcard `_`, a null pattern a plain capture. */
export interface MatchAs extends NodeBase {
  type: 'MatchAs';
  pattern: Pattern | null;
  name: string | null;
}
export interface MatchOr extends NodeBase {
  type: 'MatchOr';
  patterns: Pattern[];
}
export type Pattern =
  MatchValue | MatchSingleton | MatchSequence | MatchMapping | MatchClass | MatchStar | MatchAs | MatchOr;

export type Stmt =
  | ExprStmt
  | Assign
  | AugAssign
  | AnnAssign
  | Return
  | Delete
  | Pass
  | Break
  | Continue
  | Raise
  | Global
  | Nonlocal
  | Assert
  | Import
  | ImportFrom
  | If
  | While
  | For
  | Try
  | With
  | FunctionDef
  | ClassDef
  | Match;

/** A whole source text. In `eval` mode the body is one `Expr` statement. */
export interface Module {
  type: 'Module';
  body: Stmt[];
}
