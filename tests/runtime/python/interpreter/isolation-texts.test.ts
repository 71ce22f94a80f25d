/** Any text is only a text wherever a program can use one for a name: it reaches no property of JavaScript and ends no code. */
import { describe, expect, it } from 'vitest';
import { runPython } from '../../../support/run-python';

/** Names of JavaScript's objects, and texts that end strings, lines, templates, patterns or code. */
const TEXTS = [
  '__proto__', 'constructor', 'prototype', 'valueOf', 'toString', 'hasOwnProperty', '__defineGetter__', '__lookupGetter__',
  'isPrototypeOf', 'arguments', 'caller', 'length', 'name', 'then', 'toJSON', 'Symbol.iterator', '$x', 'x$', '$', '__class__$',
  '$__proto__', 'py_add', 'py_getattr', 'cls', 'la', 'mut', 'native', 'code', 'n', 'f', 'f_', 'R', 'G', 'K', 'E', 'L', 'this', 'null',
  '', ' ', '0', '-1', '1e3', 'a b', 'a.b', 'a[0]', '\n', '\r', '\u2028', '\u2029', '\0', '\x7f', '\ufeff', '\ud800', '\udfff', '\ud83d\ude00',
  "'", '"', '`', '\\', '\\u0041', '${1}', '`${process.exit(1)}`', '</script>', '*/', '//', '"+process.exit(1)+"', "';throw 1;'",
  '.*', '(', '[^', '(a+)+$', '(?<x>.)', '\\', '{}', '{0.__class__}', '{a[__proto__]}', '%s', '%(a)s', '%', 'import os', 'lambda: 1',
  'c__builtin__\neval\n', 'x'.repeat(250), '名', 'é', '\u0301',
]; // prettier-ignore

