import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtPath } from '../../../main/resources';
import { built } from '../../support/built';

const CTRL_C = '\x03';

let folder: string;

beforeAll(async () => {
  await built();
  folder = mkdtempSync(join(tmpdir(), 'tether-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs a program at a terminal, types the keys once it has shown the text; all that was shown, and the status. */
function atTerminal(program: string, after: string, keys: string): Promise<{ shown: string; status: number | null }> {
  const file = join(folder, 'program.py');
  writeFileSync(file, program);
  const command = [process.execPath, builtPath('main', 'cli.cjs'), 'python', file].map((part) => `'${part}'`).join(' ');
  // A shell that stays would be ended by the Ctrl-C.
  const terminal = spawn('script', ['-qec', `exec ${command}`, '/dev/null']);
  let shown = '';
  let typed = false;
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    if (typed || !shown.includes(after)) return;
    typed = true;
    terminal.stdin.write(keys);
  });
  return new Promise((resolve, reject) => {
    terminal.on('error', reject);
    terminal.on('close', (status) => {
      resolve({ shown: shown.replaceAll('\r', ''), status });
    });
  });
}

// What makes a terminal here is a command of Linux.
describe.skipIf(process.platform !== 'linux')('tether python at a terminal', () => {
  test('reads what is typed', async () => {
    const { shown, status } = await atTerminal('print("Hello,", input("Who? "))', 'Who? ', 'Ada\n');
    expect({ shown, status }).toEqual({ shown: 'Who? Ada\nHello, Ada\n', status: 0 });
  });

  test('raises KeyboardInterrupt at Ctrl-C while it computes, which can be caught', async () => {
    const program = `
import time
begun = time.ticks_ms()
while time.ticks_diff(time.ticks_ms(), begun) < 2000:
    pass
try:
    print("ready")
    while True:
        pass
except KeyboardInterrupt:
    print("caught")
finally:
    print("done")
`;
    const { shown, status } = await atTerminal(program, 'ready', CTRL_C);
    expect({ shown, status }).toEqual({ shown: 'ready\n^Ccaught\ndone\n', status: 0 });
  });

  test('raises KeyboardInterrupt at Ctrl-C while it sleeps', async () => {
    const { shown, status } = await atTerminal(
      'import time\ntime.sleep(2)\nprint("ready")\ntime.sleep(1000)\n',
      'ready',
      CTRL_C,
    );
    expect(shown).toMatch(
      /^ready\n\^CTraceback \(most recent call last\):\n.*line 4, in <module>\nKeyboardInterrupt: \n$/,
    );
    expect(status).toBe(130);
  });
});
