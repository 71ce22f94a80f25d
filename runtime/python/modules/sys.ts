/** The sys module. */
import type { Interpreter, SystemFacts } from '../interpreter/interpreter';
import { PyList } from '../objects/list';
import { BuiltinModule, defineModule, type ModuleRow, type PyModule } from '../objects/module';
import { None, type Attributes, type PyObject } from '../objects/object';
import { exception } from '../objects/raise';
import { PyTuple } from '../objects/tuple';
import { implementationTuple } from './implementation';
import { standardStream } from './streams';
import { encodeUtf8 } from '../../bytes/utf8';
import { writeExactly } from './stream';
import { streamOf } from './user-stream';

export const MICROPYTHON_VERSION = { major: 1, minor: 29, micro: 0, suffix: 'preview' } as const;

export const hostFacts: SystemFacts = {
  platform: 'linux',
  machine: 'tether',
  build: 'standard',
  mpy: 2822,
  maxsize: 9223372036854775807n,
  version: 'MicroPython v1.29.0-preview by Tether',
};

function sys_exit(status?: PyObject): PyObject {
  throw status === undefined ? exception('SystemExit') : exception('SystemExit', status);
}

/** What a program may change. */
const WRITABLE = new Set(['path', 'ps1', 'ps2']);

class SysModule extends BuiltinModule {
  constructor(private readonly interpreter: Interpreter) {
    super('sys');
  }

  override py_setattr(name: string, value?: PyObject): void {
    if (!WRITABLE.has(name) || value === undefined) super.py_setattr(name);
    else {
      (this as unknown as Attributes)[`$${name}`] = value;
      if (name === 'path') this.interpreter.importer.path = value;
    }
  }
}

/** What only a computer's build has. */
function hostRows(interpreter: Interpreter): readonly ModuleRow[] {
  function sys_atexit(fn: PyObject = None): PyObject {
    const before = interpreter.exitHandler;
    interpreter.exitHandler = fn;
    return before;
  }
  function sys_exc_info(): PyObject {
    const e = interpreter.handled;
    return new PyTuple(e === null ? [None, None, None] : [e.cls, e, None]);
  }

  return [
    ['atexit(function=None, /)', sys_atexit],
    ['exc_info()', sys_exc_info],
    ['executable', '', 'value'],
  ];
}

/** Makes the sys module with the facts of the interpreter's system. */
export function createSys(interpreter: Interpreter): PyModule {
  const facts = interpreter.options.facts ?? hostFacts;

  function sys_print_exception(e: PyObject, file: PyObject = None): PyObject {
    const text = interpreter.formatException(e);
    if (file === None) interpreter.write(text);
    else writeExactly(streamOf(file), encodeUtf8(text));
    return None;
  }

  const rows: readonly ModuleRow[] = [
    ['exit(status=None, /)', sys_exit],
    ['print_exception(exc, file=None, /)', sys_print_exception],
    ['argv', new PyList([...interpreter.argv]), 'value'],
    ['byteorder', 'little', 'value'],
    ['implementation', implementationTuple(facts), 'value'],
    ['maxsize', facts.maxsize, 'value'],
    ['modules', interpreter.importer.modules, 'value'],
    ['path', interpreter.importer.path, 'value'],
    ['platform', facts.platform, 'value'],
    ['ps1', '>>> ', 'value'],
    ['ps2', '... ', 'value'],
    ['version', `3.4.0; ${facts.version}`, 'value'],
    ['version_info', new PyTuple([3, 4, 0]), 'value'],
    ['stdin', standardStream(interpreter, 0), 'value'],
    ['stdout', standardStream(interpreter, 1), 'value'],
    ['stderr', standardStream(interpreter, 2), 'value'],
    ...(interpreter.profile === 'host' ? hostRows(interpreter) : []),
  ];
  return Object.assign(new SysModule(interpreter), defineModule('sys', rows));
}
