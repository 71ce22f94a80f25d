/** Exceptions: plain thrown objects that are instances of MicroPython's tree of types. */
import { define, None, type PyFunction, type PyObject } from './object';
import { PyInstance } from './instance';
import { fillTable, finishType, objectType, type MethodRow, type PyType, type Writable } from './type';
import { exceptionTypes, raise, typeError, type ExceptionName } from './raise';
import { checked } from '../interpreter/signature';
import { PyTuple, tupleRepr } from './tuple';
import { heap, withoutLock } from './heap';
import { lookAtHeap } from './running';
import { offeredErrorName } from '../../vfs/errno';

/** One frame an exception has passed through. */
export interface TracebackEntry {
  file: string;
  line: number;
  name: string;
}

/** An instance of BaseException or of anything derived from it. */
export class PyException extends PyInstance {
  /** The arguments it was made with. */
  declare eargs: readonly PyObject[];
  /** The frames it passed through, innermost first. */
  declare traceback?: TracebackEntry[] | undefined;
  /** Set while the `__init__` of its class runs and has not yet called that of the builtin type. */
  declare incomplete?: boolean | undefined;
  /** Set while it is thrown again by the frame that noted it last. */
  declare noted?: boolean | undefined;

  /** The exceptions in it, of a group only: interpreter/exception-group.ts. */
  subExceptions?(): readonly PyException[];

  override py_repr(): string {
    return `${this.cls.typeName}${tupleRepr(this.eargs)}`;
  }

  /** Only an instance of a program's own class takes attributes; any can be told to forget where it came from. */
  override py_setattr(name: string, value: PyObject): void {
    if (this.cls.user === true) super.py_setattr(name, value);
    else if (name === '__traceback__' && value === None) this.traceback = undefined;
    else raise('AttributeError', `'${this.cls.typeName}' object has no attribute '${name}'`);
  }

  override py_str(): string {
    const args = this.eargs;
    if (args.length === 0) return '';
    const [first, second] = args as [PyObject, PyObject | undefined];
    if (this.cls.ancestors.has(exceptionTypes.OSError) && typeof first === 'number' && args.length <= 2) {
      const name = offeredErrorName(first);
      if (name !== undefined) {
        return `[Errno ${String(first)}] ${name}${second === undefined ? '' : `: ${second.py_str()}`}`;
      }
    }
    return args.length === 1 ? first.py_str() : tupleRepr(args);
  }
}

/** An instance's own `__repr__` and `__str__` come first. */
for (const slot of ['py_repr', 'py_str'] as const) {
  const builtin = PyException.prototype[slot];
  const python = PyInstance.prototype[slot];
  const names = slot === 'py_repr' ? ['__repr__$'] : ['__str__$'];
  define(PyException.prototype, slot, function (this: PyException): string {
    const own = names.some((n) => (this as unknown as Record<string, unknown>)[n] !== undefined);
    return own ? python.call(this) : builtin.call(this);
  });
}

define(PyException.prototype, 'nostore', true);

function argumentsOf(self: PyException): readonly PyObject[] {
  if (self.incomplete !== true) return self.eargs;
  throw exceptionTypes.AttributeError(`'${self.cls.typeName}' object has no attribute 'args'`) as PyException;
}

/** The tuple was there all along, so nothing is allocated for it. */
function exception_args(self: PyException): PyObject {
  const items = argumentsOf(self);
  return withoutLock(() => new PyTuple([...items]));
}

const methods: readonly MethodRow[] = [
  ['args', exception_args, 'property'],
  ['value', (self: PyException) => self.eargs[0] ?? None, 'property'],
  ['errno', (self: PyException) => self.eargs[0] ?? None, 'property'],
];

/** How many arguments MicroPython's buffer of 256 bytes has room for. */
const EMERGENCY_ARGUMENTS = 24;

function defineException(name: ExceptionName, base: PyType): PyType {
  const Instance = function (): void {} as unknown as new () => PyException;
  const proto = base === objectType ? PyException.prototype : (Object.create(base.instance) as object);
  Instance.prototype = proto as PyException;
  const make = (...args: PyObject[]): PyObject => {
    if (--heap.left < 0 && heap.locked === 0) lookAtHeap();
    const e = new Instance();
    // With the heap locked the arguments have to find room in the buffer for emergencies.
    e.eargs = heap.locked !== 0 && args.length > EMERGENCY_ARGUMENTS ? [] : args;
    return e;
  };
  const constructor: PyFunction & Partial<Writable<PyType>> = checked(`${name}(*args)`, make, true);
  constructor.Instance = Instance;
  const type = finishType(constructor as PyType, name, [base], proto, base === objectType ? methods : []);
  exceptionTypes[name] = type;
  return type;
}

/** Each type and its base; MicroPython's tree. */
const tree: readonly (readonly [ExceptionName, ExceptionName | null])[] = [
  ['BaseException', null],
  ['SystemExit', 'BaseException'],
  ['KeyboardInterrupt', 'BaseException'],
  ['GeneratorExit', 'BaseException'],
  ['Exception', 'BaseException'],
  ['StopIteration', 'Exception'],
  ['StopAsyncIteration', 'Exception'],
  ['ArithmeticError', 'Exception'],
  ['OverflowError', 'ArithmeticError'],
  ['ZeroDivisionError', 'ArithmeticError'],
  ['AssertionError', 'Exception'],
  ['AttributeError', 'Exception'],
  ['EOFError', 'Exception'],
  ['ImportError', 'Exception'],
  ['LookupError', 'Exception'],
  ['IndexError', 'LookupError'],
  ['KeyError', 'LookupError'],
  ['MemoryError', 'Exception'],
  ['NameError', 'Exception'],
  ['OSError', 'Exception'],
  ['RuntimeError', 'Exception'],
  ['NotImplementedError', 'RuntimeError'],
  ['SyntaxError', 'Exception'],
  ['IndentationError', 'SyntaxError'],
  ['TypeError', 'Exception'],
  ['ViperTypeError', 'TypeError'],
  ['ValueError', 'Exception'],
  ['UnicodeError', 'ValueError'],
];
for (const [name, base] of tree) {
  defineException(name, base === null ? objectType : exceptionTypes[base]);
}
// Being a prototype makes its properties quick to find.
Object.create(exceptionTypes);
define(exceptionTypes.BaseException, 'isException', true);
fillTable(exceptionTypes.BaseException);

/** Whether a thrown thing is an exception of the type (or one of the types in a tuple) that `except` names. */
export function matches(e: PyObject, type: PyObject): boolean {
  if (e.cls === type) return true;
  if (type.la !== undefined) return type.la.some((t) => matches(e, t));
  if ((type as Partial<PyType>).isException === true) return e.cls.ancestors.has(type as PyType);
  throw typeError(`unsupported types for : '${e.cls.typeName}', '${type.cls.typeName}'`);
}
