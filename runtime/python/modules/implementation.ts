/** `sys.implementation`: a tuple with named fields. */
import type { PyObject } from '../objects/object';
import { PyTuple } from '../objects/tuple';
import type { SystemFacts } from '../interpreter/interpreter';
import { MICROPYTHON_VERSION } from './sys';

/** A tuple whose items also have names, as `sys.implementation` and `os.uname()` give. */
export class AttributeTuple extends PyTuple {
  constructor(private readonly fields: readonly (readonly [name: string, value: PyObject])[]) {
    super(fields.map(([, value]) => value));
  }

  override py_getattr(name: string): PyObject | undefined {
    return this.fields.find(([n]) => n === name)?.[1] ?? super.py_getattr(name);
  }

  override py_repr(): string {
    return `(${this.fields.map(([n, v]) => `${n}=${v.py_repr()}`).join(', ')})`;
  }
}

export function implementationTuple(facts: SystemFacts): AttributeTuple {
  const { major, minor, micro, suffix } = MICROPYTHON_VERSION;
  return new AttributeTuple([
    ['name', 'micropython'],
    ['version', new PyTuple([major, minor, micro, suffix])],
    ['_machine', facts.machine],
    ['_mpy', facts.mpy],
    ['_build', facts.build],
  ]);
}
