/** Jumps too long for MicroPython's bytecode, and the bound that says which sources need no look. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compileBytecode, namesOnComputer, readSource, targets } from '../../../../runtime/python/bytecode/index';
import { isLong, mayJumpTooFar, mostBytes } from '../../../../runtime/python/compile/long-jumps';
import { resolve } from '../../../../runtime/python/compile/resolver';
import { parseModule } from '../../../../runtime/python/syntax/index';
import { itWith } from '../../../support/components';
import { runPython } from '../../../support/run-python';

/** Compiles statements of each kind with as much in them as MicroPython 1.29 takes, and with one more. */
const PROGRAM = `
kinds = [
    ('if', 910, 'if a:\\n', ' b.c[0] += f(a, b)\\n', ''),
    ('while', 909, 'while a:\\n', ' b.c[0] += f(a, b)\\n', ''),
    ('for', 4094, 'for x in a:\\n', ' b = x\\n', ''),
    ('try', 4680, 'try:\\n', ' b(x)\\n', 'except a:\\n b\\n'),
    ('or', 6560, 'x = a', ' or b', ''),
    ('compare', 4099, 'x = a', ' < b', ''),
    ('function', 2730, 'def f(a):\\n if a:\\n', '  a.b()\\n', ''),
    ('method', 2729, 'class C:\\n @a\\n def f(a):\\n  for a in b:\\n', '   a.b()\\n', ''),
]
for name, most, head, item, tail in kinds:
    for count in (most, most + 1):
        try:
            compile(head + item * count + tail, '', 'exec')
            print(name, count, 'fits')
        except RuntimeError as e:
            print(name, count, e)
`;

const OUTPUT = [...PROGRAM.matchAll(/\('(\w+)', (\d+)/g)]
  .map(([, name, most]) => `${name} ${most} fits\n${name} ${Number(most) + 1} bytecode overflow\n`)
  .join('');

test('a jump too long for its bytes raises RuntimeError in the strict grammar', () => {
  expect(runPython(PROGRAM, { grammar: 'strict' })).toMatchObject({ output: OUTPUT, error: '' });
});

itWith('micropython', 'so it does in a native MicroPython, for as long a source', () => {
  expect(execFileSync('micropython', ['-X', 'heapsize=16m', '-c', PROGRAM], { encoding: 'utf8' })).toBe(OUTPUT);
});

test('it raises on a board, too, with optimisation or without, and nowhere else', () => {
  const source = `exec("if 0 < 1:\\n" + " x = f(0)\\n" * 3000)`;
  for (const code of [source, `import micropython\nmicropython.opt_level(3)\n${source}`]) {
    const { error } = runPython(`f = int\n${code}`, { profile: 'board' });
    expect(error).toMatch(/RuntimeError: bytecode overflow\n$/);
  }
  expect(runPython(`f = int\n${source}`)).toMatchObject({ error: '' });
});

const folder = fileURLToPath(new URL('../../../python', import.meta.url));
const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.py'));

test('no function takes more bytes than it is thought to take at most', () => {
  let functions = 0;
  for (const file of scripts.filter((path) => path.startsWith('bytecode') || !path.includes('/'))) {
    const facts = readSource(readFileSync(`${folder}/${file}`, 'utf8'), 'exec', {}, namesOnComputer());
    const { scopes } = resolve(facts.tree);
    for (const { scope, bytes, infoSize } of compileBytecode(facts, { file, optimisation: 0, target: targets.board })
      .functions) {
      const node = scope.node ?? facts.tree;
      if (node.type !== 'FunctionDef' && node.type !== 'Module') continue;
      // Each ends with the return of None.
      const size = bytes.length - infoSize - 2;
      expect({ file, name: scope.name, size }).toSatisfy(() => size <= mostBytes(node.body));
      expect({ file, name: scope.name, size }).toSatisfy(() => size <= (scopes.get(node)?.mostBytes ?? 0));
      functions++;
    }
  }
  expect(functions).toBeGreaterThan(300);
});

test.each([
  ['a long source of short statements', 'x = f(a, b) or c\n'.repeat(5000), false],
  ['a long table', `x = [${'1, '.repeat(20000)}]\n`, false],
  ['a long class of short methods', `class C:\n${' def f(self):\n  while a: b\n'.repeat(2000)}`, false],
  ['a long loop', `while a:\n${' b = c\n'.repeat(3000)}`, true],
  ['a long loop in a method', `class C:\n def f(self):\n  while a:\n${'   b = c\n'.repeat(3000)}`, true],
  ['a loop with other line ends', `while a:\r\n${' b = c\r\n'.repeat(3000)}x\r\n`, true],
  ['a long operator in a default', `def f(a=${'b or '.repeat(3000)}c): pass\n`, true],
  ['managers that are waited for', `async def f():\n async with ${'a,'.repeat(300)}a: pass\n`, true],
])('%s', (_, source, may) => {
  const tree = parseModule(source, { grammar: 'strict' });
  const { scopes } = resolve(tree);
  expect(isLong(tree, scopes) && mayJumpTooFar(source, tree, scopes)).toBe(may);
});
