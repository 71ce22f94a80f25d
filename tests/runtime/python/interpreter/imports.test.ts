/** What a program can change about imports, and modules that run as `__main__`. */
import { describe, expect, it } from 'vitest';
import { endOf, runPython } from '../../../support/run-python';

const files = {
  '/plain.py': 'value = 1\nimport other\nprint("plain has", other)\n',
  '/other.py': 'print("other")\n',
  '/os.py': 'from uos import *\nextra = 2\n',
  '/sys.py': 'print("never")\n',
  '/code.mpy': 'M',
  '/pack/__init__.py': 'print("init", __name__)\n',
  '/pack/__main__.py': 'print(__name__, __file__)\nfrom . import mod\n',
  '/pack/mod.py': 'print(__name__)\nfrom .deep import leaf\n',
  '/pack/deep/leaf.py': 'from ... import nothing\n',
};

const lines = (source: string): string[] => runPython(source, { files }).output.trimEnd().split('\n');

describe('__import__', () => {
  it('is called with all that an import statement says, once a program replaced it', () => {
    const source = `
import builtins
own = __import__
def replaced(name, globals, locals, names, level):
    print(name, type(globals), locals, names, level)
    return own(name, globals, locals, names, level)
builtins.__import__ = replaced
import plain
from pack import mod as m, deep
import pack.deep as d
builtins.__import__ = own
print(d is deep)
`;
    expect(lines(source)).toEqual([
      "plain <class 'dict'> None None 0",
      "other <class 'dict'> None None 0",
      'other',
      "plain has <module 'other' from 'other.py'>",
      "pack <class 'dict'> None ('mod', 'deep') 0",
      'init pack',
      'pack.mod',
      "deep <class 'dict'> None ('leaf',) 1",
      " <class 'dict'> None ('nothing',) 3",
    ]);
  });

  it.each([
    ["__import__('')", 'ValueError: '],
    ["__import__('os', None, None, None, -1)", 'ValueError: '],
    ["__import__('os', 'globals', None, None, 1)", 'TypeError: '],
    ['import code', 'ValueError: incompatible .mpy file'],
    ['import pack.deep.leaf', "ImportError: can't perform relative import"],
    ['import os.path', "ImportError: no module named 'os.path'"],
  ])('%s raises %s', (source, expected) => {
    expect(endOf(source, { files })).toBe(expected.trimEnd());
  });
});

describe('sys.path', () => {
  it('brings files before those builtin modules that can be extended, and never before others', () => {
    expect(lines('import os, sys, uos\nprint(os.extra, hasattr(uos, "extra"), sys)')).toEqual([
      "2 False <module 'sys'>",
    ]);
  });

  it('when it is empty, leaves the builtin modules', () => {
    const source =
      'import sys, os\nsys.path = ()\nimport os as plain\nprint(hasattr(os, "extra"), hasattr(plain, "extra"))';
    expect(lines(source)).toEqual(['True False']);
  });
});

describe('sys.exc_info', () => {
  it('tells what is handled, and nothing outside', () => {
    const source = `
import sys
def now():
    return sys.exc_info()[1]
def leave():
    try:
        1 / 0
    except ZeroDivisionError:
        return now()
try:
    [][0]
except IndexError as e:
    print(now() is e, sys.exc_info()[0])
print(now(), leave(), sys.exc_info())
`;
    expect(lines(source)).toEqual(["True <class 'IndexError'>", 'None divide by zero (None, None, None)']);
  });
});
