/** The builtin functions that compile, run or look at code: exec, eval, compile, globals, locals, dir, __import__. */
import { None, ObjectBase, type PyFunction, type PyObject } from '../objects/object';
import { heap, refuse } from '../objects/heap';
import { defineType } from '../objects/type';
import { exception, typeError, valueError } from '../objects/raise';
import { PyList } from '../objects/list';
import { type PyDict, dictType } from '../objects/dict';
import { becomeNamespace, namespaceDict } from '../objects/namespace-dict';
import { machineInt } from '../objects/slice';
import { textOf } from '../objects/str';
import type { Builtin } from '../interpreter/signature';
import type { CompileMode, PyCode } from '../interpreter/interpreter';
import { decodeUtf8 } from '../../bytes/utf8';
import { nameArgument, textArgument } from './arguments';
import { attributeNames } from './names';
import type { BuiltinsHost } from './host';

/** What `compile()` gives. The source is kept: code with locals of its own is compiled another way. */
class CodeObject extends ObjectBase {
  private readonly compiled: (PyCode | undefined)[] = [];

  constructor(
    readonly source: string,
    readonly file: string,
    readonly mode: CompileMode,
  ) {
    super();
  }

  code(host: BuiltinsHost, separateLocals: boolean): PyCode {
    const { source, file, mode } = this;
    return (this.compiled[separateLocals ? 1 : 0] ??= host.compile(source, file, mode, separateLocals));
  }
}
defineType({ name: 'code', proto: CodeObject.prototype });

const isMode = (text: string): text is CompileMode => text === 'exec' || text === 'eval' || text === 'single';

/** Source text, of a str or of anything with bytes. */
function sourceText(x: PyObject): string {
  const text = textOf(x);
  if (text !== undefined) return text;
  const buffer = x.py_buffer();
  if (buffer === undefined) throw typeError('object with buffer protocol required');
  return decodeUtf8(buffer.bytes);
}

/** A namespace argument of exec and eval: a dict, or None for what the caller has. */
function namespaceArgument(x: PyObject | undefined): PyDict | undefined {
  if (x === undefined || x === None) return undefined;
  if (x.cls !== dictType) throw exception('TypeError');
  return x as PyDict;
}

/** The rows of one interpreter. */
export function frameRows(host: BuiltinsHost): readonly (readonly [signature: string, fn: Builtin])[] {
  function run(code: CodeObject, globalsDict: PyObject | undefined, localsDict: PyObject | undefined): PyObject {
    const g = namespaceArgument(globalsDict);
    const l = namespaceArgument(localsDict);
    const globals = g === undefined ? host.frameGlobals : becomeNamespace(g);
    const own = l === undefined ? (g === undefined ? host.frameLocals : undefined) : becomeNamespace(l);
    const locals = own === globals ? undefined : own;
    return host.execute(code.code(host, locals !== undefined), globals, locals);
  }

  const codeOf = (source: PyObject, mode: CompileMode): CodeObject =>
    source instanceof CodeObject ? source : new CodeObject(sourceText(source), '<string>', mode);

  function builtin_eval(source: PyObject, globals?: PyObject, locals?: PyObject): PyObject {
    if (heap.locked !== 0) refuse();
    return run(codeOf(source, 'eval'), globals, locals);
  }

  function builtin_exec(source: PyObject, globals?: PyObject, locals?: PyObject): PyObject {
    if (heap.locked !== 0) refuse();
    const code = codeOf(source, 'exec');
    const value = run(code, globals, locals);
    return code.mode === 'eval' ? value : None;
  }

  function builtin_execfile(path: PyObject, globals?: PyObject, locals?: PyObject): PyObject {
    const name = textArgument(path);
    run(new CodeObject(host.readSource(name), name, 'exec'), globals, locals);
    return None;
  }

  function builtin_compile(source: PyObject, file: PyObject, mode: PyObject): PyObject {
    const text = textOf(source) ?? (source.py_buffer() === undefined ? nameArgument(source) : sourceText(source));
    const kind = nameArgument(mode);
    if (!isMode(kind)) throw valueError('bad compile mode');
    const code = new CodeObject(text, nameArgument(file), kind);
    code.code(host, false);
    return code;
  }

  const builtin_globals = (): PyObject => namespaceDict(host.frameGlobals);
  const builtin_locals = (): PyObject => namespaceDict(host.frameLocals ?? host.frameGlobals);

  function builtin_dir(x?: PyObject): PyObject {
    if (x === undefined) return new PyList(namespaceDict(host.frameLocals ?? host.frameGlobals).keys());
    const special = (x as { __dir__$?: PyFunction }).__dir__$;
    return special === undefined ? new PyList(attributeNames(x)) : special(x);
  }

  function builtin_import(
    name: PyObject,
    globals: PyObject = None,
    _locals?: PyObject,
    fromList: PyObject = None,
    level: PyObject = 0,
  ): PyObject {
    const from = globals === None ? namespaceDict(host.frameGlobals) : globals;
    return host.importer.importDynamic(from, nameArgument(name), fromList, machineInt(level));
  }

  return [
    ['__import__(name, globals=None, locals=None, fromlist=None, level=0, /)', builtin_import],
    ['compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, /)', builtin_compile],
    ['dir(object=None, /)', builtin_dir],
    ['eval(source, globals=None, locals=None, /)', builtin_eval],
    ['exec(source, globals=None, locals=None, /)', builtin_exec],
    ['execfile(filename, globals=None, locals=None, /)', builtin_execfile],
    ['globals()', builtin_globals],
    ['locals()', builtin_locals],
  ];
}
