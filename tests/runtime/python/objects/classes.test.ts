import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createInterpreter } from '../../../../runtime/python/python';
import type { PyObject } from '../../../../runtime/python/objects/object';
import { Vfs } from '../../../../runtime/vfs/vfs';
import { endOf } from '../../../support/run-python';
import { ScriptHal } from '../../../support/script-hal';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Runs a program and gives what its function `make` returns; the interpreter stays. */
function made(source: string): { keep: object; object: WeakRef<object> } {
  const interpreter = createInterpreter({
    profile: 'host',
    grammar: 'strict',
    hal: new ScriptHal(),
    vfs: new Vfs(),
    path: [''],
  });
  const object = interpreter.enter(() => {
    interpreter.run(source, 'main.py');
    const { $make } = interpreter.main as unknown as Record<string, () => PyObject>;
    return new WeakRef(($make as () => object)());
  });
  return { keep: interpreter, object };
}

test.each([
  ['of its own', 'def make():\n class A: pass\n return A'],
  ['with a base that stays', 'class A: pass\ndef make():\n class B(A):\n  x = 1\n B()\n return B'],
  ['with several bases that stay', 'class A: pass\nclass B: pass\ndef make():\n class C(A, B): pass\n return C'],
  ['derived from a builtin type', 'def make():\n class L(list): pass\n L([1])\n return L'],
  ['of exceptions', 'def make():\n class E(ValueError): pass\n try: raise E(1)\n except E: pass\n return E'],
  ['made by type()', "def make():\n return type('T', (object,), {})"],
])('a class %s goes when nothing holds it', async (_, source) => {
  const { keep, object } = made(source);
  for (let i = 0; i < 20 && object.deref() !== undefined; i++) {
    // A reference that was looked at is kept until then.
    await new Promise(setImmediate);
    collect();
  }
  expect(object.deref()).toBeUndefined();
  expect(keep).toBeDefined();
});

const HEAD = 'class A: pass\nclass B: pass\nclass C(A, B): pass\nclass D(C): pass\n';

test.each([
  ['B.x = 5\nprint(C.x, D().x)', '5 5'],
  ['B.f = lambda self: 6\nprint(C().f(), D().f())', '6 6'],
  ['B.x = 5\nA.x = 7\nprint(D.x)', '7'],
  ['B.__new__ = lambda cls: 8\nprint(C(), D())', '8 8'],
  ['A.__new__ = lambda cls: 9\nprint(C(), D())', '9 9'],
  ['class E(D, B): pass\nB.x = 5\nprint(E().x)', '5'],
  [
    "B.p = property(lambda self: 1)\nB.q = property(lambda self: 1)\nprint('no')",
    "AttributeError: can't add special method to already-subclassed class",
  ],
])('what changes in a class shows in those derived from it: %s', (source, expected) => {
  expect(endOf(HEAD + source)).toBe(expected);
});
