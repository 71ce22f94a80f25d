/** The listing of bytecode: of one small program in full, and of many beside that of a native MicroPython. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { listCompiled } from '../../../main/python/bytecode-listing';
import type { CompileMode } from '../../../runtime/python/interpreter/interpreter';
import { createInterpreter } from '../../../runtime/python/python';
import { Vfs } from '../../../runtime/vfs/vfs';
import { itWith } from '../../support/components';
import { ScriptHal } from '../../support/script-hal';

const folder = fileURLToPath(new URL('../../python', import.meta.url));

interface Options {
  mode?: CompileMode;
  optimisation?: number;
  grammar?: 'host' | 'strict';
}

/** The listing of sources that one interpreter compiles, one after another. */
function list(
  sources: readonly string[],
  { mode = 'exec', optimisation = 0, grammar = 'strict' }: Options = {},
): string {
  const hal = new ScriptHal();
  const interpreter = createInterpreter({
    profile: 'host',
    grammar,
    hal,
    vfs: new Vfs(),
    cookedOutput: false,
  });
  interpreter.enter(() => {
    listCompiled(interpreter);
    interpreter.optimisation = optimisation;
    for (const source of sources) interpreter.compile(source, 'main.py', mode);
  });
  return Buffer.from(hal.output, 'latin1').toString();
}

/** The opcodes of a listing, without offsets. */
const opcodes = (listing: string): string[] =>
  listing.split('\n').flatMap((line) => (/^\d\d+ /.test(line) ? [line.replace(/^\d+ /, '')] : []));

describe('a listing', () => {
  test('shows each function: its head, its bytes, its lines and its opcodes', () => {
    expect(list(['def scale(x, by=2):\n  for i in range(by):\n    x += i\n  return lambda: x\n'])).toBe(
      [
        "File main.py, code block '<module>' (descriptor: 7f0000000000, bytecode @7f0000000020 13 bytes)",
        'Raw bytecode (code_info_size=3, bytecode_size=10):',
        ' 08 02 01 82 2a 01 53 33 00 16 02 51 63',
        'arg names:',
        '(N_STATE 2)',
        '(N_EXC_STACK 0)',
        '  bc=0 line=1',
        '00 LOAD_CONST_SMALL_INT 2',
        '01 BUILD_TUPLE 1',
        '03 LOAD_NULL',
        '04 MAKE_FUNCTION_DEFARGS 7f0000000040',
        '06 STORE_NAME scale',
        '08 LOAD_CONST_NONE',
        '09 RETURN_VALUE',
        "File main.py, code block 'scale' (descriptor: 7f0000000040, bytecode @7f0000000060 36 bytes)",
        'Raw bytecode (code_info_size=10, bytecode_size=26):',
        ' b2 01 0d 02 04 05 20 26 2f 00 b1 80 42 4a 57 c2',
        ' 25 00 b2 e5 27 00 81 e5 58 5a d7 43 31 59 59 b0',
        ' 20 00 01 63',
        'arg names: x by',
        '(N_STATE 7)',
        '(N_EXC_STACK 0)',
        '(INIT_CELL 0)',
        '  bc=0 line=1',
        '  bc=0 line=2',
        '  bc=6 line=3',
        '  bc=21 line=4',
        '00 LOAD_FAST 1',
        '01 LOAD_CONST_SMALL_INT 0',
        '02 JUMP 14',
        '04 DUP_TOP',
        '05 STORE_FAST 2',
        '06 LOAD_DEREF 0',
        '08 LOAD_FAST 2',
        '09 BINARY_OP 14 __iadd__',
        '10 STORE_DEREF 0',
        '12 LOAD_CONST_SMALL_INT 1',
        '13 BINARY_OP 14 __iadd__',
        '14 DUP_TOP_TWO',
        '15 ROT_TWO',
        '16 BINARY_OP 0 __lt__',
        '17 POP_JUMP_IF_TRUE 4',
        '19 POP_TOP',
        '20 POP_TOP',
        '21 LOAD_FAST 0',
        '22 MAKE_CLOSURE 7f0000000080 1',
        '25 RETURN_VALUE',
        "File main.py, code block '<lambda>' (descriptor: 7f0000000080, bytecode @7f00000000a0 8 bytes)",
        'Raw bytecode (code_info_size=5, bytecode_size=3):',
        ' 09 06 03 06 60 25 00 63',
        'arg names: *',
        '(N_STATE 2)',
        '(N_EXC_STACK 0)',
        '  bc=0 line=1',
        '  bc=0 line=4',
        '00 LOAD_DEREF 0',
        '02 RETURN_VALUE',
        '',
      ].join('\n'),
    );
  });

  test('knows a name that another source brought', () => {
    const text = "x = 'a_rather_long_name'\n";
    expect(opcodes(list([text]))[0]).toMatch(/^LOAD_CONST_OBJ [0-9a-f]+='a_rather_long_name'$/);
    expect(opcodes(list(['a_rather_long_name = 1\n', text]))[2 + 2]).toBe("LOAD_CONST_STRING 'a_rather_long_name'");
  });

  test('leaves assertions and lines out where they are optimised away', () => {
    const source = '\n\nassert x\ny\n';
    expect(opcodes(list([source]))).toContain('RAISE_OBJ');
    const optimised = list([source], { optimisation: 3 });
    expect(opcodes(optimised)).toEqual(['LOAD_NAME y', 'POP_TOP', 'LOAD_CONST_NONE', 'RETURN_VALUE']);
    expect(optimised.match(/line=\d+/g)).toEqual(['line=1']);
  });

  test('shows what a prompt shows, and what an expression gives', () => {
    expect(opcodes(list(['x'], { mode: 'single' })).slice(0, 2)).toEqual(['LOAD_NAME __repl_print__', 'LOAD_NAME x']);
    expect(opcodes(list(['x'], { mode: 'eval' }))).toEqual(['LOAD_NAME x', 'RETURN_VALUE']);
  });

  test('says so where MicroPython compiles no such source', () => {
    const source = 'match x:\n  case 1: pass\n';
    expect(list([source], { grammar: 'host' })).toBe(
      'File main.py: no bytecode, for MicroPython says ‘invalid syntax’\n',
    );
  });
});

/** Addresses tell nothing. */
const withoutAddresses = (listing: string): string =>
  listing
    .replace(/descriptor: [0-9a-f]+, bytecode @[0-9a-f]+/g, 'descriptor')
    .replace(/(LOAD_CONST_OBJ|MAKE_\w+) [0-9a-f]+/g, '$1');

function nativeListing(path: string): string {
  const out = execFileSync('micropython', ['-v', '-v', '-X', 'compile-only', path], { encoding: 'latin1' });
  return out.slice(0, out.lastIndexOf('mem: total='));
}

/** Our listing of a file, its text in bytes as the native one writes them. */
function ourListing(path: string): string {
  const listing = list([readFileSync(path, 'utf8')]).replaceAll('File main.py,', `File ${path},`);
  return Buffer.from(listing).toString('latin1');
}

/** Functions of machine code, which are not listed, number the names of the others in an order of their own. */
const MACHINE_CODE = 'viper.py';

const scripts = ['bytecode', '.'].flatMap((name) =>
  readdirSync(join(folder, name))
    .filter((file) => file.endsWith('.py') && file !== MACHINE_CODE)
    .map((file) => join(folder, name, file)),
);

describe('is what a native MicroPython lists', () => {
  for (const path of scripts) {
    itWith('micropython', `for ${path.slice(folder.length + 1)}`, () => {
      expect(withoutAddresses(ourListing(path))).toBe(withoutAddresses(nativeListing(path)));
    });
  }
});