/** A text as a Python literal. */
const literal = (text: string): string =>
  `'${[...text].map((c) => `\\U${(c.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`).join('')}'`;

/** Each use of the text `s` gives True, or raises what Python raises; `put` in front tells which went wrong. */
const USES = `
import sys, json, re, uctypes
from collections import namedtuple, OrderedDict

def same(what, f, *allowed):
    try:
        if f() is not True: print(what, 'gave', f())
    except allowed:
        pass
    except Exception as e:
        print(what, 'raised', type(e), e)

class C: pass
class Slots:
    def __getattr__(self, name): return ('got', name)
c = C()
def store(o):
    setattr(o, s, 5)
    there = getattr(o, s) == 5 and hasattr(o, s)
    delattr(o, s)
    return there and not hasattr(o, s)
reserved = s in ('__class__', '__dict__', '__name__', '__module__', '__qualname__', '__bases__')
def f(**k): return k
def g(*, x=1): return x
def strange(o): return not hasattr(o, s) and getattr(o, s, None) is None
same('instance attribute', lambda: store(c))
same('class attribute', lambda: store(C))
same('getattr method', lambda: getattr(Slots(), s) == ('got', s))
known = ('length', 'name', 'n')
for o in ([], {}, (), '', b'', 1, 1.5, 1j, None, len, f, C, c, c.__init__ if 0 else print, Exception, ValueError(1), [].append, range(2), type, object(), (i for i in ()), {1}, sys, json, re.compile('a'), OrderedDict(), bytearray(1), memoryview(b'a'), iter([]), slice):
    same(repr(type(o)), lambda: strange(o))
    try: setattr(o, s, 1)
    except (AttributeError, TypeError, KeyError): pass
    else: delattr(o, s)
same('key', lambda: {s: 1}[s] == 1 and s not in {} and {}.get(s) is None and s in {s} and list({s: 1}) == [s])
same('counted', lambda: len({s: 1, s + '_': 2}) == 2 and len({s, s}) == 1)
same('deleted', lambda: (lambda d: d.pop(s) == 1 and s not in d)({s: 1}))
same('keyword', lambda: f(**{s: 3}) == {s: 3})
same('keyword refused', lambda: g(**{s: 3}) == 3 and False, TypeError)
same('keyword of dict', lambda: dict(**{s: 2}) == {s: 2})
same('keyword of a builtin', lambda: sorted([], **{s: 2}) and False, TypeError)
same('keyword of a class', lambda: type(C(**{s: 2})) is C)
same('globals', lambda: globals().get(s, 9) == 9 or s in globals())
def as_global():
    if s in globals(): return True
    globals()[s] = 4
    there = globals()[s] == 4 and s in globals()
    del globals()[s]
    return there and s not in globals()
same('global', as_global)
same('exec namespace', lambda: exec('y = 1', {s: 1}) is None)
def as_namespace():
    d = {s: 1}
    exec('y = 2', d)
    return d['y'] == 2 and d[s] == 1
same('names of exec', as_namespace)
same('exec locals', lambda: exec('z = 1', {}, {s: 1}) is None)
same('compile', lambda: compile('1', s, 'eval') is not None)
same('file of a traceback', lambda: exec(compile('1/0', s, 'exec'), {}) or False, ZeroDivisionError)
try:
    exec(s, {}); eval(s, {})
except (SyntaxError, NameError, AttributeError, TypeError, ImportError, MemoryError, IndexError, ValueError): pass
if '/' not in s and s != '':
    same('module', lambda: __import__(s) and False, ImportError, ValueError, OSError)
    same('module loaded', lambda: sys.modules.get(s) is None)
same('class name', lambda: type(s, (), {})().__class__.__name__ == s)
same('class member', lambda: getattr(type('T', (), {s: 8}), s) == 8 and getattr(type('T', (), {s: 8})(), s) == 8)
same('class repr', lambda: repr(type(s, (), {})).startswith('<class '))
same('file', lambda: open(s) and False, OSError, ValueError)
same('field', lambda: getattr(namedtuple('P', [s])(5), s) == 5, ValueError)
same('fields', lambda: namedtuple('P', [s, 'q'])(5, 6).q == 6)
same('named tuple', lambda: namedtuple(s, ['q'])(5).q == 5)
same('named tuple refused', lambda: namedtuple('P', ['q'])(**{s: 1}) and False, TypeError)
memory = bytearray(4)
def as_struct():
    u = uctypes.struct(uctypes.addressof(memory), {s: uctypes.UINT8 | 0})
    setattr(u, s, 7)
    return getattr(u, s) == 7
same('struct field', as_struct)
same('struct without it', lambda: getattr(uctypes.struct(uctypes.addressof(memory), {'q': uctypes.UINT8 | 0}), s) and False, KeyError, AttributeError)
same('json', lambda: json.loads(json.dumps({s: s})) == {s: s}, ValueError, UnicodeError)
same('text', lambda: eval(repr(s)) == s and (s + 'x')[:-1] == s and s.encode().decode() == s, UnicodeError)
same('format', lambda: '{}'.format(s) == s and '%s' % s == s and f'{s}' == s and '{0[' + s + ']}' != '')
for what in (lambda: s.format(1, a={}), lambda: s % (1,), lambda: s % {'a': 1}, lambda: re.match(s, 'aaab'), lambda: '{0.' + s + '}', lambda: ('{0.' + s + '}').format(c), lambda: ('{0[' + s + ']}').format({}), lambda: int(s), lambda: float(s), lambda: json.loads(s)):
    try: what()
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RuntimeError, NotImplementedError, MemoryError): pass
same('exception', lambda: str(ValueError(s)) == s and repr(KeyError(s)) == 'KeyError(' + repr(s) + ',)')
print('done')
`;

describe('a text as every kind of name', () => {
  it.each(TEXTS.map((text) => [JSON.stringify(text).slice(0, 40), text]))('%s', (_, text) => {
    const { output, error } = runPython(`s = ${literal(text)}\n${USES}`);
    expect({ output, error }).toEqual({ output: 'done\n', error: '' });
  });
});
