// `npm run soak`: runs programs for some time and tells the memory in use minute by minute, garbage collected before each
// look: `--minutes N` for each of them, words choose which (print, objects, interpreters). It fails where memory grows.
import { createInterpreter } from '../../runtime/python/python';
import { MemoryFs } from '../../runtime/vfs/memory-fs';
import { Vfs } from '../../runtime/vfs/vfs';
import type { Interpreter } from '../../runtime/python/interpreter/interpreter';
import { ScriptHal } from '../support/script-hal';

/** A machine whose output nobody keeps. */
class DeafHal extends ScriptHal {
  override write(): void {
    // Nothing is kept.
  }
}

function fresh(): Interpreter {
  const vfs = new Vfs();
  vfs.mount(new MemoryFs(), '/');
  return createInterpreter({
    profile: 'host',
    grammar: 'strict',
    hal: new DeafHal(),
    vfs,
    path: [''],
    cookedOutput: false,
  });
}

/** Makes and drops objects of every type, names, classes, code, modules, formats and patterns that never were before. */
const OBJECTS = `
import json, re, struct, io, collections, math, os
class C:
    def __init__(self, x): self.x = x
    def __add__(self, o): return C(self.x + o.x)
class Other: pass
def g(n):
    for i in range(n): yield i
async def coroutine():
    await pause()
class pause:
    def __await__(self): yield self
def objects(k):
    l = [k, str(k), float(k), k << 70, k * 1j, b'%d' % k, bytearray(9), (k,), {k: k}, {k}, frozenset([k]), range(k)]
    l += [C(k) + C(1), lambda: k, g(k), (i for i in l), map(str, l), iter(l), memoryview(b'ab'), io.BytesIO(b'a'), ValueError(k)]
    d = {'a%d' % k: l, k: l}
    c = type('T%d' % k, (C,), {'m%d' % k: lambda self: self.x})
    o = c(k)
    setattr(o, 'attribute%d' % k, o)
    getattr(o, 'm%d' % k)()
    setattr(c, 'other%d' % k, 1)
    hasattr(o, 'missing%d' % k)
    globals()['global%d' % k] = o
    del globals()['global%d' % k]
    exec('x%d = %d\\ndef f%d(a, b%d=1): return a + x%d\\nf%d(1)' % (k, k, k, k, k, k), {})
    eval('%d + 1' % k)
    ('{:%d}' % (k % 500 + 5)).format(k)
    '{0} {1} %d' .format(k, k)
    ('%%%dd' % (k % 700 + 1)) % k
    re.match('a%d' % k, 'a')
    struct.pack('%dB' % (k % 90), *bytes(k % 90))
    json.loads(json.dumps({'k%d' % k: [k, None, 1.5]}))
    collections.namedtuple('P%d' % k, ['a%d' % k])(1)
    try: raise KeyError(k)
    except KeyError as e: e.args
    f = lambda **kw: kw
    f(**{'kw%d' % k: k})
    l.append(l)
    c.loop = c
    class A(C):
        number = k
        def __init__(self, x): super().__init__(x)
        @property
        def double(self): return self.x * 2
    class B(Other, A): pass
    class E(ValueError): pass
    Other.last = k
    assert A(k).double == 2 * k and B(k).last == k
    try: raise E(B)
    except E as e: l.append(e)
    exec('class X%d(C):\\n def m%d(self): return self.x\\nX%d(1).m%d()' % (k, k, k, k), {'C': C})
    def outer(a):
        def inner(b): return lambda: (a, b, inner)
        return inner
    outer(k)(l)()
    h = g(k + 2); next(h); l.append(h)
    a = coroutine(); a.send(None); l.append(a)
    with open('f%d' % (k % 9), 'w') as f: f.write('x' * (k % 999))
    with open('f%d' % (k % 9)) as f: assert len(f.read()) == k % 999
    l.append(open('f%d' % (k % 9)))
    os.remove('f%d' % (k % 9))
`;

interface Soak {
  /** What is done over and over, with a number that is new each time. */
  readonly step: (i: number) => void;
}

const soaks: Readonly<Record<string, () => Soak>> = {
  print: () => {
    const interpreter = fresh();
    const code = interpreter.compile('for i in range(1000): print(i, "text", 1.5, [i])', 'main.py');
    return { step: () => interpreter.enter(() => interpreter.execute(code, interpreter.main)) };
  },
  objects: () => {
    const interpreter = fresh();
    interpreter.enter(() => interpreter.run(OBJECTS, 'main.py'));
    return { step: (i) => interpreter.enter(() => interpreter.run(`objects(${i})`, 'main.py')) };
  },
  interpreters: () => ({
    step: (i) => {
      const interpreter = fresh();
      interpreter.enter(() => interpreter.run(`import json, re\nx${i} = [${i}]\nprint(json.dumps(x${i}))`, 'main.py'));
    },
  }),
};

/** Mebibytes in use after all garbage is gone. */
function inUse(): number {
  const { gc } = globalThis as { gc?: () => void };
  gc?.();
  gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

/** How much a program may hold more at its end than after its first part: caches fill up to their limits. */
const ALLOWED = 8;

async function soak(name: string, minutes: number): Promise<boolean> {
  const { step } = (soaks[name] as () => Soak)();
  const figures: number[] = [];
  let steps = 0;
  // At least ten looks, also in a short run.
  const looks = Math.max(10, Math.round(minutes));
  for (let look = 0; look < looks; look++) {
    const end = performance.now() + (minutes * 60_000) / looks;
    do for (let i = 0; i < 10; i++) step(steps++);
    while (performance.now() < end);
    // What a weak reference was asked for is kept until then.
    await new Promise(setImmediate);
    figures.push(inUse());
  }
  const grown = (figures.at(-1) ?? 0) - (figures[2] ?? 0);
  console.log(
    `${name}: ${steps} times; MiB ${figures.map((x) => x.toFixed(1)).join(' ')}; grown by ${grown.toFixed(1)}`,
  );
  return grown < ALLOWED;
}

/** How long a fresh interpreter takes once the first are made, in milliseconds. */
function creation(): void {
  for (let i = 0; i < 50; i++) fresh();
  const times = Array.from({ length: 1000 }, () => {
    const start = performance.now();
    fresh();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  console.log(`a fresh interpreter: ${(times[500] ?? 0).toFixed(3)} ms (median of 1000)`);
}

const args = process.argv.slice(2);
const minutes = args.includes('--minutes') ? Number(args[args.indexOf('--minutes') + 1]) : 1;
const chosen = Object.keys(soaks).filter((name) => args.includes(name));
creation();
for (const name of chosen.length > 0 ? chosen : Object.keys(soaks)) {
  if (!(await soak(name, minutes))) process.exitCode = 1;
}
